import { DateTime } from 'luxon';
import { Decimal } from 'decimal.js';
import type { ResolvedRule, ValueClass } from './rules.ts';

/** A record's value as operands are written; null when it is empty. */
type Comparable = string | null;

const SALESFORCE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/;

/** The moment of a test, for rules that count days. */
export interface Today {
  /** ISO 8601. Days are counted in its offset, or in the time zone where one is given. */
  readonly now: string;
  /** IANA name of the org's time zone. */
  readonly timeZone?: string;
}

/** Whether a record satisfies a rule, as SOQL would decide it. */
export function matchesRule(
  rule: ResolvedRule,
  record: Readonly<Record<string, unknown>>,
  today: Today,
): boolean {
  const value = comparable(record[rule.field], rule.valueClass);
  if (rule.operator === 'last_n_days' || rule.operator === 'next_n_days') {
    const days = Number(rule.operands[0]);
    const [from, until] = rule.operator === 'last_n_days' ? [-days, 1] : [1, days + 1];
    return value !== null && withinDays(rule, value, today, from, until);
  }
  const operands = comparableOperands(rule);
  const [operand = ''] = operands;
  switch (rule.operator) {
    case 'equals':
    case 'in':
      return value !== null && operands.includes(value);
    case 'not_equals':
    case 'not_in':
      return value === null || !operands.includes(value);
    case 'contains':
      return value?.includes(operand) ?? false;
    case 'not_contains':
      return !(value?.includes(operand) ?? false);
    case 'starts_with':
      return value?.startsWith(operand) ?? false;
    case 'ends_with':
      return value?.endsWith(operand) ?? false;
    case 'is_empty':
      return value === null;
    case 'is_not_empty':
      return value !== null;
    case 'greater':
      return value !== null && compare(rule.valueClass, value, operand) > 0;
    case 'greater_or_equal':
      return value !== null && compare(rule.valueClass, value, operand) >= 0;
    case 'less':
      return value !== null && compare(rule.valueClass, value, operand) < 0;
    case 'less_or_equal':
      return value !== null && compare(rule.valueClass, value, operand) <= 0;
    case 'includes':
      return value !== null && includesAny(value, operands);
    case 'excludes':
      return value === null || !includesAny(value, operands);
  }
}

/** The operands of each rule as values are compared, so that records can be tested one by one at no cost. */
const operandsOf = new WeakMap<ResolvedRule, readonly string[]>();

function comparableOperands(rule: ResolvedRule): readonly string[] {
  const known = operandsOf.get(rule);
  if (known !== undefined) return known;
  const operands = rule.operands.map((operand) => comparable(operand, rule.valueClass) ?? '');
  operandsOf.set(rule, operands);
  return operands;
}

function comparable(raw: unknown, valueClass: ValueClass): Comparable {
  if (valueClass === 'boolean') return String(raw === true || raw === 'true');
  if (typeof raw !== 'string' && typeof raw !== 'number') return null;
  const text = String(raw);
  if (text === '') return null;
  switch (valueClass) {
    case 'text':
    case 'set':
      return text.toLowerCase();
    case 'number':
      return new Decimal(text).toFixed();
    case 'date':
      return text.slice(0, 10);
    case 'datetime':
      return utcText(text);
    case 'id':
      return text.slice(0, 15);
  }
}

/** Salesforce's own form, `2026-01-31T09:30:00.000+0000`, has only to be cut; it comes with every record. */
function utcText(text: string): Comparable {
  return SALESFORCE_TIME.test(text)
    ? `${text.slice(0, 23)}Z`
    : DateTime.fromISO(text, { zone: 'utc' }).toISO();
}

/** Dates and times are written so that their text sorts by time. */
function compare(valueClass: ValueClass, a: string, b: string): number {
  if (valueClass === 'number') return new Decimal(a).comparedTo(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Each operand is a list parted by semicolons of which all must be chosen; one operand that holds is enough. */
function includesAny(value: string, operands: readonly string[]): boolean {
  const chosen = new Set(value.split(';'));
  return operands.some((operand) => operand.split(';').every((item) => chosen.has(item.trim())));
}

/** Whole days from today, `from` included, `until` not. */
function withinDays(
  rule: ResolvedRule,
  value: string,
  { now, timeZone }: Today,
  from: number,
  until: number,
): boolean {
  const zone = timeZone === undefined ? { setZone: true } : { zone: timeZone };
  const today = DateTime.fromISO(now, zone).startOf('day');
  const [start, end] = [today.plus({ days: from }), today.plus({ days: until })];
  if (rule.valueClass === 'date') {
    return value >= start.toFormat('yyyy-MM-dd') && value < end.toFormat('yyyy-MM-dd');
  }
  const time = DateTime.fromISO(value).toMillis();
  return time >= start.toMillis() && time < end.toMillis();
}
