import type { Bounds, Table, Value } from '../org/types.ts';
import { foldFor } from './comparisons.ts';
import type { Constraint } from './filter.ts';
import type { SortKey } from './order.ts';
import { boundsByField } from './spans.ts';

/** How the rows that may match are reached. The filter still tests each of them. */
export type Access =
  | { readonly kind: 'keys'; readonly field: string; readonly keys: readonly Value[] }
  | { readonly kind: 'union'; readonly parts: readonly Access[] }
  | {
      readonly kind: 'range';
      readonly field: string;
      readonly bounds: Bounds;
      readonly direction: 'asc' | 'desc';
    }
  | { readonly kind: 'scan' };

export interface Plan {
  readonly access: Access;
  /** Whether the access yields rows in the order of the first sort key already. */
  readonly ordered: boolean;
}

/** Hash look-ups are taken first where they reach at most this many rows, or this share of the table. */
const FEW_ROWS = 1_000;
const FEW_SHARE = 0.05;

/** Hash look-ups that cover a constraint, and how many rows they reach (at least, where they reach many). */
interface Lookups {
  readonly access: Access;
  readonly reach: number;
}

/**
 * Chooses an access, best first: hash look-ups that reach few rows; a walk along the ordered index of the first sort
 * key; a bounded range of another index; other hash look-ups; a scan.
 */
export function choosePlan(table: Table, constraint: Constraint, sort: readonly SortKey[]): Plan {
  const few = Math.max(FEW_ROWS, table.size * FEW_SHARE);
  const lookups = bestLookups(table, constraint, few);
  if (lookups && lookups.reach <= few) return { access: lookups.access, ordered: false };

  const bounds = boundsByField(constraint);
  const walk = orderedWalk(table, bounds, sort[0]);
  if (walk) return { access: walk, ordered: true };

  const range = bestRange(table, bounds);
  if (range) return { access: range, ordered: false };

  return { access: lookups?.access ?? { kind: 'scan' }, ordered: false };
}

function bestLookups(table: Table, constraint: Constraint, few: number): Lookups | undefined {
  switch (constraint.kind) {
    case 'open':
    case 'bounds':
      return undefined;
    case 'keys':
      return keyLookups(table, constraint.field, constraint.keys, few);
    case 'and': {
      let best: Lookups | undefined;
      for (const part of constraint.parts) {
        const found = bestLookups(table, part, few);
        if (found && (!best || found.reach < best.reach)) best = found;
      }
      return best;
    }
    case 'or': {
      const parts: Access[] = [];
      let reach = 0;
      for (const part of constraint.parts) {
        const found = bestLookups(table, part, few);
        if (!found) return undefined;
        parts.push(found.access);
        reach += found.reach;
      }
      return { access: { kind: 'union', parts }, reach };
    }
  }
}

/** Counts only up to `few`: more tells nothing more. */
function keyLookups(table: Table, field: string, keys: readonly Value[], few: number): Lookups | undefined {
  if (field === 'Id') return { access: { kind: 'keys', field, keys }, reach: keys.length };
  const distinct = withoutCase(keys);
  const access: Access = { kind: 'keys', field, keys: distinct };
  let reach = 0;
  for (const key of distinct) {
    const rows = table.find(field, key);
    if (!rows) return undefined;
    for (const _row of rows) {
      reach += 1;
      if (reach > few) return { access, reach };
    }
  }
  return { access, reach };
}

/** A table's look-ups ignore letter case: keys that differ by it alone would find the same rows twice. */
function withoutCase(keys: readonly Value[]): Value[] {
  const fold = foldFor('text');
  return [...new Map(keys.map((key) => [fold(key), key])).values()];
}

/** Rows without a value are in no bounds, so an index order is whole only where null is excluded. */
function orderedWalk(
  table: Table,
  bounds: ReadonlyMap<string, Bounds>,
  key: SortKey | undefined,
): Access | undefined {
  if (key?.indexField === undefined) return undefined;
  const { indexField: field, descending } = key;
  const own = bounds.get(field);
  if (!own && table.schema.field(field)?.nillable !== false) return undefined;
  const direction = descending ? 'desc' : 'asc';
  return rangeAccess(table, field, own ?? {}, direction);
}

function bestRange(table: Table, bounds: ReadonlyMap<string, Bounds>): Access | undefined {
  let best: Access | undefined;
  let bestEnds = 0;
  for (const [field, own] of bounds) {
    const ends = Object.keys(own).length;
    if (ends <= bestEnds) continue;
    const access = rangeAccess(table, field, own, 'asc');
    if (access) [best, bestEnds] = [access, ends];
  }
  return best;
}

function rangeAccess(
  table: Table,
  field: string,
  bounds: Bounds,
  direction: 'asc' | 'desc',
): Access | undefined {
  return table.range(field, bounds, direction) ? { kind: 'range', field, bounds, direction } : undefined;
}
