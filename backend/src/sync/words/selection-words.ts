import type { SelectionOperator } from '../selection/rules.ts';

/** What is wrong with a selection, in one language. A `field` is called by its label; a `value` stands in quotes already. */
export interface SelectionWords {
  readonly operators: Readonly<Record<SelectionOperator, string>>;
  readonly noRules: string;
  readonly fieldUnknown: (name: string) => string;
  readonly notSearchable: (field: string) => string;
  readonly operatorUnfit: (field: string, operator: string, allowed: readonly string[]) => string;
  readonly valueMissing: (field: string) => string;
  readonly oneValue: (field: string) => string;
  readonly tooManyValues: (field: string, given: number, most: number) => string;
  readonly notBoolean: (field: string, value: string) => string;
  readonly notId: (value: string) => string;
  readonly blankText: (field: string) => string;
  readonly tooLong: (field: string, given: number, most: number) => string;
  readonly unsearchableText: (field: string) => string;
  readonly backslash: (field: string) => string;
  readonly notNumber: (field: string, value: string) => string;
  readonly notWhole: (field: string, value: string) => string;
  readonly tooLarge: (field: string, value: string) => string;
  readonly notDate: (field: string, value: string) => string;
  readonly notTime: (field: string, value: string) => string;
  readonly notDays: (field: string, most: number) => string;
  readonly dayOfTime: (field: string, days: readonly string[]) => string;
}
