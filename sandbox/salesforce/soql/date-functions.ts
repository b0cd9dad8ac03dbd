import { DateTime } from 'luxon';
import type { Value } from '../org/types.ts';
import type { Domain } from './domains.ts';

/** A date function: what it makes of a moment, and whether it takes datetimes only. */
interface DateFunction {
  readonly domain: Domain;
  readonly dateTimeOnly?: true;
  of(moment: DateTime): Value;
}

const number = (of: (moment: DateTime) => number): DateFunction => ({ domain: 'number', of });

/** Date Functions; the fiscal year is the calendar year, the default of a new org. */
const DATE_FUNCTIONS: Readonly<Record<string, DateFunction>> = {
  CALENDAR_MONTH: number((moment) => moment.month),
  CALENDAR_QUARTER: number((moment) => moment.quarter),
  CALENDAR_YEAR: number((moment) => moment.year),
  FISCAL_MONTH: number((moment) => moment.month),
  FISCAL_QUARTER: number((moment) => moment.quarter),
  FISCAL_YEAR: number((moment) => moment.year),
  DAY_IN_MONTH: number((moment) => moment.day),
  /** Sunday is 1. */
  DAY_IN_WEEK: number((moment) => (moment.weekday % 7) + 1),
  DAY_IN_YEAR: number((moment) => moment.ordinal),
  WEEK_IN_MONTH: number((moment) => Math.ceil(moment.day / 7)),
  WEEK_IN_YEAR: number((moment) => Math.ceil(moment.ordinal / 7)),
  HOUR_IN_DAY: { domain: 'number', dateTimeOnly: true, of: (moment) => moment.hour },
  DAY_ONLY: { domain: 'date', dateTimeOnly: true, of: (moment) => moment.toFormat('yyyy-MM-dd') },
};

/** The date function of that name, if there is one. */
export function dateFunction(name: string): DateFunction | undefined {
  return DATE_FUNCTIONS[name.toUpperCase()];
}

/** Applies a date function to a stored date or datetime as seen in a time zone (UTC unless converted). */
export function applyDateFunction(fn: DateFunction, value: Value, timeZone: string): Value {
  return typeof value === 'string' ? fn.of(DateTime.fromISO(value, { zone: 'utc' }).setZone(timeZone)) : null;
}
