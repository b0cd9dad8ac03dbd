import { readOperands } from './operands.ts';
import type { SalesforceField } from '../types.ts';
import type { SelectionWords } from '../words/selection-words.ts';

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
  { readonly ok: true; readonly rule: ResolvedRule } | { readonly ok: false; readonly message: string };

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
export function resolveRule(
  rule: SelectionRule,
  fields: readonly SalesforceField[],
  words: SelectionWords,
): RuleResolution {
  const wanted = rule.field.toLowerCase();
  const field = fields.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (field === undefined) {
    return wrong(words.fieldUnknown(rule.field));
  }
  const valueClass = valueClassOf(field);
  if (valueClass === null || !field.filterable || !isFieldName(field.name)) {
    return wrong(words.notSearchable(field.label));
  }
  if (!operatorsOf[valueClass].includes(rule.operator)) {
    const allowed = operatorsOf[valueClass].map((operator) => words.operators[operator]);
    return wrong(words.operatorUnfit(field.label, words.operators[rule.operator], allowed));
  }
  const operands = readOperands(rule, field, valueClass, words);
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

function wrong(message: string): RuleResolution {
  return { ok: false, message };
}
