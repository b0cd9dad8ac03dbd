import type { Http } from '../stack/http.ts';
import type { Vendors } from '../stack/vendors.ts';
import { outcomesOf, type Outcome, type Run } from './runs.ts';

export interface SummaryOptions {
  readonly api: Http;
  readonly vendors: Vendors;
  readonly runs: readonly Run[];
}

/** What the first runs did, in plain words, from the service's reports and from Salesforce itself. */
export async function summarise({ api, vendors, runs }: SummaryOptions): Promise<string[]> {
  const { records } = (await vendors.stats()).salesforce;
  const people = (records['Lead'] ?? 0) + (records['Contact'] ?? 0);
  const daily = await vendors.dailyCalls();
  const calls = (vendor: keyof Run['calls']) => runs.reduce((total, run) => total + run.calls[vendor], 0);
  return [
    ...(await sideLines(api, runs, 'outbound', 'In ActiveCampaign, from Salesforce')),
    ...(await sideLines(api, runs, 'inbound', 'In Salesforce, from ActiveCampaign')),
    '',
    `Calls that the runs took, for ${people} leads and contacts with their accounts:`,
    `  Salesforce: ${rate(calls('salesforce'), people)}; the org may make ${daily.limit.toLocaleString('en')} a day, ` +
      `and all programs together have made ${daily.used}.`,
    `  ActiveCampaign: ${rate(calls('platform'), people)}; the account may make 5 a second.`,
    '',
    'Sync status of the records in Salesforce:',
    ...(await statusLines(vendors)),
  ];
}

function rate(calls: number, people: number): string {
  return `${calls} calls, ${people === 0 ? 0 : Math.round((calls / people) * 1000)} per 1,000 records`;
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
