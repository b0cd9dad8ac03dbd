import type { CriteriaSelection, Selection, SelectionRule } from 'service';
import contains from '@salesforce/label/c.Operator_Contains';
import endsWith from '@salesforce/label/c.Operator_EndsWith';
import equals from '@salesforce/label/c.Operator_Equals';
import excludes from '@salesforce/label/c.Operator_Excludes';
import greater from '@salesforce/label/c.Operator_Greater';
import greaterOrEqual from '@salesforce/label/c.Operator_GreaterOrEqual';
import inList from '@salesforce/label/c.Operator_In';
import includes from '@salesforce/label/c.Operator_Includes';
import isEmpty from '@salesforce/label/c.Operator_IsEmpty';
import isNotEmpty from '@salesforce/label/c.Operator_IsNotEmpty';
import lastNDays from '@salesforce/label/c.Operator_LastNDays';
import less from '@salesforce/label/c.Operator_Less';
import lessOrEqual from '@salesforce/label/c.Operator_LessOrEqual';
import nextNDays from '@salesforce/label/c.Operator_NextNDays';
import notContains from '@salesforce/label/c.Operator_NotContains';
import notEquals from '@salesforce/label/c.Operator_NotEquals';
import notIn from '@salesforce/label/c.Operator_NotIn';
import startsWith from '@salesforce/label/c.Operator_StartsWith';

type Operator = SelectionRule['operator'];

/** Everybody who can be synced. */
export const everybodyWithAnAddress: CriteriaSelection = {
  mode: 'criteria',
  match: 'all',
  rules: [{ field: 'Email', operator: 'is_not_empty', value: null }],
};

export const operatorLabels: Readonly<Record<Operator, string>> = {
  equals,
  not_equals: notEquals,
  contains,
  not_contains: notContains,
  starts_with: startsWith,
  ends_with: endsWith,
  is_empty: isEmpty,
  is_not_empty: isNotEmpty,
  greater,
  greater_or_equal: greaterOrEqual,
  less,
  less_or_equal: lessOrEqual,
  in: inList,
  not_in: notIn,
  includes,
  excludes,
  last_n_days: lastNDays,
  next_n_days: nextNDays,
};

/** What an operator compares with. */
export function kindOfValue(operator: Operator): 'none' | 'one' | 'list' | 'days' {
  switch (operator) {
    case 'is_empty':
    case 'is_not_empty':
      return 'none';
    case 'in':
    case 'not_in':
    case 'includes':
    case 'excludes':
      return 'list';
    case 'last_n_days':
    case 'next_n_days':
      return 'days';
    default:
      return 'one';
  }
}

/** What was typed, in the form in which the service takes it. */
export function toValue(text: string, operator: Operator): SelectionRule['value'] {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  switch (kindOfValue(operator)) {
    case 'none':
      return null;
    case 'list':
      return trimmed
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'days':
      return Number(trimmed);
    case 'one':
      return text;
  }
}

/** A rule's value as it is typed. */
export function toText(value: SelectionRule['value']): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Whether a selection says enough to be counted and saved. */
export function isComplete(selection: Selection): boolean {
  return (
    selection.mode !== 'criteria' ||
    (selection.rules.length > 0 &&
      selection.rules.every(
        ({ field, operator, value }) => field !== '' && (kindOfValue(operator) === 'none' || value !== null),
      ))
  );
}
