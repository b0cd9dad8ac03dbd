import { DateTime } from 'luxon';

/** Allowed values of seconds, minutes, hours, days of the month, months, days of the week (1 is Sunday) and years. */
export interface Cron {
  readonly second: number;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number> | undefined;
  readonly years: ReadonlySet<number> | undefined;
}

const NAMES: readonly string[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MONTHS: readonly string[] = [
  'JAN',
  'FEB',
  'MAR',
  'APR',
  'MAY',
  'JUN',
  'JUL',
  'AUG',
  'SEP',
  'OCT',
  'NOV',
  'DEC',
];

function numberOf(text: string): number {
  const name = text.toUpperCase();
  if (NAMES.includes(name)) return NAMES.indexOf(name) + 1;
  return MONTHS.includes(name) ? MONTHS.indexOf(name) + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

/** `1,2`, `1-5`, `*`, `0/15`. Undefined for anything else, L, W and # included. */
function values(text: string, from: number, to: number): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range.split('-');
    const start = first === '*' ? from : numberOf(first);
    const end = first === '*' || (step !== undefined && last === undefined) ? to : numberOf(last ?? first);
    const by = step === undefined ? 1 : Number(step);
    if (!(start >= from && end <= to && by >= 1)) return undefined;
    for (let at = start; at <= end; at += by) found.add(at);
  }
  return found;
}

/** Reads `Seconds Minutes Hours Day_of_month Month Day_of_week [Year]` as System.schedule takes it. */
export function parseCron(text: string): Cron | undefined {
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = '', year, ...rest] = text
    .trim()
    .split(/\s+/);
  const minutes = values(minute, 0, 59);
  const hours = values(hour, 0, 23);
  const days = day === '?' ? undefined : values(day, 1, 31);
  const months = values(month, 1, 12);
  const weekdays = weekday === '?' ? undefined : values(weekday, 1, 7);
  const years = year === undefined ? undefined : values(year, 1970, 2099);
  const isWhole = /^\d{1,2}$/.test(second) && Number(second) < 60 && rest.length === 0;
  // Minutes of System.schedule are one number, and one of the two kinds of day is open.
  if (!isWhole || minutes?.size !== 1 || hours === undefined || months === undefined) return undefined;
  if (
    (day === '?') === (weekday === '?') ||
    (day !== '?' && days === undefined) ||
    (weekday !== '?' && weekdays === undefined)
  )
    return undefined;
  if (year !== undefined && years === undefined) return undefined;
  return { second: Number(second), minutes, hours, days, months, weekdays, years };
}

/** The next time, in milliseconds, after a moment, or undefined where there is none within five years. */
export function nextFire(cron: Cron, after: number, zone: string): number | undefined {
  let day = DateTime.fromMillis(after, { zone }).startOf('day');
  for (let count = 0; count < 366 * 5; count += 1, day = day.plus({ days: 1 })) {
    if (!isDue(cron, day)) continue;
    for (const hour of [...cron.hours].sort((one, other) => one - other)) {
      for (const minute of cron.minutes) {
        const time = day.set({ hour, minute, second: cron.second }).toMillis();
        if (time > after) return time;
      }
    }
  }
  return undefined;
}

function isDue(cron: Cron, day: DateTime): boolean {
  return (
    cron.months.has(day.month) &&
    cron.days?.has(day.day) !== false &&
    cron.weekdays?.has((day.weekday % 7) + 1) !== false &&
    cron.years?.has(day.year) !== false
  );
}
