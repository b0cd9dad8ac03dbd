import type { ErrorCode } from '../lib/errors.ts';
import { failedOutcome } from './errors.ts';
import type { SaveOutcome } from './types.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What a save does with its rows. */
export interface SaveTarget {
  readonly object: string;
  readonly operation: 'update' | 'upsert';
  /** `Id`, or the external id by which rows are found. */
  readonly keyField: string;
}

/** One row on its way, with its place in the caller's list. */
export interface Item {
  readonly index: number;
  readonly row: Row;
  /** The key's value as text. */
  readonly key: string;
}

/** The outcomes of one save: one for every row, in the rows' order. */
export class Outcomes {
  readonly #outcomes: (SaveOutcome | undefined)[];
  #written = false;

  constructor(size: number) {
    this.#outcomes = new Array<undefined>(size).fill(undefined);
  }

  settle({ index }: Item, outcome: SaveOutcome): void {
    this.#outcomes[index] = outcome;
    this.#written ||= outcome.ok;
  }

  /** Whether any row was written. */
  get written(): boolean {
    return this.#written;
  }

  failedWith(items: readonly Item[], code: ErrorCode): Item[] {
    return items.filter(({ index }) => {
      const outcome = this.#outcomes[index];
      return outcome?.ok === false && outcome.code === code;
    });
  }

  /** All of them; a row that nothing was said about has failed with what is given. */
  complete(code: ErrorCode, vendorCode: string, message: string): SaveOutcome[] {
    return this.#outcomes.map((outcome) => outcome ?? failedOutcome(code, vendorCode, message));
  }
}

/** Rows with their keys; a row without a key has failed at once. */
export function toItems(target: SaveTarget, rows: readonly Row[], outcomes: Outcomes): Item[] {
  const items: Item[] = [];
  for (const [index, row] of rows.entries()) {
    const value = row[target.keyField];
    const key = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const item = { index, row, key };
    if (key !== '') items.push(item);
    else {
      const message = `The row has no value for ${target.keyField}.`;
      outcomes.settle(item, failedOutcome('SYNC_SALESFORCE_REFUSED', 'MISSING_ARGUMENT', message));
    }
  }
  return items;
}

/**
 * Cuts the items so that no key stands twice in one wave, as Salesforce refuses rows that repeat a record within a
 * call; waves keep the order of a record's writes.
 */
export function waves(target: SaveTarget, items: readonly Item[]): Item[][] {
  const seen = new Map<string, number>();
  const cut: Item[][] = [];
  for (const item of items) {
    const identity = target.keyField === 'Id' ? item.key.slice(0, 15) : item.key.toLowerCase();
    const wave = seen.get(identity) ?? 0;
    seen.set(identity, wave + 1);
    (cut[wave] ??= []).push(item);
  }
  return cut;
}

/** Children of one parent side by side, since they lock it. Stable for rows without a parent. */
export function byParent(items: readonly Item[]): Item[] {
  const parent = ({ row }: Item): string => (typeof row.AccountId === 'string' ? row.AccountId : '');
  return items.toSorted((a, b) => (parent(a) < parent(b) ? -1 : parent(a) > parent(b) ? 1 : 0));
}

export function chunks<T>(list: readonly T[], size: number): T[][] {
  const cut: T[][] = [];
  for (let from = 0; from < list.length; from += size) cut.push(list.slice(from, from + size));
  return cut;
}
