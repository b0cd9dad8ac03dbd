import type { QueryPage } from '../salesforce/types.ts';
import type { Hint } from '../store/hints.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { RunContext } from './context.ts';
import { lookAtRecord } from './looks.ts';
import { fieldsToRead, readRecord, soqlLists, type ReadRecord } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';

/** What is answered where a record that is to be written is not there any more: deleted, merged or converted. */
const vanished: ReadonlySet<string> = new Set(['SYNC_RECORD_GONE', 'SYNC_SALESFORCE_RECORD_CONVERTED']);

/**
 * Hints at records that turned out to be gone when they were to be written. What changed is asked for of records that
 * are selected or show their link; one that vanished before it showed its own is neither, and nobody else tells.
 */
export function hintsAtVanished(
  refused: readonly {
    readonly object: SalesforceObject;
    readonly salesforceId: string | null;
    readonly code: string | null;
  }[],
): Hint[] {
  return refused.flatMap(({ object, salesforceId, code }): Hint[] =>
    salesforceId !== null && code !== null && vanished.has(code) ? [lookAtRecord(object, salesforceId)] : [],
  );
}

/** Records that cannot be read by their ids any more, as the recycle bin has them. */
export async function readVanished(
  { salesforce, names }: RunContext,
  settings: ObjectSettings,
  ids: readonly string[],
): Promise<ReadRecord[]> {
  const { object } = settings;
  const fields = fieldsToRead(settings, names).join(', ');
  const found: ReadRecord[] = [];
  for (const list of soqlLists(ids)) {
    let page: QueryPage | null = await salesforce.query(
      `SELECT ${fields} FROM ${object} WHERE Id IN (${list})`,
      { all: true },
    );
    while (page !== null) {
      const { records, next }: QueryPage = page;
      for (const record of records) found.push(readRecord(object, record, names));
      page = next === null ? null : await salesforce.queryMore(next);
    }
  }
  return found;
}
