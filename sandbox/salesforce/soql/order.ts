import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../org/types.ts';
import { foldFor } from './comparisons.ts';
import { notAllowedIn } from './errors.ts';
import type { Scope, Source } from './scope.ts';
import { rowExpression } from './subjects.ts';

/** One ORDER BY criterion over rows (or groups). */
export interface SortKey<Item = Row> {
  /** The comparable form of the value: folded text, datetimes at whole seconds. */
  readonly read: (item: Item) => Value;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
  /** The object's own column whose ordered index has the same order, if it can have one. */
  readonly indexField: string | undefined;
}

/** Nulls come first unless NULLS LAST says otherwise. */
export function sortDirection(clause: OrderByClause): { descending: boolean; nullsFirst: boolean } {
  return { descending: clause.order === 'DESC', nullsFirst: clause.nulls !== 'LAST' };
}

/** @throws ApiError INVALID_FIELD for fields that do not exist or can not be sorted. */
export function compileSort(scope: Scope, source: Source, clauses: readonly OrderByClause[]): SortKey[] {
  return clauses.map((clause) => {
    const expression = rowExpression(
      scope,
      source,
      'fn' in clause ? { kind: 'function', call: clause.fn } : { kind: 'field', path: clause.field },
    );
    const { column, domain, fn } = expression;
    if (!column.field.sortable || domain === undefined)
      throw notAllowedIn(scope.soql, column.written, 'sorted');
    const fold = domain === 'datetime' ? wholeSecond : foldFor(domain);
    const own = fn === undefined && column.hops.length === 0;
    const indexed =
      own && (domain === 'date' || domain === 'datetime' || domain === 'number' || domain === 'id');
    return {
      read: (row) => fold(expression.read(row)),
      ...sortDirection(clause),
      indexField: indexed ? column.field.name : undefined,
    };
  });
}

function wholeSecond(value: Value): Value {
  return typeof value === 'string' ? value.slice(0, 19) : value;
}

interface Decorated<Item> {
  readonly item: Item;
  readonly keys: readonly Value[];
}

/** Sorts items, stable; with `need`, only the first that many are kept, in memory bounded by it. */
export function sortItems<Item>(
  items: Iterable<Item>,
  sort: readonly SortKey<Item>[],
  need = Number.POSITIVE_INFINITY,
): Item[] {
  const compare = comparator(sort);
  const keep = Math.max(need, 1_000);
  let pool: Decorated<Item>[] = [];
  for (const item of items) {
    pool.push({ item, keys: sort.map((key) => key.read(item)) });
    if (pool.length >= keep * 2) pool = pool.sort(compare).slice(0, keep);
  }
  return pool
    .sort(compare)
    .slice(0, need)
    .map(({ item }) => item);
}

function comparator<Item>(
  sort: readonly SortKey<Item>[],
): (one: Decorated<Item>, other: Decorated<Item>) => number {
  return (one, other) => {
    for (const [index, key] of sort.entries()) {
      const order = compareValues(one.keys[index] ?? null, other.keys[index] ?? null, key);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareValues(one: Value, other: Value, key: { descending: boolean; nullsFirst: boolean }): number {
  if (one === other) return 0;
  if (one === null) return key.nullsFirst ? -1 : 1;
  if (other === null) return key.nullsFirst ? 1 : -1;
  return one < other === key.descending ? 1 : -1;
}
