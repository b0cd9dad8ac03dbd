import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Calls } from './meter.ts';
import type { Result } from './scenarios.ts';

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md');

/** The report's parts, each between markers of its own, so that one can be measured without the others. */
export type Part = 'speed' | 'memory' | 'planner' | 'shadow' | 'steady' | 'million' | 'workers';

/** A table of a scenario that has columns of its own. */
export interface TableData {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The machine, without anything that changes from day to day but its load. */
export function machineFacts(postgres: string): string {
  const [model] = cpus();
  const load = loadavg().map((value) => value.toFixed(1));
  return (
    `Measured on ${cpus().length} cores (${model?.model.trim() ?? 'unknown'}), load average ${load.join(', ')}, ` +
    `Node.js ${process.versions.node}, PostgreSQL ${postgres}.`
  );
}

/** Everything measured, as a Markdown table. */
export function table(results: readonly Result[]): string {
  const head = [
    'direction',
    'latency, ms',
    'measured',
    'records',
    'seconds',
    'records/s',
    'of plain',
    'Salesforce calls (per 1,000)',
    'ActiveCampaign calls (per 1,000)',
    'CPU, s',
    'peak memory, MB',
    'load',
  ];
  const rows = results.map((result) => [
    result.direction,
    String(result.latency),
    `${result.isPlain ? 'plain script' : 'Syncline'}: ${result.name}`,
    result.records.toLocaleString('en'),
    result.seconds.toFixed(1),
    isAboutRecords(result) ? speed(result).toFixed(0) : '–',
    ratio(result, results),
    callsCell(result, result.calls.salesforce),
    callsCell(result, result.calls.activecampaign),
    result.cpuSeconds?.toFixed(1) ?? '–',
    result.peakMemory?.toFixed(0) ?? '–',
    result.load.toFixed(1),
  ]);
  return markdown({ head, rows });
}

export function markdown({ head, rows }: TableData): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What a single measurement was made of, for whoever looks on. */
export function details(result: Result): string {
  const routes = (calls: Calls) =>
    Object.entries(calls.byRoute)
      .sort(([, a], [, b]) => b - a)
      .map(([route, count]) => `    ${count} ${route}`);
  const { created, updated, linked, unchanged } = result.run?.counts ?? {};
  return [
    `${result.direction}, ${result.latency} ms, ${result.name}: ${result.records} records in ${result.seconds.toFixed(1)} s`,
    ...(result.run
      ? [`  ${created} created, ${updated} updated, ${linked} linked, ${unchanged} unchanged`]
      : []),
    `  Salesforce ${result.calls.salesforce.total} calls`,
    ...routes(result.calls.salesforce),
    `  ActiveCampaign ${result.calls.activecampaign.total} calls`,
    ...routes(result.calls.activecampaign),
  ].join('\n');
}

/** Puts a part into docs/benchmarks.md, between its markers. */
export async function save(part: Part, text: string): Promise<void> {
  const page = await readFile(FILE, 'utf8');
  const [begin, end] = [`<!-- ${part}: begin -->`, `<!-- ${part}: end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md lacks the markers of "${part}".`);
  const next = `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`;
  await writeFile(FILE, await format(next, { ...(await resolveConfig(FILE)), filepath: FILE }));
}

function isAboutRecords({ name }: Result): boolean {
  return name !== 'nothing changed';
}

function speed({ records, seconds }: Result): number {
  return records / seconds;
}

/** How fast, compared with the plain script that did as many records under the same conditions. */
function ratio(result: Result, results: readonly Result[]): string {
  const plain = results.find(
    (other) =>
      other.isPlain &&
      other.direction === result.direction &&
      other.name === result.name &&
      other.latency === result.latency,
  );
  return plain === undefined ? '–' : (speed(result) / speed(plain)).toFixed(2);
}

function callsCell(result: Result, { total }: Calls): string {
  return isAboutRecords(result)
    ? `${total} (${((total / result.records) * 1000).toFixed(1)})`
    : String(total);
}
