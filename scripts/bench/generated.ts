import { salesforceField } from '../../backend/test/sync/fields.ts';
import type { ActiveCampaign } from '../../backend/src/connectors/activecampaign/connector.ts';
import { manifest } from '../../backend/src/connectors/activecampaign/manifest.ts';
import type { Salesforce, SalesforceRecord } from '../../backend/src/salesforce/types.ts';
import type { PlatformField, SalesforceField } from '../../backend/src/sync/types.ts';

/** Vendors whose records are computed when they are asked for: any number of them, and none of their memory. */

const PAGE = 2_000;
/** So many people work for one company. */
const PER_COMPANY = 20;
const CHANGED = '2026-01-01T00:00:00.000+0000';
export const CHANGED_AT = Date.parse('2026-01-01T00:00:00Z');

/** Person number `index`, from 1 on. SQL in shadow-pass.ts makes the same ones. */
export const person = {
  salesforceId: (index: number) => `00Q${String(index).padStart(12, '0')}AAA`,
  email: (index: number) => `person${index}@example.com`,
  firstName: (index: number) => `First ${index % 1000}`,
  lastName: (index: number) => `Last ${index}`,
  phone: (index: number) => `+49 30 ${index}`,
  companyId: (index: number) => String(Math.ceil(index / PER_COMPANY)),
  company: (index: number) => `Company ${Math.ceil(index / PER_COMPANY)}`,
};

/** Leads with their ids of the platform, as after a sync; without them, as before the first one. */
export function generatedSalesforce(
  count: number,
  { areSynced, onRead = () => undefined }: { areSynced: boolean; onRead?: () => void },
): Salesforce {
  const lead = (index: number): SalesforceRecord => ({
    Id: person.salesforceId(index),
    SystemModstamp: CHANGED,
    LastModifiedDate: CHANGED,
    CreatedDate: CHANGED,
    IsDeleted: false,
    MasterRecordId: null,
    IsConverted: false,
    ConvertedContactId: null,
    FirstName: person.firstName(index),
    LastName: person.lastName(index),
    Email: person.email(index),
    Phone: person.phone(index),
    Company: person.company(index),
    ActiveCampaign_Sync_Status__c: areSynced ? 'Synced successfully' : null,
    ActiveCampaign_ID__c: areSynced ? String(index) : null,
    ActiveCampaign_Relation_Sync_Status__c: null,
  });
  const indexOf = (id: string) => Number(id.slice(3, 15));
  const page = (start: number) => {
    onRead();
    const size = Math.min(PAGE, count - start);
    return Promise.resolve({
      records: Array.from({ length: size }, (_, index) => lead(start + index + 1)),
      totalSize: count,
      next: start + size < count ? String(start + size) : null,
      serverTime: CHANGED_AT + 3_600_000,
    });
  };
  return only<Salesforce>('Salesforce', {
    describe: () => Promise.resolve(leadFields),
    query: () => page(0),
    queryMore: (locator) => page(Number(locator)),
    retrieve: (_object, ids) => Promise.resolve(ids.map((id) => lead(indexOf(id)))),
    update: (_object, rows) =>
      Promise.resolve(rows.map(({ Id }) => ({ ok: true as const, id: Id, created: false }))),
    usage: () => null,
  });
}

/** Contacts that are in step with those leads. */
export function generatedPlatform(count: number, onRead: () => void): ActiveCampaign {
  return only<ActiveCampaign>('ActiveCampaign', {
    manifest,
    describe: () => Promise.resolve(contactFields),
    readContacts(cursor) {
      onRead();
      const after = Number(cursor?.afterId ?? 0);
      const size = Math.min(manifest.limits.readPage, count - after);
      const records = Array.from({ length: size }, (_, offset) => {
        const index = after + offset + 1;
        const account = { id: person.companyId(index), name: person.company(index) };
        return {
          id: String(index),
          email: person.email(index),
          stamp: new Date(CHANGED_AT).toISOString(),
          values: {
            email: person.email(index),
            firstName: person.firstName(index),
            lastName: person.lastName(index),
            phone: person.phone(index),
            account: account.name,
          },
          account,
        };
      });
      const done = after + size >= count;
      const since = new Date(CHANGED_AT + 3_600_000).toISOString();
      const next = done
        ? { since, afterId: null, nextSince: null }
        : { since: null, afterId: String(after + size), nextSince: since };
      return Promise.resolve({ records, next, done });
    },
    readContactsByIds: () => Promise.resolve([]),
  });
}

const field = (name: string, type: string): SalesforceField => salesforceField({ name, type });

const leadFields: readonly SalesforceField[] = [
  field('FirstName', 'string'),
  field('LastName', 'string'),
  field('Email', 'email'),
  field('Phone', 'phone'),
  field('Company', 'string'),
  field('CreatedDate', 'datetime'),
];

const contactFields: readonly PlatformField[] = (
  [
    ['email', 'email'],
    ['firstName', 'text'],
    ['lastName', 'text'],
    ['phone', 'phone'],
    ['account', 'text'],
  ] as const
).map(([key, type]) => ({ key, label: key, type, options: [], custom: false }));

/** A vendor that can do no more than this: whatever else it is asked for ends the benchmark. */
function only<T extends object>(name: string, parts: Partial<T>): T {
  const proxy = new Proxy(parts, {
    get(target, key) {
      const part: unknown = Reflect.get(target, key);
      if (part === undefined) throw new Error(`The benchmark's ${name} has no "${String(key)}".`);
      return part;
    },
  });
  return proxy as T; // what is missing throws
}
