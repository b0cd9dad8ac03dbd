import { listed } from '../../words/several.ts';
import { sentence, type Sentence } from '../../words/told.ts';
import { readOperands } from './operands.ts';
import type { SalesforceField } from '../types.ts';

export type SelectionOperator =
  | 'equals'
  | 'not_equals'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'is_empty'
  | 'is_not_empty'
  | 'greater'
  | 'greater_or_equal'
  | 'less'
  | 'less_or_equal'
  | 'in'
  | 'not_in'
  | 'includes'
  | 'excludes'
  | 'last_n_days'
  | 'next_n_days';

/** One row of the rule builder. `value` is a list for in, not_in, includes and excludes; a count for …_n_days. */
export interface SelectionRule {
  readonly field: string;
  readonly operator: SelectionOperator;
  readonly value: string | number | boolean | readonly (string | number)[] | null;
}

/** How a field's values compare. */
export type ValueClass = 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'set' | 'id';

/**
 * A rule whose field exists, whose operator fits the field and whose operands have the field's form: plain
 * digits, `YYYY-MM-DD`, UTC times to the millisecond, `true`/`false`, ids, text.
 */
export interface ResolvedRule {
  /** As described, in its canonical case. */
  readonly field: string;
  readonly type: string;
  readonly valueClass: ValueClass;
  readonly operator: SelectionOperator;
  readonly operands: readonly string[];
}

export type RuleResolution =
  { readonly ok: true; readonly rule: ResolvedRule } | { readonly ok: false; readonly message: Sentence };

const classes: Readonly<Record<string, ValueClass>> = {
  string: 'text',
  picklist: 'text',
  combobox: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  textarea: 'text',
  encryptedstring: 'text',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  boolean: 'boolean',
  multipicklist: 'set',
  id: 'id',
  reference: 'id',
};

const EQUALITY = ['equals', 'not_equals'] as const;
const EMPTINESS = ['is_empty', 'is_not_empty'] as const;
const LISTS = ['in', 'not_in'] as const;
const ORDER = ['greater', 'greater_or_equal', 'less', 'less_or_equal'] as const;
const DAYS = ['last_n_days', 'next_n_days'] as const;

/** The operators that the rule builder offers for each class of field. */
export const operatorsOf: Readonly<Record<ValueClass, readonly SelectionOperator[]>> = {
  text: [...EQUALITY, 'contains', 'not_contains', 'starts_with', 'ends_with', ...EMPTINESS, ...LISTS],
  number: [...EQUALITY, ...ORDER, ...EMPTINESS, ...LISTS],
  date: [...EQUALITY, ...ORDER, ...DAYS, ...EMPTINESS, ...LISTS],
  datetime: [...EQUALITY, ...ORDER, ...DAYS, ...EMPTINESS, ...LISTS],
  boolean: EQUALITY,
  set: ['includes', 'excludes', ...EMPTINESS],
  id: [...EQUALITY, ...EMPTINESS, ...LISTS],
};

/** What an operator is called within a sentence. */
const operatorNames: Readonly<Record<SelectionOperator, Sentence>> = {
  equals: sentence('equals'),
  not_equals: sentence('not equals'),
  contains: sentence('contains'),
  not_contains: sentence('not contains'),
  starts_with: sentence('starts with'),
  ends_with: sentence('ends with'),
  is_empty: sentence('is empty'),
  is_not_empty: sentence('is not empty'),
  greater: sentence('greater'),
  greater_or_equal: sentence('greater or equal'),
  less: sentence('less'),
  less_or_equal: sentence('less or equal'),
  in: sentence('in'),
  not_in: sentence('not in'),
  includes: sentence('includes'),
  excludes: sentence('excludes'),
  last_n_days: sentence('last n days'),
  next_n_days: sentence('next n days'),
};

/** How a field's values compare; null for types that selections cannot use. */
function valueClassOf(field: SalesforceField): ValueClass | null {
  return classes[field.type.toLowerCase()] ?? null;
}

/** The operators that a rule about this field can have; none where Salesforce cannot search by it. */
export function operatorsFor(field: SalesforceField): readonly SelectionOperator[] {
  const valueClass = valueClassOf(field);
  return valueClass === null || !field.filterable || !isFieldName(field.name) ? [] : operatorsOf[valueClass];
}

/** Makes sure of one rule, or says in a sentence what is wrong with it. */
export function resolveRule(rule: SelectionRule, fields: readonly SalesforceField[]): RuleResolution {
  const wanted = rule.field.toLowerCase();
  const field = fields.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (field === undefined) {
    return wrong(
      sentence('Salesforce has no field “{field}” here, or the integration user may not see it.', {
        field: rule.field,
      }),
    );
  }
  const valueClass = valueClassOf(field);
  if (valueClass === null || !field.filterable || !isFieldName(field.name)) {
    return wrong(sentence('Salesforce cannot search by “{field}”.', { field: field.label }));
  }
  if (!operatorsOf[valueClass].includes(rule.operator)) {
    return wrong(
      sentence('“{field}” cannot be compared by “{operator}”, only by: {allowed}.', {
        field: field.label,
        operator: operatorNames[rule.operator],
        allowed: listed(operatorsOf[valueClass].map((operator) => operatorNames[operator])),
      }),
    );
  }
  const operands = readOperands(rule, field, valueClass);
  if (!operands.ok) return wrong(operands.message);
  return {
    ok: true,
    rule: {
      field: field.name,
      type: field.type.toLowerCase(),
      valueClass,
      operator: operands.operator,
      operands: operands.operands,
    },
  };
}

/** What a described name always is; anything else never reaches a query. */
function isFieldName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name);
}

function wrong(message: Sentence): RuleResolution {
  return { ok: false, message };
}
