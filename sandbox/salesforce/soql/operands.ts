import { DateTime } from 'luxon';
import { toId18 } from '../org/ids.ts';
import { parseDate, parseDateTime } from '../org/time.ts';
import type { Literal } from './conditions.ts';
import { dateLiteralSpan } from './date-literals.ts';
import type { Domain } from './domains.ts';
import { criterionType } from './domains.ts';
import { malformed, pointingAt } from './errors.ts';
import { unquote } from './strings.ts';

/** A literal in the terms of what it is compared with. Moments are stored strings: from, and up to without until. */
export type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'text'; readonly value: string; readonly literal: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'span'; readonly from: string; readonly until: string };

/** What a literal is read for. */
export interface OperandContext {
  readonly soql: string;
  readonly now: number;
  readonly timeZone: string;
  /** The left side as written, and the field's own name for messages. */
  readonly path: string;
  readonly fieldName: string;
  readonly domain: Domain;
  /** Whether numbers are whole, for messages. */
  readonly integer: boolean;
}

/**
 * Reads a literal for a field.
 * @throws ApiError INVALID_FIELD where its type does not fit, INVALID_QUERY_FILTER_OPERATOR for a malformed id.
 */
export function operandOf(literal: Literal, context: OperandContext): Operand {
  if (literal.type === 'NULL') return { kind: 'null' };
  switch (context.domain) {
    case 'text':
    case 'exact':
    case 'multi':
      return literal.type === 'STRING' ? textOperand(literal) : mismatch(context);
    case 'id':
      return literal.type === 'STRING' ? idOperand(literal, context) : mismatch(context);
    case 'number':
      return numberOperand(literal, context);
    case 'boolean':
      if (literal.type !== 'BOOLEAN') return mismatch(context);
      return { kind: 'boolean', value: literal.text.toUpperCase() === 'TRUE' };
    case 'date':
      return dateOperand(literal, context);
    case 'datetime':
      return dateTimeOperand(literal, context);
  }
}

/** Salesforce stores no empty strings: '' means null. */
function textOperand(literal: Literal): Operand {
  const value = unquote(literal.text);
  return value === '' ? { kind: 'null' } : { kind: 'text', value, literal: literal.text };
}

function idOperand(literal: Literal, context: OperandContext): Operand {
  const text = unquote(literal.text);
  if (text === '') return { kind: 'null' };
  const id = toId18(text);
  if (id === undefined) {
    throw pointingAt(
      context.soql,
      context.path,
      'INVALID_QUERY_FILTER_OPERATOR',
      `invalid ID field: ${text}`,
      'WHERE',
    );
  }
  return { kind: 'text', value: id, literal: literal.text };
}

function numberOperand(literal: Literal, context: OperandContext): Operand {
  if (literal.type.endsWith('_WITH_CURRENCY_PREFIX')) {
    throw malformed(`unexpected token: '${literal.text}' (multiple currencies are not enabled)`);
  }
  if (literal.type !== 'INTEGER' && literal.type !== 'DECIMAL') return mismatch(context);
  return { kind: 'number', value: Number(literal.text) };
}

function dateOperand(literal: Literal, context: OperandContext): Operand {
  if (literal.type === 'DATE') {
    const from = parseDate(literal.text) ?? invalid(literal);
    return { kind: 'span', from, until: isoDate(DateTime.fromISO(from, { zone: 'utc' }).plus({ days: 1 })) };
  }
  const span = namedSpan(literal, context);
  return { kind: 'span', from: isoDate(span.from), until: isoDate(span.until) };
}

/** Salesforce keeps and compares datetimes at whole seconds. */
function dateTimeOperand(literal: Literal, context: OperandContext): Operand {
  if (literal.type === 'DATETIME') {
    const from = parseDateTime(literal.text) ?? invalid(literal);
    return { kind: 'span', from, until: new Date(Date.parse(from) + 1000).toISOString() };
  }
  const span = namedSpan(literal, context);
  return { kind: 'span', from: isoInstant(span.from), until: isoInstant(span.until) };
}

function namedSpan(literal: Literal, context: OperandContext): { from: DateTime; until: DateTime } {
  if (literal.type !== 'DATE_LITERAL' && literal.type !== 'DATE_N_LITERAL') return mismatch(context);
  const n = /:\s*(\d+)$/.exec(literal.text)?.[1];
  return dateLiteralSpan(
    literal.text,
    n === undefined ? undefined : Number(n),
    context.now,
    context.timeZone,
  );
}

function isoDate(day: DateTime): string {
  return day.toFormat('yyyy-MM-dd');
}

function isoInstant(moment: DateTime): string {
  return new Date(moment.toMillis()).toISOString();
}

function invalid(literal: Literal): never {
  throw malformed(`Invalid date: ${literal.text}`);
}

function mismatch(context: OperandContext): never {
  const quotes =
    context.domain === 'text' ||
    context.domain === 'exact' ||
    context.domain === 'multi' ||
    context.domain === 'id';
  const type = criterionType(context.domain, context.integer);
  throw pointingAt(
    context.soql,
    context.path,
    'INVALID_FIELD',
    `value of filter criterion for field '${context.fieldName}' must be of type ${type} and should ${quotes ? '' : 'not '}be enclosed in quotes`,
    'WHERE',
  );
}
