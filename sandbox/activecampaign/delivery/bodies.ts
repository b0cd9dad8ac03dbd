import type { MarketingAccount } from '../state/account.ts';
import type { Activity } from '../state/activities.ts';
import type { Automation } from '../state/automations.ts';
import type { Company } from '../state/companies.ts';
import type { Contact } from '../state/contacts.ts';
import type { AccountEvent } from '../state/events.ts';
import { isoTime, wallTime } from '../state/time.ts';
import { webCopyUrl } from '../views/webCopy.ts';

/** Names and values of a form body, in order; names repeat. */
export type FormPairs = [name: string, value: string][];

/** The body of an account webhook (developers.activecampaign.com/page/webhooks). */
export function webhookBody(account: MarketingAccount, event: AccountEvent, base: string): FormPairs {
  return [
    ['type', event.type],
    ['date_time', isoTime(event.at)],
    ['initiated_from', event.actor.source],
    ['initiated_by', event.actor.source],
    ...details(account, event, base),
  ];
}

function details(account: MarketingAccount, event: AccountEvent, base: string): FormPairs {
  switch (event.type) {
    case 'update':
      return [['list', '0'], ...contactWithFields(account, event.contact)];
    case 'subscribe':
      return [['list', String(event.list)], ['form[id]', '0'], ...contactWithFields(account, event.contact)];
    case 'unsubscribe':
      return [
        ['list', String(event.list)],
        ['list[][id]', String(event.list)],
        ['form[id]', '0'],
        ['unsubscribe[reason]', ''],
        ...contactWithFields(account, event.contact),
      ];
    case 'contact_tag_added':
    case 'contact_tag_removed':
      return [['list', '0'], ['tag', event.tag.name], ...contactPlain(account, event.contact)];
    case 'account_add':
      return [['list', '0'], ...companyBlock(account, event.company)];
    case 'account_update':
      return [
        ['list', '0'],
        ...companyBlock(account, event.company),
        ...event.updated.map((name): [string, string] => ['updated_fields[]', name]),
      ];
    case 'account_contact_add':
    case 'account_contact_update':
      return [
        ['list', '0'],
        ...contactPlain(account, event.contact),
        ...companyBlock(account, event.company),
        ['accountContact[id]', String(event.relation.id)],
        ['accountContact[account]', String(event.relation.company)],
        ['accountContact[contact]', String(event.relation.contact)],
        ['accountContact[job_title]', event.relation.jobTitle],
      ];
    case 'list_add':
      return [
        ['list[id]', String(event.list.id)],
        ['list[name]', event.list.name],
        ['list[sender_url]', event.list.senderUrl],
        ['list[sender_reminder]', event.list.senderReminder],
      ];
    case 'sent':
      return [['list', '0'], ...campaignBlock(account, event.activity, base)];
    case 'open':
      return [
        ['list', '0'],
        ...contactPlain(account, event.contact),
        ...campaignBlock(account, event.activity, base),
        ['User-Agent', ''],
      ];
    case 'click':
      return [
        ['list', '0'],
        ...contactPlain(account, event.contact),
        ...campaignBlock(account, event.activity, base),
        ['link[id]', String(event.activity.link)],
        ['link[url]', event.activity.url],
      ];
    case 'reply':
      return [
        ['list', '0'],
        ...contactPlain(account, event.contact),
        ['campaign[id]', String(event.activity.campaign)],
        ['message', event.activity.body],
      ];
    case 'bounce':
      return [
        ['list', '0'],
        ...contactPlain(account, event.contact),
        ['campaign[id]', String(event.activity.campaign)],
        ['bounce[type]', 'hard'],
        ['bounce[code]', '5.1.1'],
        ['bounce[description]', 'Bad destination mailbox address'],
      ];
  }
}

