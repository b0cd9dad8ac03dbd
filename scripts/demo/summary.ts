import type { Http } from '../stack/http.ts';
import type { Stats, Vendors } from '../stack/vendors.ts';
import { outcomesOf, type Outcome, type Run } from './runs.ts';

export interface SummaryOptions {
  readonly api: Http;
  readonly vendors: Vendors;
  readonly runs: readonly Run[];
  /** The vendors' own counters before the first run. */
  readonly before: { readonly salesforce: Stats; readonly activecampaign: Stats };
}

/** What the first runs did, in plain words, from the service's reports and the vendors' own counters. */
export async function summarise({ api, vendors, runs, before }: SummaryOptions): Promise<string[]> {
  const after = await vendors.stats();
  const people = (after.salesforce.records['Lead'] ?? 0) + (after.salesforce.records['Contact'] ?? 0);
  return [
    ...(await sideLines(api, runs, 'outbound', 'In ActiveCampaign, from Salesforce')),
    ...(await sideLines(api, runs, 'inbound', 'In Salesforce, from ActiveCampaign')),
    '',
    `Calls, for ${people} leads and contacts:`,
    callLine('Salesforce', before.salesforce, after.salesforce, people, await dailyLimit(vendors)),
    callLine('ActiveCampaign', before.activecampaign, after.activecampaign, people, '5 calls a second'),
    '',
    'Sync status of the records in Salesforce:',
    ...(await statusLines(vendors)),
  ];
}

async function sideLines(
  api: Http,
  runs: readonly Run[],
  direction: Run['direction'],
  title: string,
): Promise<string[]> {
  const own = runs.filter((run) => run.direction === direction);
  const sum = (kind: Outcome['kind'] | 'conflicts') =>
    own.reduce((total, { counts }) => total + counts[kind], 0);
  return [
    '',
    `${title}: ${sum('created')} created, ${sum('updated')} updated, ${sum('linked')} linked to a record ` +
      `that was there, ${sum('skipped')} skipped, ${sum('failed')} failed, ${sum('conflicts')} conflicts decided.`,
    ...(await reasonLines(api, own, 'skipped')),
    ...(await reasonLines(api, own, 'failed')),
  ];
}

/** Why records were skipped or failed, the commonest reason first. */
async function reasonLines(api: Http, runs: readonly Run[], kind: 'skipped' | 'failed'): Promise<string[]> {
  const reasons = new Map<string, number>();
  for (const run of runs) {
    if (run.counts[kind] === 0) continue;
    for (const { code, message } of await outcomesOf(api, run.id, kind)) {
      const reason = `${message ?? 'No reason given.'} (${code ?? 'no code'})`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `  ${count} ${kind}: ${reason}`);
}

function callLine(vendor: string, before: Stats, after: Stats, people: number, limit: string): string {
  const calls = after.calls.total - before.calls.total;
  const perThousand = people === 0 ? 0 : (calls / people) * 1000;
  return `  ${vendor}: ${calls} calls, ${perThousand.toFixed(0)} per 1,000 records; the vendor allows ${limit}.`;
}

async function dailyLimit(vendors: Vendors): Promise<string> {
  const { limit, used } = await vendors.dailyCalls();
  return `${limit.toLocaleString('en')} a day, of which all programs together used ${used}`;
}

async function statusLines(vendors: Vendors): Promise<string[]> {
  const lines: string[] = [];
  for (const object of ['Lead', 'Contact', 'Account']) {
    const field = 'ActiveCampaign_Sync_Status__c';
    const rows = await vendors.query(`SELECT ${field}, COUNT(Id) n FROM ${object} GROUP BY ${field}`);
    const counts = rows.map((row) => `${String(row['n'])} ${describeStatus(row[field])}`);
    lines.push(`  ${object}: ${counts.join(', ')}`);
  }
  return lines;
}

function describeStatus(status: unknown): string {
  return typeof status === 'string' ? `"${status}"` : 'without a status';
}
