import { DateTime } from 'luxon';
import { malformed } from './errors.ts';

/** A stretch of days: from the start of one day up to, and without, the start of another, in the user's zone. */
export interface DaySpan {
  readonly from: DateTime;
  readonly until: DateTime;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/**
 * The days that a date literal covers (Date Formats and Date Literals in WHERE). Weeks start on Sunday as in the
 * en_US locale; the fiscal year is the calendar year, the default of a new org.
 * @param n of `LAST_N_DAYS:n` and its kin.
 */
export function dateLiteralSpan(
  literal: string,
  n: number | undefined,
  now: number,
  timeZone: string,
): DaySpan {
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const name = literal.toUpperCase().replace(/:.*$/, '').replace('_FISCAL_', '_');

  const days = (from: number, until: number): DaySpan => ({
    from: today.plus({ days: from }),
    until: today.plus({ days: until }),
  });
  /** `count` units, the first of which lies `offset` units from the current one. */
  const units = (unit: Unit, offset: number, count: number): DaySpan => {
    const from = shift(startOf(today, unit), unit, offset);
    return { from, until: shift(from, unit, count) };
  };

  switch (name) {
    case 'YESTERDAY':
      return days(-1, 0);
    case 'TODAY':
      return days(0, 1);
    case 'TOMORROW':
      return days(1, 2);
    case 'LAST_90_DAYS':
      return days(-90, 1);
    case 'NEXT_90_DAYS':
      return days(1, 91);
    default:
  }

  const relative = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (relative) {
    const [, when, unit] = relative;
    return units(unitOf(unit), when === 'LAST' ? -1 : when === 'NEXT' ? 1 : 0, 1);
  }

  const counted =
    /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_(AGO))$/.exec(name);
  if (counted && n !== undefined) {
    const [, when, unit, unitAgo, ago] = counted;
    if (ago) return units(unitOf(unitAgo), -n, 1);
    // The last n days include today; the last n weeks, months … do not include the current one.
    if (unit === 'DAY') return when === 'LAST' ? days(-n, 1) : days(1, n + 1);
    return when === 'LAST' ? units(unitOf(unit), -n, n) : units(unitOf(unit), 1, n);
  }
  throw malformed(`unexpected token: '${literal}'`);
}

function unitOf(name: string | undefined): Unit {
  switch (name) {
    case 'WEEK':
      return 'week';
    case 'MONTH':
      return 'month';
    case 'QUARTER':
      return 'quarter';
    case 'YEAR':
      return 'year';
    default:
      return 'day';
  }
}

function startOf(day: DateTime, unit: Unit): DateTime {
  return unit === 'week' ? day.minus({ days: day.weekday % 7 }) : day.startOf(unit);
}

function shift(day: DateTime, unit: Unit, count: number): DateTime {
  return day.plus({ [unit]: count });
}
