import type { FieldType, FunctionExp, OrderByClause, Query } from '@jetstreamapp/soql-parser-js';
import type { ResultRecord, Row, Value } from '../org/types.ts';
import type { Accumulator, AggregateName } from './aggregate-functions.ts';
import { accumulator, aggregateName, aggregates } from './aggregate-functions.ts';
import { foldFor } from './comparisons.ts';
import type { Comparison, Condition } from './conditions.ts';
import { conditionTree } from './conditions.ts';
import type { Domain } from './domains.ts';
import { malformed, notAllowedIn, pointingAt, unsupported } from './errors.ts';
import { literalComparison } from './filter.ts';
import { listOf } from './lists.ts';
import type { SortKey } from './order.ts';
import { sortDirection, sortItems } from './order.ts';
import type { Scope, Source } from './scope.ts';
import { shownValue } from './select.ts';
import type { Expression } from './subjects.ts';
import { fieldExpression, functionExpression, rowExpression, soleArgument } from './subjects.ts';

/** A group's values: one per GROUP BY expression, then one per aggregate. */
type Group = readonly Value[];

/** One aggregate over a column; `COUNT()` inside a grouped query counts rows by their Id. */
interface Aggregate {
  readonly key: string;
  readonly name: AggregateName;
  readonly expression: Expression;
  readonly domain: Domain;
}

/** A place in a group, with what messages and answers need to know of it. */
interface Slot {
  readonly index: number;
  readonly domain: Domain;
  readonly type: string;
  readonly expression: Expression;
}

/** A compiled aggregate query: rows in, AggregateResult records out. */
export interface AggregateQuery {
  answer(rows: Iterable<Row>): ResultRecord[];
}

/** Whether the query answers groups or overall aggregates instead of records. */
export function isAggregateQuery(query: Query): boolean {
  return (
    query.groupBy !== undefined || (query.fields ?? []).some((field) => aggregateOf(field) !== undefined)
  );
}

/** Whether the query is `SELECT COUNT() FROM …`, which answers its totalSize alone. */
export function isCountQuery(query: Query): boolean {
  const fields = query.fields ?? [];
  const bare = fields.some(
    (field) =>
      field.type === 'FieldFunctionExpression' &&
      aggregateOf(field) === 'COUNT' &&
      (field.parameters.length === 0 || field.parameters[0] === ''),
  );
  if (bare && (fields.length > 1 || query.groupBy !== undefined)) {
    throw malformed('COUNT() is not allowed with other fields or GROUP BY: use COUNT(Id)');
  }
  return bare;
}

function aggregateOf(field: FieldType): AggregateName | undefined {
  return field.type === 'FieldFunctionExpression' ? aggregateName(field.functionName) : undefined;
}

/**
 * Compiles SELECT, GROUP BY, HAVING, ORDER BY, LIMIT and OFFSET of an aggregate query.
 * @throws ApiError MALFORMED_QUERY "Field must be grouped or aggregated", INVALID_FIELD.
 */
export function compileAggregate(scope: Scope, source: Source, query: Query): AggregateQuery {
  const groups = listOf(query.groupBy).map((clause) => groupExpression(scope, source, clause));
  const measures: Aggregate[] = [];
  const slotOf = slotFinder(scope, source, groups, measures);

  const columns = selectColumns(query.fields ?? [], slotOf);
  const having = query.having ? compileHaving(scope, conditionTree(query.having), slotOf) : undefined;
  const sort = compileGroupSort(listOf(query.orderBy), slotOf);
  if (groups.length === 0 && query.limit !== undefined) {
    throw malformed('Non-grouped query that uses overall aggregate functions cannot also use LIMIT');
  }
  const offset = query.offset ?? 0;
  const limit = query.limit ?? Number.POSITIVE_INFINITY;

  return {
    answer(rows) {
      let answered = collect(rows, groups, measures);
      if (having) answered = answered.filter(having);
      if (sort.length > 0) answered = sortItems(answered, sort);
      return answered.slice(offset, offset + limit).map((group) => {
        const record: ResultRecord = { attributes: { type: 'AggregateResult' } };
        for (const { key, slot } of columns) record[key] = shownValue(slot.type, group[slot.index] ?? null);
        return record;
      });
    },
  };
}