/** The body of an automation's webhook step: no type and no time; fields by personalisation tag in lower case. */
export function automationBody(
  account: MarketingAccount,
  contact: Contact,
  automation: Automation,
): FormPairs {
  return [
    ['contact[id]', String(contact.id)],
    ['contact[email]', contact.email],
    ['contact[first_name]', contact.firstName],
    ['contact[last_name]', contact.lastName],
    ['contact[phone]', contact.phone],
    ['contact[orgname]', ''],
    ['contact[customer_acct_name]', account.companies.of(contact)?.name ?? ''],
    ['contact[tags]', account.tags.namesOf(contact).join(', ')],
    ['contact[ip4]', '0.0.0.0'],
    ...fieldPairs(account, contact, (field) => field.perstag.toLowerCase()),
    ['seriesid', String(automation.id)],
  ];
}

function contactBlock(account: MarketingAccount, contact: Contact, fields: FormPairs): FormPairs {
  const company = account.companies.of(contact);
  return [
    ['contact[id]', String(contact.id)],
    ['contact[email]', contact.email],
    ['contact[first_name]', contact.firstName],
    ['contact[last_name]', contact.lastName],
    ['contact[phone]', contact.phone],
    ['contact[ip]', '0.0.0.0'],
    ['contact[tags]', account.tags.namesOf(contact).join(', ')],
    ...fields,
    ['contact[customer_acct_name]', company?.name ?? ''],
    ['contact[orgname]', ''],
    ['customer_acct_name', company?.name ?? ''],
    ['customer_acct_id', String(company?.id ?? 0)],
    ['orgname', ''],
  ];
}

function contactPlain(account: MarketingAccount, contact: Contact): FormPairs {
  return contactBlock(account, contact, []);
}

/** With every custom field by its id, the empty ones too. */
function contactWithFields(account: MarketingAccount, contact: Contact): FormPairs {
  return contactBlock(
    account,
    contact,
    fieldPairs(account, contact, (field) => String(field.id)),
  );
}

function fieldPairs(
  account: MarketingAccount,
  contact: Contact,
  key: (field: { readonly id: number; readonly perstag: string }) => string,
): FormPairs {
  return account.fields.fields
    .all()
    .map((field) => [
      `contact[fields][${key(field)}]`,
      contact.values.find((value) => value.field === field.id)?.value ?? '',
    ]);
}

/** A custom field without a value has no id in the body; one with several values repeats its value. */
function companyBlock(account: MarketingAccount, company: Company): FormPairs {
  const data = account.companyFields.dataOf(company.id);
  const fields = account.companyFields.fields.all().flatMap((field, index): FormPairs => {
    const datum = data.find((row) => row.field === field.id);
    const name = `account[fields][${index}]`;
    const value = datum?.value ?? '';
    return [
      ...(datum === undefined ? [] : [[`${name}[id]`, String(datum.id)] satisfies [string, string]]),
      [`${name}[key]`, field.label],
      ...(Array.isArray(value)
        ? value.map((part): [string, string] => [`${name}[value][]`, String(part)])
        : [[`${name}[value]`, String(value)] satisfies [string, string]]),
    ];
  });
  return [
    ['account[id]', String(company.id)],
    ['account[name]', company.name],
    ['account[account_url]', company.url ?? ''],
    ['account[created_timestamp]', wallTime(company.createdAt)],
    ['account[updated_timestamp]', wallTime(company.updatedAt)],
    ...fields,
  ];
}

function campaignBlock(account: MarketingAccount, activity: Activity, base: string): FormPairs {
  const campaign = account.campaigns.campaigns.get(activity.campaign);
  const message = account.campaigns.messages.get(activity.message);
  return [
    ['campaign[id]', String(activity.campaign)],
    ['campaign[name]', campaign?.name ?? ''],
    ['campaign[status]', String(campaign?.status ?? '')],
    ['campaign[type]', campaign?.type ?? ''],
    ['campaign[recipients]', String(campaign?.sends ?? 0)],
    ['campaign[message][id]', String(activity.message)],
    ['campaign[message][subject]', message?.subject ?? ''],
    ['campaign[webcopy_url]', webCopyUrl(base, { id: activity.campaign, message: activity.message })],
  ];
}
