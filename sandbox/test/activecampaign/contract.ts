import { z } from 'zod';

/*
 * The shapes of the vendor's published OpenAPI description (v3), as exact sets of keys. What `also` adds is not in its
 * examples but in answers that people have published.
 */

const text = z.string().nullable();
const id = z.string().regex(/^\d+$/);
const stamp = z.iso.datetime({ offset: true, local: true });
const links = z.union([z.record(z.string(), z.url()), z.array(z.never())]);

/** An object with exactly these keys: those in `names` are text or null. */
function row<S extends z.ZodRawShape>(names: string, others: S) {
  const texts = Object.fromEntries(
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => [name, text]),
  );
  return z.strictObject({ ...texts, id, links, ...others });
}

const list = <S extends z.ZodType>(item: S) => z.array(item).min(1);
const total = z.strictObject({ total: id });

const also = {
  contact: z.object({
    orgname: text,
    anonymized: text,
    edate: text,
    adate: text,
    deleted_at: text,
    created_utc_timestamp: text,
    updated_utc_timestamp: text,
    created_timestamp: text,
    updated_timestamp: text,
    created_by: text,
    updated_by: text,
    email_empty: z.boolean(),
    scoreValues: z.array(z.never()),
    accountContacts: z.array(id),
  }).shape,
  authors: z.object({ created_by: text, updated_by: text }).shape,
};

const CONTACT = `phone firstName lastName orgid segmentio_id bounced_hard bounced_soft bounced_date ip ua hash
  socialdata_lastcheck email_local email_domain sentcnt rating_tstamp gravatar deleted organization`;
const contactShape = { cdate: stamp, udate: stamp, email: z.string(), ...also.contact };
const contact = row(CONTACT, contactShape);

const fieldValue = row('value', {
  contact: id,
  field: id,
  owner: id,
  cdate: stamp,
  udate: stamp,
  ...also.authors,
});
const accountContact = row('jobTitle', {
  account: id,
  contact: id,
  createdTimestamp: stamp,
  updatedTimestamp: stamp,
});
const account = row('accountUrl', {
  name: z.string(),
  contactCount: id,
  dealCount: id,
  createdTimestamp: stamp,
  updatedTimestamp: stamp,
  owner: id,
});
const savedAccount = z.strictObject({
  account: account.extend({
    fields: list(z.strictObject({ customFieldId: z.number(), fieldValue: z.string(), accountId: id })),
  }),
});
const tag = row('description', { tagType: z.string(), tag: z.string(), cdate: stamp });
const webhook = row('', {
  cdate: stamp,
  listid: id,
  name: z.string(),
  url: z.url(),
  events: list(z.string()),
  sources: list(z.string()),
});

const contactAutomation = row('startid remdate timespan lastblock batchid lastlogid in_als', {
  contact: id,
  seriesid: id,
  automation: id,
  status: id,
  adddate: stamp,
  lastdate: stamp,
  completedElements: id,
  totalElements: id,
  completed: z.number(),
  completeValue: z.number(),
});

const campaign = row(
  `type userid segmentid bounceid realcid sendid threadid seriesid formid basetemplateid basemessageid addressid source
   name cdate mdate sdate ldate send_amt total_amt opens uniqueopens linkclicks uniquelinkclicks subscriberclicks
   forwards uniqueforwards hardbounces softbounces unsubscribes unsubreasons updates socialshares replies uniquereplies
   status public mail_transfer mail_send mail_cleanup mailer_log_file tracklinks tracklinksanalytics trackreads
   trackreadsanalytics analytics_campaign_name tweet facebook survey embed_images htmlunsub textunsub htmlunsubdata
   textunsubdata recurring willrecur split_type split_content split_offset split_offset_type split_winner_messageid
   split_winner_awaiting responder_offset responder_type responder_existing reminder_field reminder_format reminder_type
   reminder_offset reminder_offset_type reminder_offset_sign reminder_last_cron_run activerss_interval activerss_url
   activerss_items ip4 laststep managetext schedule scheduleddate waitpreview deletestamp replysys user automation`,
  {},
);