type SlotOf = (subject: string | FunctionExp) => Slot;

function slotFinder(
  scope: Scope,
  source: Source,
  groups: readonly Expression[],
  measures: Aggregate[],
): SlotOf {
  return (subject) => {
    const name = typeof subject === 'string' ? undefined : aggregateName(subject.functionName);
    if (typeof subject === 'string' || name === undefined) {
      const expression =
        typeof subject === 'string'
          ? fieldExpression(scope, source, subject)
          : functionExpression(scope, source, subject);
      const index = groups.findIndex((group) => group.key.toLowerCase() === expression.key.toLowerCase());
      if (index < 0) throw malformed(`Field must be grouped or aggregated: ${expression.column.path}`);
      return slot(index, expression, expression.domain ?? 'text');
    }
    const measure = aggregateExpression(scope, source, name, subject);
    let at = measures.findIndex((known) => known.key === measure.key);
    if (at < 0) at = measures.push(measure) - 1;
    const counted = name === 'COUNT' || name === 'COUNT_DISTINCT';
    const numeric = counted || name === 'SUM' || name === 'AVG';
    const type = counted ? 'int' : numeric ? 'double' : measure.expression.column.field.type;
    return {
      index: groups.length + at,
      domain: numeric ? 'number' : measure.domain,
      type,
      expression: measure.expression,
    };
  };
}

function slot(index: number, expression: Expression, domain: Domain): Slot {
  const type =
    expression.fn === undefined ? expression.column.field.type : domain === 'number' ? 'int' : domain;
  return { index, domain, type, expression };
}

function groupExpression(
  scope: Scope,
  source: Source,
  clause: { field: string } | { fn: FunctionExp },
): Expression {
  if ('fn' in clause && ['ROLLUP', 'CUBE'].includes(clause.fn.functionName?.toUpperCase() ?? '')) {
    throw unsupported(`GROUP BY ${clause.fn.functionName ?? ''}`);
  }
  const expression = rowExpression(
    scope,
    source,
    'fn' in clause ? { kind: 'function', call: clause.fn } : { kind: 'field', path: clause.field },
  );
  const { column, fn, domain } = expression;
  // A datetime can not be grouped by itself, yet by a date function of it.
  if (domain === undefined || (fn === undefined && !column.field.groupable)) {
    throw notAllowedIn(scope.soql, column.written, 'grouped');
  }
  return expression;
}

function aggregateExpression(
  scope: Scope,
  source: Source,
  name: AggregateName,
  call: FunctionExp,
): Aggregate {
  const argument = soleArgument(call);
  if (typeof argument === 'object')
    throw unsupported(`function ${argument.functionName ?? ''} inside ${name}`);
  const expression = fieldExpression(scope, source, argument);
  const { domain, column } = expression;
  if (domain === undefined || !column.field.filterable || !aggregates(name, domain)) {
    const message = `field ${column.field.name} does not support aggregate operator ${name}`;
    throw pointingAt(scope.soql, argument, 'INVALID_FIELD', message);
  }
  return { key: `${name}(${expression.key})`, name, expression, domain };
}

