import { createHash } from 'node:crypto';
import type { Contact } from '../state/contacts.ts';
import type { Relation } from '../state/companies.ts';
import type { Membership } from '../state/lists.ts';
import type { ContactTag } from '../state/tags.ts';
import { isoTime, wallTime } from '../state/time.ts';
import type { FieldValue } from '../state/values.ts';
import { links } from './links.ts';

const CONTACT_LINKS = [
  'bounceLogs',
  'contactAutomations',
  'contactData',
  'contactGoals',
  'contactLists',
  'contactLogs',
  'contactTags',
  'contactDeals',
  'deals',
  'fieldValues',
  'geoIps',
  'notes',
  'organization',
  'plusAppend',
  'trackingLogs',
  'scoreValues',
  'accountContacts',
  'automationEntryCounts',
];

const ZERO_DAY = '0000-00-00';
const ZERO_TIME = '0000-00-00 00:00:00';

/** A contact as lists and single reads give it. */
export function contactView(contact: Contact, base: string) {
  const created = wallTime(contact.createdAt);
  const updated = wallTime(contact.updatedAt);
  return {
    cdate: isoTime(contact.createdAt),
    email: contact.email,
    phone: contact.phone,
    firstName: contact.firstName,
    lastName: contact.lastName,
    orgid: '0',
    orgname: '',
    segmentio_id: '',
    bounced_hard: String(contact.hardBounces),
    bounced_soft: String(contact.softBounces),
    bounced_date: ZERO_DAY,
    ip: '0',
    ua: '',
    hash: hashOf(contact),
    socialdata_lastcheck: ZERO_TIME,
    email_local: '',
    email_domain: contact.email.slice(contact.email.indexOf('@') + 1),
    sentcnt: '0',
    rating_tstamp: ZERO_DAY,
    gravatar: '0',
    deleted: '0',
    anonymized: '0',
    adate: null,
    udate: isoTime(contact.updatedAt),
    edate: null,
    deleted_at: ZERO_TIME,
    // Named for UTC, yet the account's wall clock.
    created_utc_timestamp: created,
    updated_utc_timestamp: updated,
    created_timestamp: created,
    updated_timestamp: updated,
    created_by: '0',
    updated_by: '0',
    email_empty: contact.email === '',
    scoreValues: [],
    accountContacts: contact.relation === null ? [] : [String(contact.relation.id)],
    links: links(base, `contacts/${contact.id}`, CONTACT_LINKS),
    id: String(contact.id),
    organization: null,
  };
}

/** A contact as an upsert or a creation answers it. */
export function savedContactView(contact: Contact, base: string) {
  return {
    email: contact.email,
    phone: contact.phone,
    firstName: contact.firstName,
    lastName: contact.lastName,
    email_empty: contact.email === '',
    cdate: isoTime(contact.createdAt),
    udate: isoTime(contact.updatedAt),
    orgid: '',
    orgname: '',
    links: links(base, `contacts/${contact.id}`, CONTACT_LINKS),
    hash: hashOf(contact),
    fieldValues: contact.values.map((value) => String(value.id)),
    id: String(contact.id),
    organization: '',
  };
}

export function fieldValueView(contact: Contact, value: FieldValue, base: string) {
  return {
    contact: String(contact.id),
    field: String(value.field),
    value: value.value,
    cdate: isoTime(value.createdAt),
    udate: isoTime(value.updatedAt),
    created_by: null,
    updated_by: null,
    links: links(base, `fieldValues/${value.id}`, ['owner', 'field']),
    id: String(value.id),
    owner: String(contact.id),
  };
}

export function contactTagView(contact: Contact, row: ContactTag, base: string) {
  const at = isoTime(row.createdAt);
  return {
    contact: String(contact.id),
    tag: String(row.tag),
    cdate: at,
    created_timestamp: wallTime(row.createdAt),
    updated_timestamp: wallTime(row.createdAt),
    created_by: null,
    updated_by: null,
    links: links(base, `contactTags/${row.id}`, ['tag', 'contact']),
    id: String(row.id),
  };
}

export function contactListView(contact: Contact, row: Membership, base: string) {
  return {
    contact: String(contact.id),
    list: String(row.list),
    form: null,
    seriesid: '0',
    sdate: row.subscribedAt === null ? null : isoTime(row.subscribedAt),
    udate: row.unsubscribedAt === null ? null : isoTime(row.unsubscribedAt),
    status: String(row.status),
    responder: '1',
    sync: '0',
    unsubreason: row.status === 2 ? '' : null,
    campaign: null,
    message: null,
    first_name: contact.firstName,
    last_name: contact.lastName,
    ip4Sub: '0',
    sourceid: String(row.sourceId),
    autosyncLog: null,
    ip4_last: '0',
    ip4Unsub: '0',
    unsubscribeAutomation: null,
    updated_timestamp: wallTime(row.updatedAt),
    links: links(base, `contactLists/${row.id}`, [
      'automation',
      'list',
      'contact',
      'form',
      'autosyncLog',
      'campaign',
      'unsubscribeAutomation',
      'message',
    ]),
    id: String(row.id),
    automation: null,
  };
}

export function accountContactView(relation: Relation, base: string) {
  return {
    account: String(relation.company),
    contact: String(relation.contact),
    jobTitle: relation.jobTitle,
    createdTimestamp: isoTime(relation.createdAt),
    updatedTimestamp: isoTime(relation.updatedAt),
    links: links(base, `accountContacts/${relation.id}`, ['account', 'contact']),
    id: String(relation.id),
  };
}

function hashOf(contact: Contact): string {
  return createHash('md5').update(`${contact.id} ${contact.email}`).digest('hex');
}
