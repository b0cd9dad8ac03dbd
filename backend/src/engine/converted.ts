import type { QueryPage } from '../salesforce/types.ts';
import type { RunContext } from './context.ts';
import { soqlLists } from './salesforce-records.ts';

/**
 * Which of these contacts have a Lead that was converted and still shows their id. It will do so for ever, as converted
 * Leads cannot be edited, and no other Lead can show the same id: a link that cannot be shown would not be read again.
 */
export async function shownByConverted(
  { salesforce, names }: RunContext,
  contactIds: readonly string[],
): Promise<Set<string>> {
  const shown = new Set<string>();
  for (const list of soqlLists(contactIds)) {
    let page: QueryPage | null = await salesforce.query(
      `SELECT ${names.id} FROM Lead WHERE ${names.id} IN (${list}) AND IsConverted = true`,
    );
    while (page !== null) {
      const { records, next }: QueryPage = page;
      for (const record of records) shown.add(String(record[names.id]));
      page = next === null ? null : await salesforce.queryMore(next);
    }
  }
  return shown;
}
