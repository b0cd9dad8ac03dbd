import type { SelectionWords } from './selection-words.ts';

export const selectionEnglish: SelectionWords = {
  operators: {
    equals: 'equals',
    not_equals: 'not equals',
    contains: 'contains',
    not_contains: 'not contains',
    starts_with: 'starts with',
    ends_with: 'ends with',
    is_empty: 'is empty',
    is_not_empty: 'is not empty',
    greater: 'greater',
    greater_or_equal: 'greater or equal',
    less: 'less',
    less_or_equal: 'less or equal',
    in: 'in',
    not_in: 'not in',
    includes: 'includes',
    excludes: 'excludes',
    last_n_days: 'last n days',
    next_n_days: 'next n days',
  },
  noRules: 'Add at least one rule, or choose another way to select.',
  fieldUnknown: (name) => `Salesforce has no field “${name}” here, or the integration user may not see it.`,
  notSearchable: (field) => `Salesforce cannot search by “${field}”.`,
  operatorUnfit: (field, operator, allowed) =>
    `“${field}” cannot be compared by “${operator}”, only by: ${allowed.join(', ')}.`,
  valueMissing: (field) => `“${field}” needs a value to compare with.`,
  oneValue: (field) => `“${field}” takes one value here.`,
  tooManyValues: (field, given, most) => `“${field}” is compared with ${given} values; ${most} are the most.`,
  notBoolean: (field, value) => `“${field}” is true or false, not ${value}.`,
  notId: (value) => `${value} is not a Salesforce record id.`,
  blankText: (field) => `“${field}” needs a value; to find empty fields use “is empty”.`,
  tooLong: (field, given, most) => `The value for “${field}” has ${given} characters; ${most} are the most.`,
  unsearchableText: (field) =>
    `The value for “${field}” holds a character that Salesforce cannot search for.`,
  backslash: (field) =>
    `Salesforce cannot search “${field}” for a part with a backslash; compare the whole value.`,
  notNumber: (field, value) => `“${field}” is a number; ${value} is not.`,
  notWhole: (field, value) => `“${field}” holds whole numbers; ${value} is not one.`,
  tooLarge: (field, value) => `${value} is larger than “${field}” can be.`,
  notDate: (field, value) => `“${field}” is a date; write ${value} as 2026-01-31.`,
  notTime: (field, value) =>
    `“${field}” is a date and time; write ${value} as 2026-01-31 or 2026-01-31T09:00:00Z.`,
  notDays: (field, most) => `“${field}” needs a number of days from 1 to ${most}.`,
  dayOfTime: (field, days) =>
    `“${field}” is a date and time, which a day as ${days.join(', ')} never equals; use “greater or equal” and “less”.`,
};
