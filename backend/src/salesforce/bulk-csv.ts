import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Item, Row } from './rows.ts';

/** Bulk API 2.0 takes 150 MB of base64 a job, which is 100 MB of text. */
const MAX_JOB_BYTES = 100_000_000;
const MAX_JOB_ROWS = 100_000;
const SLICE_ROWS = 1_000;

/** An empty cell leaves a field as it is; this clears it. */
const CLEAR = '#N/A';

export interface JobData {
  readonly items: readonly Item[];
  readonly csv: string;
}

/** Whether the CSV door would misread the row: a text that reads like the sign for clearing. */
export function isUnfitForCsv({ row }: Item): boolean {
  return Object.values(row).includes(CLEAR);
}

/**
 * Job data, one job after the other, each within the size that Bulk API 2.0 takes. Columns are the union of the
 * rows' fields; a field that a row does not name stays unchanged, null clears it, and a parent given by external id
 * (`{Account: {Key__c: 'x'}}`) becomes the column `Account.Key__c`.
 */
export function* jobData(
  items: readonly Item[],
  bounds: { bytes: number; rows: number } = { bytes: MAX_JOB_BYTES, rows: MAX_JOB_ROWS },
): Generator<JobData> {
  const cells = items.map(({ row }) => flatten(row));
  const columns = [...new Set(cells.flatMap((row) => [...row.keys()]))];
  const header = stringify([columns]);
  let parts = [header];
  let bytes = Buffer.byteLength(header);
  let from = 0;
  for (let slice = 0; slice < items.length;) {
    const room = Math.min(SLICE_ROWS, bounds.rows - (slice - from));
    const rows = cells
      .slice(slice, slice + room)
      .map((row) => columns.map((column) => row.get(column) ?? ''));
    const text = stringify(rows);
    const size = Buffer.byteLength(text);
    if (slice > from && bytes + size > bounds.bytes) {
      yield { items: items.slice(from, slice), csv: parts.join('') };
      [parts, bytes, from] = [[header], Buffer.byteLength(header), slice];
      continue;
    }
    parts.push(text);
    bytes += size;
    slice += rows.length;
    if (slice - from >= bounds.rows && slice < items.length) {
      yield { items: items.slice(from, slice), csv: parts.join('') };
      [parts, bytes, from] = [[header], Buffer.byteLength(header), slice];
    }
  }
  if (from < items.length) yield { items: items.slice(from), csv: parts.join('') };
}

/** Each row's cells of the named columns, in the order of the names; a column that is missing is empty. */
export function readColumns(csv: string, wanted: readonly string[]): string[][] {
  if (csv.trim() === '') return [];
  const [header = [], ...rows] = parse(csv, { bom: true, relax_column_count: true });
  const names = header.map((name) => name.toLowerCase());
  const places = wanted.map((name) => names.indexOf(name.toLowerCase()));
  return rows.map((row) => places.map((place) => row[place] ?? ''));
}

function flatten(row: Row): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined || name === 'attributes') continue;
    if (typeof value === 'object' && value !== null) {
      for (const [key, reference] of Object.entries(value)) cells.set(`${name}.${key}`, cell(reference));
    } else cells.set(name, cell(value));
  }
  return cells;
}

function cell(value: unknown): string {
  if (value === null || value === '') return CLEAR;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
