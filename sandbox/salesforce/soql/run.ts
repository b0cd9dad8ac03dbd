import type { Row, Table, Value } from '../org/types.ts';
import type { SortKey } from './order.ts';
import { sortItems } from './order.ts';
import type { Access, Plan } from './plan.ts';

/** A compiled query level: where its rows are, which count and in what order. */
export interface RowQuery {
  readonly table: Table;
  readonly plan: Plan;
  readonly test: (row: Row) => boolean;
  readonly sort: readonly SortKey[];
  /** Rows passed over, and rows answered at most. */
  readonly offset: number;
  readonly limit: number;
}

/** The rows that a query answers, in order. Stops as soon as the limit is reached where an index gives the order. */
export function answerRows(query: RowQuery): Row[] {
  const need = query.offset + query.limit;
  if (need === 0) return [];
  const matches = matchingRows(query);
  if (query.sort.length === 0) return take(matches, query.offset, need);
  if (!query.plan.ordered) return sortItems(matches, query.sort, need).slice(query.offset);
  return take(inSortOrder(query, matches), query.offset, need);
}

/** The rows that satisfy the query, in the access's own order. */
export function* matchingRows(query: Pick<RowQuery, 'table' | 'plan' | 'test'>): Generator<Row> {
  const { table, plan, test } = query;
  for (const row of candidates(table, plan.access)) if (test(row)) yield row;
}

/** The rows that an access reaches. Those of the table itself are handed on as they are, which keeps long walks fast. */
function candidates(table: Table, access: Access): Iterable<Row> {
  switch (access.kind) {
    case 'scan':
      return table.rows();
    case 'range':
      return table.range(access.field, access.bounds, access.direction) ?? table.rows();
    case 'keys':
      return lookedUp(table, access.field, access.keys);
    case 'union':
      return united(table, access.parts);
  }
}

function* lookedUp(table: Table, field: string, keys: readonly Value[]): Generator<Row> {
  for (const key of keys) {
    if (field !== 'Id') yield* table.find(field, key) ?? [];
    else if (typeof key === 'string') {
      const row = table.get(key);
      if (row) yield row;
    }
  }
}

function* united(table: Table, parts: readonly Access[]): Generator<Row> {
  const seen = new Set<string>();
  for (const part of parts) {
    for (const row of candidates(table, part)) {
      if (seen.has(row.Id)) continue;
      seen.add(row.Id);
      yield row;
    }
  }
}

function take(rows: Iterable<Row>, offset: number, need: number): Row[] {
  const taken: Row[] = [];
  let passed = 0;
  for (const row of rows) {
    passed += 1;
    if (passed > offset) taken.push(row);
    if (passed >= need) break;
  }
  return taken;
}

/** Puts rows that come by the first sort key into full order: rows equal by it are sorted among themselves. */
function* inSortOrder(query: RowQuery, rows: Iterable<Row>): Generator<Row> {
  const [first, ...rest] = query.sort;
  if (!first || rest.length === 0) {
    yield* rows;
    return;
  }
  const stored = first.indexField;
  const idNext = rest[0]?.indexField === 'Id' && rest[0].descending === first.descending;
  let group: Row[] = [];
  let groupKey: unknown;
  let streaming = false;
  for (const row of rows) {
    const key = first.read(row);
    if (key !== groupKey) {
      yield* sortItems(group, rest);
      group = [];
      groupKey = key;
      // The index orders by Id within one stored value: a group that holds only one needs no sorting.
      streaming = stored !== undefined && idNext && holdsOneValue(query.table, stored, row, first);
    }
    if (streaming) yield row;
    else group.push(row);
  }
  yield* sortItems(group, rest);
}

/** Whether all rows that equal this one by the key also hold the very same stored value (no fractions of a second). */
function holdsOneValue(table: Table, field: string, row: Row, key: SortKey): boolean {
  const own = row[field] ?? null;
  const bounds = key.descending ? { lt: own } : { gt: own };
  for (const next of table.range(field, bounds, key.descending ? 'desc' : 'asc') ?? []) {
    return key.read(next) !== key.read(row);
  }
  return true;
}
