import type { Connector, PlatformContact, WriteOutcome } from '../connectors/connector.ts';
import { partition } from '../lib/lists.ts';
import type { Salesforce } from '../salesforce/types.ts';

/** What the ids of records begin with that only a dry run has created. */
const pretended = 'dry-run-';

const isPretended = (id: string): boolean => id.startsWith(pretended);

/** Salesforce, of which everything is read and to which nothing is written: each row counts as saved. */
export function pretendSalesforce(salesforce: Salesforce): Salesforce {
  return {
    describe: (object) => salesforce.describe(object),
    query: (soql, options) => salesforce.query(soql, options),
    queryMore: (locator) => salesforce.queryMore(locator),
    usage: () => salesforce.usage(),
    async retrieve(object, ids, fields) {
      const found = new Map<string, Awaited<ReturnType<Salesforce['retrieve']>>[number]>();
      const real = ids.filter((id) => !isPretended(id));
      const records = real.length === 0 ? [] : await salesforce.retrieve(object, real, fields);
      for (const [index, id] of real.entries()) found.set(id, records[index] ?? null);
      return ids.map((id) => found.get(id) ?? null);
    },
    update: (_object, rows) => Promise.resolve(rows.map(({ Id: id }) => ({ ok: true, id, created: false }))),
    create: (object, rows) =>
      Promise.resolve(
        rows.map((_row, index) => ({ ok: true, id: `${pretended}${object}-${index}`, created: true })),
      ),
    upsert: (_object, externalIdField, rows) =>
      Promise.resolve(
        rows.map((row) => ({ ok: true, id: `${pretended}${String(row[externalIdField])}`, created: true })),
      ),
  };
}

/**
 * The platform in the same way. Once writes are pretended its accounts are not read again, as they would show none of
 * them; a contact that was only pretended is there, of which nothing but its id is known.
 */
export function pretendPlatform(connector: Connector, isActing: () => boolean): Connector {
  return {
    manifest: connector.manifest,
    check: () => connector.check(),
    describe: (object, how) => connector.describe(object, how),
    readContacts: (cursor, atMost) => connector.readContacts(cursor, atMost),
    async readContactsByIds(ids) {
      const [fakes, real] = partition(ids, isPretended);
      return [
        ...(real.length === 0 ? [] : await connector.readContactsByIds(real)),
        ...fakes.map(pretendedContact),
      ];
    },
    readAccounts: async (after) =>
      isActing() ? { records: [], next: null } : await connector.readAccounts(after),
    writeContacts: (writes) => Promise.resolve(writes.map(written)),
    writeAccounts: (writes) => Promise.resolve(writes.map(written)),
    tagContacts: (_tag, contacts) => Promise.resolve(contacts.map(({ id }) => written({ ref: id, id }))),
  };
}

function written({ ref, id }: { readonly ref: string; readonly id: string | null }): WriteOutcome {
  return { ref, kind: 'written', id: id ?? pretended + ref, created: id === null };
}

function pretendedContact(id: string): PlatformContact {
  return { id, email: null, stamp: new Date(0).toISOString(), values: {}, account: null };
}