/** Aliases name columns; functions without one are expr0, expr1, … */
function selectColumns(fields: readonly FieldType[], slotOf: SlotOf): { key: string; slot: Slot }[] {
  let unnamed = 0;
  const columns: { key: string; slot: Slot }[] = [];
  for (const field of fields) {
    const column = ((): { key: string; slot: Slot } => {
      switch (field.type) {
        case 'Field': {
          const found = slotOf(field.field);
          return { key: field.alias ?? found.expression.column.field.name, slot: found };
        }
        case 'FieldRelationship': {
          const found = slotOf([...field.relationships, field.field].join('.'));
          const alias = 'alias' in field ? field.alias : undefined;
          return { key: alias ?? found.expression.column.field.name, slot: found };
        }
        case 'FieldFunctionExpression': {
          if (field.functionName.toUpperCase() === 'FIELDS') {
            throw malformed('The SOQL FIELDS function is not supported in aggregate queries');
          }
          const found = slotOf(field);
          if (field.alias !== undefined) return { key: field.alias, slot: found };
          unnamed += 1;
          return { key: `expr${unnamed - 1}`, slot: found };
        }
        case 'FieldSubquery':
          throw unsupported('a child sub-query in an aggregate query');
        case 'FieldTypeof':
          throw unsupported('TYPEOF');
      }
    })();
    if (columns.some((known) => known.key.toLowerCase() === column.key.toLowerCase())) {
      throw malformed(`duplicate alias: ${column.key}`);
    }
    columns.push(column);
  }
  return columns;
}

function compileHaving(scope: Scope, condition: Condition, slotOf: SlotOf): (group: Group) => boolean {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map((part) => compileHaving(scope, part, slotOf));
      return (group) => tests.every((test) => test(group));
    }
    case 'or': {
      const tests = condition.parts.map((part) => compileHaving(scope, part, slotOf));
      return (group) => tests.some((test) => test(group));
    }
    case 'not': {
      const test = compileHaving(scope, condition.part, slotOf);
      return (group) => !test(group);
    }
    case 'comparison':
      return compileHavingComparison(scope, condition, slotOf);
  }
}

function compileHavingComparison(
  scope: Scope,
  comparison: Comparison,
  slotOf: SlotOf,
): (group: Group) => boolean {
  const { subject } = comparison;
  const found = slotOf(subject.kind === 'field' ? subject.path : subject.call);
  const { column } = found.expression;
  const { test } = literalComparison(
    scope,
    column.written,
    { domain: found.domain, column: { field: { name: column.field.name, type: found.type } } },
    found.domain,
    comparison,
  );
  return (group) => test(group[found.index] ?? null);
}

function compileGroupSort(clauses: readonly OrderByClause[], slotOf: SlotOf): SortKey<Group>[] {
  return clauses.map((clause) => {
    const { index, domain } = slotOf('fn' in clause ? clause.fn : clause.field);
    const fold = foldFor(domain);
    return { read: (group) => fold(group[index] ?? null), ...sortDirection(clause), indexField: undefined };
  });
}

/** Groups rows by their folded keys; a query without GROUP BY has exactly one group. */
function collect(
  rows: Iterable<Row>,
  groups: readonly Expression[],
  measures: readonly Aggregate[],
): Group[] {
  interface Bucket {
    readonly keys: readonly Value[];
    readonly accumulators: readonly Accumulator[];
  }
  const folds = groups.map((group) => foldFor(group.domain ?? 'text'));
  const open = (keys: readonly Value[]): Bucket => ({
    keys,
    accumulators: measures.map((measure) => accumulator(measure.name, measure.domain)),
  });
  const buckets = new Map<string, Bucket>();
  if (groups.length === 0) buckets.set('[]', open([]));

  for (const row of rows) {
    const keys = groups.map((group) => group.read(row));
    const name = JSON.stringify(keys.map((key, index) => folds[index]?.(key) ?? null));
    let bucket = buckets.get(name);
    if (!bucket) {
      bucket = open(keys);
      buckets.set(name, bucket);
    }
    for (const [index, each] of bucket.accumulators.entries())
      each.add(measures[index]?.expression.read(row) ?? null);
  }
  return [...buckets.values()].map((bucket) => [
    ...bucket.keys,
    ...bucket.accumulators.map((each) => each.result()),
  ]);
}
