import { DateTime } from 'luxon';
import { sentence, type Sentence } from '../../words/told.ts';
import { parseNumber } from '../lenses/number-text.ts';
import { show } from '../lenses/result.ts';
import type { SalesforceField } from '../types.ts';
import type { SelectionOperator, SelectionRule, ValueClass } from './rules.ts';

/** Operands in the field's own form; the operator may have been sharpened (a day of a date and time). */
export type OperandResolution =
  | { readonly ok: true; readonly operator: SelectionOperator; readonly operands: readonly string[] }
  | { readonly ok: false; readonly message: Sentence };

type OneOperand =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly message: Sentence };

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
): OperandResolution {
  const { operator, value } = rule;
  if (operator === 'is_empty' || operator === 'is_not_empty') return { ok: true, operator, operands: [] };
  if (operator === 'last_n_days' || operator === 'next_n_days') return readDays(rule, field);
  const given = isList(value) ? value : value === null ? [] : [value];
  if (given.length === 0) {
    return wrong(sentence('“{field}” needs a value to compare with.', { field: field.label }));
  }
  if (!listed.has(operator) && given.length > 1) {
    return wrong(sentence('“{field}” takes one value here.', { field: field.label }));
  }
  if (given.length > LONGEST_LIST) {
    return wrong(
      sentence('“{field}” is compared with {given} values; {most} are the most.', {
        field: field.label,
        given: given.length,
        most: LONGEST_LIST,
      }),
    );
  }
  const operands: string[] = [];
  for (const each of given) {
    const operand = readOperand(String(each), operator, field, valueClass);
    if (!operand.ok) return operand;
    operands.push(operand.value);
  }
  const [first] = operands;
  if (valueClass === 'datetime' && first !== undefined && operands.some((each) => DAY_ONLY.test(each))) {
    return compareWithDay(operator, operands, first, field);
  }
  return { ok: true, operator, operands };
}

function readOperand(
  text: string,
  operator: SelectionOperator,
  field: SalesforceField,
  valueClass: ValueClass,
): OneOperand {
  switch (valueClass) {
    case 'text':
    case 'set':
      return readText(text, operator, field);
    case 'number':
      return readNumber(text, field);
    case 'date':
    case 'datetime':
      return readTime(text, field, valueClass);
    case 'boolean':
      return /^(?:true|false)$/i.test(text)
        ? { ok: true, value: text.toLowerCase() }
        : wrong(
            sentence('“{field}” is true or false, not {value}.', { field: field.label, value: show(text) }),
          );
    case 'id':
      return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(text)
        ? { ok: true, value: text }
        : wrong(sentence('{value} is not a Salesforce record id.', { value: show(text) }));
  }
}

function readText(text: string, operator: SelectionOperator, field: SalesforceField): OneOperand {
  if (text.trim() === '') {
    return wrong(
      sentence('“{field}” needs a value; to find empty fields use “is empty”.', { field: field.label }),
    );
  }
  if (text.length > LONGEST_TEXT) {
    return wrong(
      sentence('The value for “{field}” has {given} characters; {most} are the most.', {
        field: field.label,
        given: text.length,
        most: LONGEST_TEXT,
      }),
    );
  }
  if (/[^\P{Cc}\t\n\r\f\u0008]|\p{Cs}/u.test(text)) {
    return wrong(
      sentence('The value for “{field}” holds a character that Salesforce cannot search for.', {
        field: field.label,
      }),
    );
  }
  if (patterned.has(operator) && text.includes('\\')) {
    return wrong(
      sentence('Salesforce cannot search “{field}” for a part with a backslash; compare the whole value.', {
        field: field.label,
      }),
    );
  }
  return { ok: true, value: text };
}

function readNumber(text: string, field: SalesforceField): OneOperand {
  const number = parseNumber(text, { percent: true });
  const named = { field: field.label, value: show(text) };
  if (number === null) return wrong(sentence('“{field}” is a number; {value} is not.', named));
  if (['int', 'long'].includes(field.type.toLowerCase()) && !number.isInteger()) {
    return wrong(sentence('“{field}” holds whole numbers; {value} is not one.', named));
  }
  if (number.abs().greaterThan('1e18')) {
    return wrong(sentence('{value} is larger than “{field}” can be.', named));
  }
  return { ok: true, value: number.toFixed() };
}

function readTime(text: string, field: SalesforceField, valueClass: 'date' | 'datetime'): OneOperand {
  if (DAY_ONLY.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid)
    return { ok: true, value: text };
  const named = { field: field.label, value: show(text) };
  if (valueClass === 'date') {
    return wrong(sentence('“{field}” is a date; write {value} as 2026-01-31.', named));
  }
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const time = DateTime.fromISO(text, { zone: 'utc' });
  const written = hasZone && time.isValid ? time.toISO() : null;
  return written === null
    ? wrong(
        sentence('“{field}” is a date and time; write {value} as 2026-01-31 or 2026-01-31T09:00:00Z.', named),
      )
    : { ok: true, value: written };
}

function readDays(rule: SelectionRule, field: SalesforceField): OperandResolution {
  const days = Number(rule.value);
  if (isList(rule.value) || !Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    return wrong(
      sentence('“{field}” needs a number of days from 1 to {most}.', { field: field.label, most: MOST_DAYS }),
    );
  }
  return { ok: true, operator: rule.operator, operands: [String(days)] };
}

/** A whole day (in UTC) against a date and time: “after the 31st” starts with the 1st. */
function compareWithDay(
  operator: SelectionOperator,
  operands: readonly string[],
  day: string,
  field: SalesforceField,
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
      return wrong(
        sentence(
          '“{field}” is a date and time, which a day as {days} never equals; use “greater or equal” and “less”.',
          { field: field.label, days: operands.join(', ') },
        ),
      );
  }
}

function isList(value: SelectionRule['value']): value is readonly (string | number)[] {
  return Array.isArray(value);
}

function wrong(message: Sentence): { readonly ok: false; readonly message: Sentence } {
  return { ok: false, message };
}
