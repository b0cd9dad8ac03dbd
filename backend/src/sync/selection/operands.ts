import { DateTime } from 'luxon';
import { parseNumber } from '../lenses/number-text.ts';
import { show } from '../lenses/result.ts';
import type { SalesforceField } from '../types.ts';
import type { SelectionWords } from '../words/selection-words.ts';
import type { SelectionOperator, SelectionRule, ValueClass } from './rules.ts';

/** Operands in the field's own form; the operator may have been sharpened (a day of a date and time). */
export type OperandResolution =
  | { readonly ok: true; readonly operator: SelectionOperator; readonly operands: readonly string[] }
  | { readonly ok: false; readonly message: string };

type OneOperand =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: string };

/** The longest text that a filterable field holds. */
const LONGEST_TEXT = 255;
const LONGEST_LIST = 200;
const MOST_DAYS = 9_999;

const listed = new Set<SelectionOperator>(['in', 'not_in', 'includes', 'excludes']);
const patterned = new Set<SelectionOperator>(['contains', 'not_contains', 'starts_with', 'ends_with']);
const DAY_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads a rule's value by the field's class. */
export function readOperands(
  rule: SelectionRule,
  field: SalesforceField,
  valueClass: ValueClass,
  words: SelectionWords,
): OperandResolution {
  const { operator, value } = rule;
  if (operator === 'is_empty' || operator === 'is_not_empty') return { ok: true, operator, operands: [] };
  if (operator === 'last_n_days' || operator === 'next_n_days') return readDays(rule, field, words);
  const given = isList(value) ? value : value === null ? [] : [value];
  if (given.length === 0) return wrong(words.valueMissing(field.label));
  if (!listed.has(operator) && given.length > 1) return wrong(words.oneValue(field.label));
  if (given.length > LONGEST_LIST) {
    return wrong(words.tooManyValues(field.label, given.length, LONGEST_LIST));
  }
  const operands: string[] = [];
  for (const each of given) {
    const operand = readOperand(String(each), operator, field, valueClass, words);
    if (!operand.ok) return operand;
    operands.push(operand.value);
  }
  const [first] = operands;
  if (valueClass === 'datetime' && first !== undefined && operands.some((each) => DAY_ONLY.test(each))) {
    return compareWithDay(operator, operands, first, field, words);
  }
  return { ok: true, operator, operands };
}

function readOperand(
  text: string,
  operator: SelectionOperator,
  field: SalesforceField,
  valueClass: ValueClass,
  words: SelectionWords,
): OneOperand {
  switch (valueClass) {
    case 'text':
    case 'set':
      return readText(text, operator, field, words);
    case 'number':
      return readNumber(text, field, words);
    case 'date':
    case 'datetime':
      return readTime(text, field, valueClass, words);
    case 'boolean':
      return /^(?:true|false)$/i.test(text)
        ? { ok: true, value: text.toLowerCase() }
        : wrong(words.notBoolean(field.label, show(text)));
    case 'id':
      return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(text)
        ? { ok: true, value: text }
        : wrong(words.notId(show(text)));
  }
}

function readText(
  text: string,
  operator: SelectionOperator,
  field: SalesforceField,
  words: SelectionWords,
): OneOperand {
  if (text.trim() === '') return wrong(words.blankText(field.label));
  if (text.length > LONGEST_TEXT) {
    return wrong(words.tooLong(field.label, text.length, LONGEST_TEXT));
  }
  if (/[^\P{Cc}\t\n\r\f\u0008]|\p{Cs}/u.test(text)) {
    return wrong(words.unsearchableText(field.label));
  }
  if (patterned.has(operator) && text.includes('\\')) {
    return wrong(words.backslash(field.label));
  }
  return { ok: true, value: text };
}

function readNumber(text: string, field: SalesforceField, words: SelectionWords): OneOperand {
  const number = parseNumber(text, { percent: true });
  if (number === null) return wrong(words.notNumber(field.label, show(text)));
  if (['int', 'long'].includes(field.type.toLowerCase()) && !number.isInteger()) {
    return wrong(words.notWhole(field.label, show(text)));
  }
  if (number.abs().greaterThan('1e18')) return wrong(words.tooLarge(field.label, show(text)));
  return { ok: true, value: number.toFixed() };
}

function readTime(
  text: string,
  field: SalesforceField,
  valueClass: 'date' | 'datetime',
  words: SelectionWords,
): OneOperand {
  if (DAY_ONLY.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid)
    return { ok: true, value: text };
  if (valueClass === 'date') {
    return wrong(words.notDate(field.label, show(text)));
  }
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const time = DateTime.fromISO(text, { zone: 'utc' });
  const written = hasZone && time.isValid ? time.toISO() : null;
  return written === null ? wrong(words.notTime(field.label, show(text))) : { ok: true, value: written };
}

function readDays(rule: SelectionRule, field: SalesforceField, words: SelectionWords): OperandResolution {
  const days = Number(rule.value);
  if (isList(rule.value) || !Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    return wrong(words.notDays(field.label, MOST_DAYS));
  }
  return { ok: true, operator: rule.operator, operands: [String(days)] };
}

/** A whole day (in UTC) against a date and time: “after the 31st” starts with the 1st. */
function compareWithDay(
  operator: SelectionOperator,
  operands: readonly string[],
  day: string,
  field: SalesforceField,
  words: SelectionWords,
): OperandResolution {
  const start = `${day}T00:00:00.000Z`;
  const next = DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISO();
  switch (operator) {
    case 'greater':
      return { ok: true, operator: 'greater_or_equal', operands: [next ?? start] };
    case 'greater_or_equal':
    case 'less':
      return { ok: true, operator, operands: [start] };
    case 'less_or_equal':
      return { ok: true, operator: 'less', operands: [next ?? start] };
    default:
      return wrong(words.dayOfTime(field.label, operands));
  }
}

function isList(value: SelectionRule['value']): value is readonly (string | number)[] {
  return Array.isArray(value);
}

function wrong(message: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message };
}