/** The answer of each call that the product makes. */
export const answers = {
  me: z.strictObject({
    user: row('phone signature', { username: z.string(), firstName: text, lastName: text, email: z.email() }),
  }),
  settings: z.strictObject({
    ...Object.fromEntries(
      'account email first_name last_name cname status'.split(' ').map((name) => [name, z.string()]),
    ),
    subscriber_limit: z.number(),
    subscriber_total: z.number(),
    trial: z.boolean(),
    credits: z.number().nullable(),
    branding: z.boolean(),
  }),
  contacts: z.strictObject({
    scoreValues: z.array(z.never()),
    contacts: list(contact.extend({ fieldValues: z.array(id) })),
    fieldValues: list(fieldValue),
    accountContacts: list(accountContact),
    accounts: list(account),
    meta: total.extend({ sortable: z.boolean() }),
  }),
  contact: z.strictObject({
    contactAutomations: list(contactAutomation),
    contactLists: z.array(z.unknown()),
    deals: z.array(z.unknown()),
    fieldValues: list(fieldValue),
    geoAddresses: z.array(z.unknown()),
    geoIps: z.array(z.unknown()),
    accountContacts: list(accountContact),
    contact: contact.extend({
      contactAutomations: z.array(id),
      contactLists: z.array(id),
      fieldValues: z.array(id),
      geoIps: z.array(id),
      deals: z.array(id),
    }),
  }),
  synced: z.strictObject({
    fieldValues: list(fieldValue),
    contact: row('phone firstName lastName orgid orgname hash organization', {
      email: z.string(),
      email_empty: z.boolean(),
      cdate: stamp,
      udate: stamp,
      fieldValues: z.array(id),
    }),
  }),
  changed: z.strictObject({
    fieldValues: list(fieldValue),
    contact: contact.extend({ fieldValues: z.array(id) }),
  }),
  fields: z.strictObject({
    fieldOptions: list(row('orderid value label isdefault', { field: id, cdate: stamp, udate: stamp })),
    fieldRels: z.array(row('dorder', { field: id, relid: id, cdate: stamp })),
    fields: list(
      row('descript isrequired perstag defval show_in_list rows cols visible service ordernum', {
        title: z.string(),
        type: z.string(),
        cdate: stamp,
        udate: stamp,
        options: z.array(id),
        relations: z.array(id),
      }),
    ),
    meta: total,
  }),
  accounts: z.strictObject({ accounts: list(account), meta: total }),
  savedAccount,
  accountFields: z.strictObject({
    accountCustomFieldMeta: list(
      row('fieldDefaultCurrency personalization knownFieldId createdTimestamp updatedTimestamp', {
        fieldLabel: z.string(),
        fieldType: z.string(),
        fieldOptions: z.array(z.string()).nullable(),
        fieldDefault: z.unknown(),
        isFormVisible: z.number(),
        isRequired: z.number(),
        displayOrder: z.number(),
        hideFieldFlag: z.number(),
      }),
    ),
    meta: total,
  }),
  accountData: z.strictObject({
    accountCustomFieldData: list(
      row('createdTimestamp updatedTimestamp', {
        accountCustomFieldMetumId: z.number(),
        accountId: z.number(),
        customFieldId: z.number(),
        fieldValue: z.union([z.string(), z.array(z.string())]),
      }),
    ),
    meta: total,
  }),
  relations: z.strictObject({ accountContacts: list(accountContact), meta: total }),
  /** Ids come back as they were sent. */
  related: z.strictObject({
    accountContact: accountContact.extend({ account: z.number(), contact: z.number() }),
  }),
  relation: z.strictObject({ accountContact }),
  tags: z.strictObject({ tags: list(tag), meta: total }),
  tag: z.strictObject({ tag }),
  tagged: z.strictObject({
    contacts: list(contact),
    contactTag: row('created_timestamp updated_timestamp', {
      contact: id,
      tag: id,
      cdate: stamp,
      ...also.authors,
    }),
  }),
  imported: z.strictObject({
    Success: z.number(),
    queued_contacts: z.number(),
    batchId: z.uuid(),
    message: z.string(),
  }),
  importInfo: z.strictObject({ status: z.string(), success: z.array(id), failure: z.array(z.string()) }),
  webhooks: z.strictObject({ webhooks: list(webhook), meta: total }),
  webhook: z.strictObject({ webhook }),
  automations: z.strictObject({
    automations: list(
      row('defaultscreenshot screenshot', {
        name: z.string(),
        cdate: stamp,
        mdate: stamp,
        userid: id,
        status: id,
        entered: id,
        exited: id,
        hidden: id,
      }),
    ),
    meta: total.extend({
      starts: z.array(z.strictObject({ id, series: id, type: z.string() })),
      filtered: z.boolean(),
      smsLogs: z.array(z.never()),
    }),
  }),
  entered: z.strictObject({
    contacts: list(contact),
    contactAutomation: row('', {
      contact: id,
      seriesid: id,
      automation: id,
      startid: z.number(),
      status: z.number(),
      lastblock: id,
      completedElements: id,
      totalElements: id,
      completed: z.number(),
      completeValue: z.number(),
    }),
  }),
  entries: z.strictObject({ contactAutomations: list(contactAutomation) }),
  campaigns: z.strictObject({ campaigns: list(campaign), meta: total }),
  campaign: z.strictObject({ campaign }),
  campaignLinks: z.strictObject({
    links: list(
      row('name ref tracked message', { campaignid: id, messageid: id, link: z.string(), campaign: id }),
    ),
  }),
  activities: z.strictObject({
    contacts: list(contact),
    activityRecipients: z.array(z.unknown()),
    activities: list(
      z.strictObject({
        ...Object.fromEntries(
          'reference_type reference_action jsonData permission referenceModelName'
            .split(' ')
            .map((name) => [name, text]),
        ),
        tstamp: stamp,
        subscriberid: id,
        reference_id: id,
        userid: id,
        notes: z.array(z.unknown()),
        recipients: z.array(z.unknown()),
        reference: z.strictObject({ type: z.string(), id }),
        user: id,
        id,
      }),
    ),
    meta: total,
  }),
  trackingLogs: z.strictObject({
    trackingLogs: list(
      row('hash', { subscriberid: id, contact: id, type: z.string(), value: z.string(), tstamp: stamp }),
    ),
  }),
  nothing: z.strictObject({}),
};

const source = z.strictObject({ pointer: z.string() });
const errorsOf = <S extends z.ZodType>(error: S) => z.strictObject({ errors: list(error) });

/** The refusals that the product tells apart. */
export const refusals = {
  message: z.strictObject({ message: z.string() }),
  titled: errorsOf(z.strictObject({ status: z.number(), title: z.string(), detail: z.string() })),
  invalid: errorsOf(z.strictObject({ title: z.string(), detail: z.literal(''), code: z.string(), source })),
  missing: errorsOf(z.strictObject({ status: z.number(), title: z.string(), source })),
  email: errorsOf(z.strictObject({ title: z.string(), code: z.string(), error: z.string(), source })),
  import: z.strictObject({
    success: z.literal(0),
    message: z.string(),
    failureReasons: list(
      z.union([z.string(), z.strictObject({ contact: z.number(), failureReason: z.string() })]),
    ),
  }),
  importInfo: z.strictObject({ success: z.literal(0), message: z.string() }),
};
