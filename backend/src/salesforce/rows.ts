import type { Outcomes } from '../lib/outcomes.ts';
import { sentence } from '../words/told.ts';
import { failedOutcome } from './errors.ts';
import type { SaveOutcome } from './types.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What a save does with its rows. */
export type SaveTarget = KeyedTarget | NewTarget;

export interface KeyedTarget {
  readonly object: string;
  readonly operation: 'update' | 'upsert';
  /** `Id`, or the external id by which rows are found. */
  readonly keyField: string;
}

/** New records, of which nothing is known but their fields. */
export interface NewTarget {
  readonly object: string;
  readonly operation: 'create';
  readonly keyField: null;
}

/** One row on its way, with its place in the caller's list. */
export interface Item {
  readonly index: number;
  readonly row: Row;
  /** The key's value as text; of a new record its place in the list. */
  readonly key: string;
}

/** Rows with their keys; a row without a key has failed at once. */
export function toItems(target: SaveTarget, rows: readonly Row[], outcomes: Outcomes<SaveOutcome>): Item[] {
  const { keyField } = target;
  if (keyField === null) return rows.map((row, index) => ({ index, row, key: String(index) }));
  const items: Item[] = [];
  for (const [index, row] of rows.entries()) {
    const value = row[keyField];
    const key = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const item = { index, row: namedByKey(target, row), key };
    if (key !== '') items.push(item);
    else {
      const message = sentence('The row has no value for {field}.', { field: keyField });
      outcomes.settle(index, failedOutcome('SYNC_SALESFORCE_REFUSED', 'MISSING_ARGUMENT', message));
    }
  }
  return items;
}

/** An upsert names its record by the key alone. */
function namedByKey({ operation, keyField }: SaveTarget, row: Row): Row {
  if (operation === 'update' || keyField === 'Id' || !('Id' in row)) return row;
  const { Id: _id, ...fields } = row;
  return fields;
}

/** What makes two rows the same record: Salesforce refuses rows that repeat one within a call. */
export function identityOf(target: SaveTarget): (item: Item) => string {
  return target.keyField === 'Id' ? ({ key }) => key.slice(0, 15) : ({ key }) => key.toLowerCase();
}

/** Children of one parent side by side, since they lock it. Stable for rows without a parent. */
export function byParent(items: readonly Item[]): Item[] {
  const parent = ({ row }: Item): string => (typeof row.AccountId === 'string' ? row.AccountId : '');
  return items.toSorted((a, b) => (parent(a) < parent(b) ? -1 : parent(a) > parent(b) ? 1 : 0));
}
