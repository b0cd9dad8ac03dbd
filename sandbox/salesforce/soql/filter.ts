import type { Operator, Query } from '@jetstreamapp/soql-parser-js';
import type { Bounds, Row, Value } from '../org/types.ts';
import type { ReadyComparison } from './comparisons.ts';
import { readyComparison } from './comparisons.ts';
import type { Comparison, Condition } from './conditions.ts';
import { subjectText } from './conditions.ts';
import type { Domain } from './domains.ts';
import { malformed, notAllowedIn, pointingAt } from './errors.ts';
import { operandOf } from './operands.ts';
import type { Scope, Source } from './scope.ts';
import type { Expression } from './subjects.ts';
import { rowExpression } from './subjects.ts';

/** What an index can know about the rows that satisfy a condition; `open` where it can know nothing. */
export type Constraint =
  | {
      readonly kind: 'keys';
      readonly field: string;
      readonly keys: readonly Value[];
    }
  | { readonly kind: 'bounds'; readonly field: string; readonly bounds: Bounds }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Constraint[] }
  | { readonly kind: 'open' };

/** A condition compiled once: a test per row, and what the planner may use. */
export interface Filter {
  readonly test: (row: Row) => boolean;
  readonly constraint: Constraint;
}

/** Runs the inner query of a semi-join: the ids that it selects. */
export type SemiJoin = (query: Query) => readonly string[];

const OPEN: Constraint = { kind: 'open' };

/** A filter that every row passes. */
export const EVERY_ROW: Filter = { test: () => true, constraint: OPEN };

/** Compiles a WHERE tree. */
export function compileFilter(
  scope: Scope,
  source: Source,
  condition: Condition,
  semiJoin: SemiJoin,
): Filter {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => compileFilter(scope, source, part, semiJoin));
      const tests = parts.map((part) => part.test);
      const [first, second] = tests;
      const test =
        first && second && tests.length === 2
          ? (row: Row) => first(row) && second(row)
          : (row: Row) => tests.every((each) => each(row));
      return { test, constraint: { kind: 'and', parts: parts.map((part) => part.constraint) } };
    }
    case 'or': {
      const parts = condition.parts.map((part) => compileFilter(scope, source, part, semiJoin));
      const tests = parts.map((part) => part.test);
      const [first, second] = tests;
      const test =
        first && second && tests.length === 2
          ? (row: Row) => first(row) || second(row)
          : (row: Row) => tests.some((each) => each(row));
      return {
        test,
        constraint: { kind: 'or', parts: parts.map((part) => part.constraint) },
      };
    }
    case 'not': {
      const { test } = compileFilter(scope, source, condition.part, semiJoin);
      return { test: (row) => !test(row), constraint: OPEN };
    }
    case 'comparison':
      return compileComparison(scope, source, condition, semiJoin);
  }
}

function compileComparison(scope: Scope, source: Source, comparison: Comparison, semiJoin: SemiJoin): Filter {
  const expression = rowExpression(scope, source, comparison.subject);
  const domain = filterable(scope, expression);
  const ready =
    'subquery' in comparison.operands
      ? semiJoinComparison(scope, expression, comparison.operator, comparison.operands.subquery, semiJoin)
      : literalComparison(scope, expression.column.written, expression, domain, comparison);
  const { test } = ready;
  const { read } = expression;
  return { test: (row) => test(read(row)), constraint: constraintOf(expression, ready) };
}

function filterable(scope: Scope, expression: Expression): Domain {
  const { field, written } = expression.column;
  if (!field.filterable || expression.domain === undefined)
    throw notAllowedIn(scope.soql, written, 'filtered');
  return expression.domain;
}

/**
 * Makes a comparison with literals ready.
 * @param written the left side's field as it stands in the query.
 * @throws ApiError for an operator or literal that does not fit.
 */
export function literalComparison(
  scope: Scope,
  written: string,
  expression: {
    readonly domain: Domain | undefined;
    readonly column: { readonly field: { name: string; type: string } };
  },
  domain: Domain,
  comparison: Comparison,
): ReadyComparison {
  if ('subquery' in comparison.operands) throw malformed('nesting of semi joins is not allowed here');
  refuseOperator(scope, written, domain, expression.column.field.type, comparison.operator);
  const { name, type } = expression.column.field;
  const operands = comparison.operands.literals.map((literal) =>
    operandOf(literal, {
      soql: scope.soql,
      now: scope.now,
      timeZone: scope.user.timeZone,
      path: subjectText(comparison.subject),
      fieldName: name,
      domain,
      integer: type === 'int' || type === 'date' || type === 'datetime',
    }),
  );
  return readyComparison(domain, comparison.operator, operands);
}

/** @throws ApiError INVALID_QUERY_FILTER_OPERATOR for an operator that the type does not know. */
function refuseOperator(
  scope: Scope,
  written: string,
  domain: Domain,
  type: string,
  operator: Operator,
): void {
  const fits =
    operator === 'LIKE'
      ? domain === 'text' || domain === 'exact'
      : operator === 'INCLUDES' || operator === 'EXCLUDES'
        ? domain === 'multi'
        : operator.startsWith('<') || operator.startsWith('>')
          ? domain !== 'boolean' && domain !== 'multi'
          : true;
  if (!fits) {
    const shown = type === 'reference' ? 'id' : type;
    throw pointingAt(
      scope.soql,
      written,
      'INVALID_QUERY_FILTER_OPERATOR',
      `invalid operator on ${shown} field`,
      'WHERE',
    );
  }
}

function semiJoinComparison(
  scope: Scope,
  expression: Expression,
  operator: Operator,
  query: Query,
  semiJoin: SemiJoin,
): ReadyComparison {
  if (expression.domain !== 'id' || (operator !== 'IN' && operator !== 'NOT IN')) {
    const { written, field } = expression.column;
    throw pointingAt(
      scope.soql,
      written,
      'INVALID_QUERY_FILTER_OPERATOR',
      `semi join sub-selects can only be used with IN or NOT IN on id and reference fields, not on ${field.name}`,
      'WHERE',
    );
  }
  const ids: ReadonlySet<Value> = new Set(semiJoin(query));
  return operator === 'IN'
    ? { test: (value) => value !== null && ids.has(value), keys: [...ids] }
    : { test: (value) => value === null || !ids.has(value) };
}

/** Only the object's own plain columns are indexed. */
function constraintOf(expression: Expression, ready: ReadyComparison): Constraint {
  const { column, fn } = expression;
  if (fn !== undefined || column.hops.length > 0) return OPEN;
  const field = column.field.name;
  if (ready.keys) return { kind: 'keys', field, keys: ready.keys };
  if (ready.bounds) return { kind: 'bounds', field, bounds: ready.bounds };
  return OPEN;
}
