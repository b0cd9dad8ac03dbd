import type { FunctionExp } from '@jetstreamapp/soql-parser-js';
import type { FieldSchema, Row, Value } from '../org/types.ts';
import type { Column } from './columns.ts';
import { resolveColumn } from './columns.ts';
import type { Subject } from './conditions.ts';
import { applyDateFunction, dateFunction } from './date-functions.ts';
import type { Domain } from './domains.ts';
import { domainOf } from './domains.ts';
import { malformed, pointingAt, unsupported } from './errors.ts';
import type { Scope, Source } from './scope.ts';

/** A value per row: a column, or a function of one. */
export interface Expression {
  /** Canonical text; equal texts mean equal expressions. */
  readonly key: string;
  /** The underlying column. */
  readonly column: Column;
  /** Undefined for compounds, which can only be selected. */
  readonly domain: Domain | undefined;
  /** The date or label function applied to the column, if any. */
  readonly fn: string | undefined;
  readonly read: (row: Row) => Value;
}

/** A field path as an expression. */
export function fieldExpression(scope: Scope, source: Source, path: string): Expression {
  const column = resolveColumn(scope, source, path);
  return {
    key: column.path,
    column,
    domain: domainOf(column.field),
    fn: undefined,
    read: column.read,
  };
}

/** What stands left of an operator, in ORDER BY or in GROUP BY. Aggregates are not among them. */
export function rowExpression(scope: Scope, source: Source, subject: Subject): Expression {
  return subject.kind === 'field'
    ? fieldExpression(scope, source, subject.path)
    : functionExpression(scope, source, subject.call);
}

/**
 * A date function or toLabel over a field.
 * @throws ApiError MALFORMED_QUERY for functions that the sandbox does not emulate.
 */
export function functionExpression(scope: Scope, source: Source, call: FunctionExp): Expression {
  const name = call.functionName ?? '';
  if (name.toLowerCase() === 'tolabel') return labelExpression(scope, source, call);
  const fn = dateFunction(name);
  if (!fn) throw unsupported(`function ${name || (call.rawValue ?? '')}`);

  const argument = soleArgument(call);
  const converted = typeof argument === 'object';
  if (converted && argument.functionName?.toLowerCase() !== 'converttimezone') {
    throw unsupported(`function ${argument.functionName ?? ''} inside ${name}`);
  }
  const path = converted ? soleArgument(argument) : argument;
  if (typeof path === 'object')
    throw unsupported(`function ${path.functionName ?? ''} inside convertTimezone`);
  const column = resolveColumn(scope, source, path);
  const isDateTime = column.field.type === 'datetime';
  if (!isDateTime && (column.field.type !== 'date' || fn.dateTimeOnly || converted)) {
    throw pointingAt(
      scope.soql,
      path,
      'INVALID_FIELD',
      `field ${column.field.name} does not support function ${name}`,
    );
  }
  const zone = converted ? scope.user.timeZone : 'utc';
  const key = converted ? `${name}(convertTimezone(${column.path}))` : `${name}(${column.path})`;
  return {
    key: key.toUpperCase(),
    column,
    domain: fn.domain,
    fn: name.toUpperCase(),
    read: (row) => applyDateFunction(fn, column.read(row), zone),
  };
}

function labelExpression(scope: Scope, source: Source, call: FunctionExp): Expression {
  const path = soleArgument(call);
  if (typeof path === 'object') throw unsupported('a function inside toLabel');
  const column = resolveColumn(scope, source, path);
  return {
    key: `TOLABEL(${column.path.toUpperCase()})`,
    column,
    domain: domainOf(column.field),
    fn: 'TOLABEL',
    read: labelReader(column.field, column.read),
  };
}

/** Reads picklist labels instead of values, also within multi-select lists. */
export function labelReader(field: FieldSchema, read: (row: Row) => Value): (row: Row) => Value {
  const labels = new Map(field.picklistValues.map((entry) => [entry.value, entry.label]));
  return (row) => {
    const value = read(row);
    if (typeof value !== 'string') return value;
    return value
      .split(';')
      .map((part) => labels.get(part) ?? part)
      .join(';');
  };
}

/** The one argument of a function. */
export function soleArgument(call: FunctionExp): string | FunctionExp {
  const [argument, ...more] = call.parameters ?? [];
  if (argument === undefined || more.length > 0) {
    throw malformed(`${call.functionName ?? 'function'} takes exactly one argument`);
  }
  return argument;
}
