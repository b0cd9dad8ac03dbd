import type { Site } from '../http/site.ts';
import type { Contact } from '../state/contacts.ts';
import { contactAutomationView } from './automation.ts';
import { accountContactView, contactListView, contactTagView, fieldValueView } from './contact.ts';
import { companyView, listView, tagView } from './resources.ts';

/** What `include` adds: arrays beside the contacts, and the ids of each contact's own rows inside the contact. */
export interface SideLoads {
  readonly siblings: Record<string, unknown[]>;
  readonly nested: (contact: Contact) => Record<string, string[]>;
}

type Loader = (contact: Contact, site: Site) => { readonly id: string }[];

const loaders: Record<string, Loader> = {
  fieldValues: (contact, site) => contact.values.map((value) => fieldValueView(contact, value, site.base)),
  contactTags: (contact, site) => contact.tags.map((row) => contactTagView(contact, row, site.base)),
  contactLists: (contact, site) => contact.lists.map((row) => contactListView(contact, row, site.base)),
  accountContacts: (contact, site) =>
    contact.relation === null ? [] : [accountContactView(contact.relation, site.base)],
  contactAutomations: (contact, site) =>
    site.account.automations
      .of(contact.id)
      .map((entry) =>
        contactAutomationView(entry, site.account.automations.automations.get(entry.automation), site.base),
      ),
  // Deals and places are not kept here: their arrays are empty.
  deals: () => [],
  geoIps: () => [],
};

/** Rows that belong to no single contact, once each: `contactTags.tag` and the like. */
const secondLoaders: Record<string, { readonly key: string; readonly ids: (contact: Contact) => number[] }> =
  {
    'contactTags.tag': { key: 'tags', ids: (contact) => contact.tags.map((row) => row.tag) },
    'contactLists.list': { key: 'lists', ids: (contact) => contact.lists.map((row) => row.list) },
    'accountContacts.account': {
      key: 'accounts',
      ids: (contact) => (contact.relation === null ? [] : [contact.relation.company]),
    },
  };

/** Names that the vendor does not know are passed over. */
export function sideLoads(
  site: Site,
  contacts: readonly Contact[],
  includes: ReadonlySet<string>,
): SideLoads {
  const siblings: Record<string, unknown[]> = {};
  const names = new Set([...includes].map((name) => name.split('.')[0] ?? name));
  const rowsOf = new Map<Contact, Record<string, string[]>>(contacts.map((contact) => [contact, {}]));
  for (const name of names) {
    const load = loaders[name];
    if (load === undefined) continue;
    siblings[name] = contacts.flatMap((contact) => {
      const rows = load(contact, site);
      const nested = rowsOf.get(contact);
      if (nested !== undefined) nested[name] = rows.map((row) => row.id);
      return rows;
    });
  }
  for (const [name, { key, ids }] of Object.entries(secondLoaders)) {
    if (!includes.has(name)) continue;
    const wanted = new Set(contacts.flatMap(ids));
    siblings[key] = [...wanted].sort((a, b) => a - b).flatMap((id) => shared(site, key, id));
  }
  return { siblings, nested: (contact) => rowsOf.get(contact) ?? {} };
}

function shared({ account, base }: Site, key: string, id: number): unknown[] {
  if (key === 'tags') return present(account.tags.tags.get(id), (tag) => tagView(tag, base));
  if (key === 'lists') return present(account.lists.lists.get(id), (list) => listView(list, base));
  return present(account.companies.companies.get(id), (company) => companyView(company, 0, base));
}

function present<Row>(row: Row | undefined, view: (row: Row) => unknown): unknown[] {
  return row === undefined ? [] : [view(row)];
}
