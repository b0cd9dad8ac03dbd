import type { SalesforceRecord } from '../salesforce/types.ts';
import { accountPath } from '../sync/account-name.ts';
import type { RunContext } from './context.ts';
import { fieldsToRead, readRecord, type ReadRecord } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';

/**
 * Records as they are now, by id; those that are gone are left out. Reading by id knows no parents, so the names of
 * Contacts' accounts are read beside them, but for accounts that are still the known ones.
 *
 * @param knownAccounts - Account ids by record id.
 */
export async function readByIds(
  context: RunContext,
  settings: ObjectSettings,
  ids: readonly string[],
  knownAccounts: ReadonlyMap<string | null, string | null> = new Map(),
): Promise<ReadRecord[]> {
  if (ids.length === 0) return [];
  const { object } = settings;
  const fields = fieldsToRead(settings, context.names).filter((field) => field !== accountPath);
  const records = (await context.salesforce.retrieve(object, ids, fields)).filter(
    (record) => record !== null,
  );
  const named = object === 'Contact' ? await withAccountNames(context, records, knownAccounts) : records;
  return named.map((record) => readRecord(object, record, context.names));
}

async function withAccountNames(
  context: RunContext,
  records: readonly SalesforceRecord[],
  known: ReadonlyMap<string | null, string | null>,
): Promise<SalesforceRecord[]> {
  const news = records.filter(
    (record) => typeof record.AccountId === 'string' && known.get(record.Id) !== record.AccountId,
  );
  const ids = [...new Set(news.map((record) => String(record.AccountId)))];
  const accounts = ids.length === 0 ? [] : await context.salesforce.retrieve('Account', ids, ['Id', 'Name']);
  const names = new Map(
    accounts.flatMap((account) => (account === null ? [] : [[account.Id, account.Name] as const])),
  );
  return records.map((record) => {
    if (typeof record.AccountId !== 'string') return { ...record, Account: null };
    const name = names.get(record.AccountId);
    return name === undefined ? record : { ...record, Account: { Name: name } };
  });
}
