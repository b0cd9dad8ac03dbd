import type { Company } from '../state/companies.ts';
import type { Field, FieldOption, FieldRelation } from '../state/fields.ts';
import type { List } from '../state/lists.ts';
import type { Tag } from '../state/tags.ts';
import { isoTime } from '../state/time.ts';
import type { Webhook } from '../state/webhooks.ts';
import { links } from './links.ts';

export function tagView(tag: Tag, base: string) {
  return {
    tagType: tag.type,
    tag: tag.name,
    description: tag.description,
    cdate: isoTime(tag.createdAt),
    links: links(base, `tags/${tag.id}`, ['contactGoalTags']),
    id: String(tag.id),
  };
}

export function listView(list: List, base: string) {
  return {
    stringid: list.stringId,
    userid: '1',
    name: list.name,
    cdate: isoTime(list.createdAt),
    private: '0',
    send_last_broadcast: '0',
    to_name: 'Subscriber',
    optinoptout: '1',
    sender_url: list.senderUrl,
    sender_reminder: list.senderReminder,
    channel: list.channel,
    deletestamp: null,
    udate: null,
    links: links(base, `lists/${list.id}`, ['contactGoalLists', 'user', 'addressLists']),
    id: String(list.id),
    user: '1',
  };
}

export function fieldView(
  field: Field,
  options: readonly FieldOption[],
  relations: readonly FieldRelation[],
  base: string,
) {
  return {
    title: field.title,
    descript: field.description === '' ? null : field.description,
    type: field.type,
    isrequired: field.required ? '1' : '0',
    perstag: field.perstag,
    defval: field.defaultValue === '' ? null : field.defaultValue,
    show_in_list: '0',
    rows: '0',
    cols: '0',
    visible: field.visible ? '1' : '0',
    service: '',
    ordernum: String(field.order),
    cdate: isoTime(field.createdAt),
    udate: isoTime(field.updatedAt),
    options: options.map((option) => String(option.id)),
    relations: relations.map((relation) => String(relation.id)),
    links: links(base, `fields/${field.id}`, ['options', 'relations']),
    id: String(field.id),
  };
}

export function fieldOptionView(option: FieldOption, base: string) {
  return {
    field: String(option.field),
    orderid: String(option.order),
    value: option.value,
    label: option.label,
    isdefault: option.isDefault ? '1' : '0',
    cdate: isoTime(option.createdAt),
    udate: isoTime(option.createdAt),
    links: links(base, `fieldOptions/${option.id}`, ['field']),
    id: String(option.id),
  };
}

export function fieldRelationView(relation: FieldRelation) {
  return {
    field: String(relation.field),
    relid: String(relation.list),
    dorder: '0',
    cdate: isoTime(relation.createdAt),
    links: [],
    id: String(relation.id),
  };
}

/** Counts are given as "0" unless they were asked for. */
export function companyView(company: Company, contactCount: number, base: string) {
  return {
    name: company.name,
    accountUrl: company.url,
    owner: String(company.owner),
    createdTimestamp: isoTime(company.createdAt),
    updatedTimestamp: isoTime(company.updatedAt),
    contactCount: String(contactCount),
    dealCount: '0',
    links: links(base, `accounts/${company.id}`, ['notes', 'accountCustomFieldData', 'accountContacts']),
    id: String(company.id),
  };
}

export function webhookView(webhook: Webhook) {
  return {
    cdate: isoTime(webhook.createdAt),
    listid: String(webhook.list),
    name: webhook.name,
    url: webhook.url,
    events: webhook.events,
    sources: webhook.sources,
    links: [],
    id: String(webhook.id),
  };
}
