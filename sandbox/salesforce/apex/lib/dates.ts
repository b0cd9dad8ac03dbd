import { DateTime } from 'luxon';
import { parseDate } from '../../org/time.ts';
import { showDatetime, showTime } from '../runtime/display.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { date, datetime, integer, long, notEmulated, text, time } from '../runtime/read.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';

const DAY = 86_400_000;
type Given = Value | undefined;

const zoneOf = (frame: Frame): string => frame.transaction.user.timeZone;
const utc = (value: ApexDate): DateTime => DateTime.fromMillis(value.days * DAY, { zone: 'utc' });
const toDate = (value: DateTime): ApexDate =>
  new ApexDate(Math.floor(Date.UTC(value.year, value.month - 1, value.day) / DAY));

/** The transaction's present moment. */
export function now(frame: Frame): ApexDatetime {
  return new ApexDatetime(frame.transaction.host.clock.now());
}

function made(parts: readonly Given[], zone: string): ApexDatetime {
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map((part) =>
    integer(part),
  );
  return new ApexDatetime(
    DateTime.fromObject({ year }, { zone })
      .plus({ month: month - 1, day: day - 1 })
      .plus({ hours: hour, minutes: minute, seconds: second })
      .toMillis(),
  );
}

function onDay(day: Given, at: Given, zone: string): ApexDatetime {
  const start = utc(date(day));
  const local = DateTime.fromObject({ year: start.year, month: start.month, day: start.day }, { zone });
  return new ApexDatetime(local.toMillis() + time(at).time);
}

const local: NativeCode = (_, args, frame) =>
  args[0] instanceof ApexDate ? onDay(args[0], args[1], zoneOf(frame)) : made(args, zoneOf(frame));
const gmt: NativeCode = (_, args) =>
  args[0] instanceof ApexDate ? onDay(args[0], args[1], 'utc') : made(args, 'utc');

/** `YYYY-MM-DD HH:mm:ss` in a zone. */
function parseMoment(value: string, zone: string): ApexDatetime {
  const parsed = DateTime.fromFormat(value.trim(), 'yyyy-MM-dd HH:mm:ss', { zone });
  return parsed.isValid
    ? new ApexDatetime(parsed.toMillis())
    : raise('TypeException', `Invalid date/time: ${value}`);
}

function parseDay(value: string): ApexDate {
  const [day = ''] = value.trim().split(' ');
  const full = day
    .split('-')
    .map((part, at) => (at === 0 ? part : part.padStart(2, '0')))
    .join('-');
  return parseDate(full) === undefined
    ? raise('TypeException', `Invalid date: ${value}`)
    : new ApexDate(Date.parse(full) / DAY);
}

/** Java's letters that Luxon writes in the same way, or in its own. */
const LETTERS: Readonly<Record<string, string>> = {
  y: 'y',
  M: 'M',
  d: 'd',
  H: 'H',
  h: 'h',
  m: 'm',
  s: 's',
  S: 'S',
  a: 'a',
  E: 'E',
  z: 'ZZZZ',
  Z: 'ZZZ',
  X: 'Z',
  u: 'E',
};

function formatted(value: ApexDatetime, pattern: string, zone: string, frame: Frame): string {
  const moment = DateTime.fromMillis(value.time, { zone, locale: 'en-US' });
  return pattern.replaceAll(
    /'((?:[^']|'')*)'|([a-zA-Z])\2*/g,
    (whole, quoted: string | undefined, letter: string | undefined) => {
      if (letter === undefined) return quoted === '' ? "'" : (quoted ?? '').replaceAll("''", "'");
      const known = LETTERS[letter];
      if (known === undefined) return notEmulated(`Datetime.format letter ${letter}`, frame);
      if (letter === 'E') return moment.toFormat(whole.length >= 4 ? 'EEEE' : 'EEE');
      if (letter === 'S') return moment.toFormat('SSS').padEnd(whole.length, '0');
      if (letter === 'X')
        return moment.offset === 0 ? 'Z' : moment.toFormat(whole.length >= 3 ? 'ZZ' : 'ZZZ');
      if (letter === 'y') return moment.toFormat(whole.length === 2 ? 'yy' : 'yyyy');
      return moment.toFormat(known.length > 1 ? known : whole);
    },
  );
}

const part =
  (
    unit: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond',
    zoned: boolean,
  ): NativeCode =>
  (self, _, frame) =>
    DateTime.fromMillis(datetime(self).time, { zone: zoned ? zoneOf(frame) : 'utc' })[unit];

function add(unit: string, zoned = true): NativeCode {
  return (self, [amount], frame) => {
    const moment = DateTime.fromMillis(datetime(self).time, { zone: zoned ? zoneOf(frame) : 'utc' });
    return new ApexDatetime(moment.plus({ [unit]: integer(amount) }).toMillis());
  };
}

export const dateTypes = [
  nativeType('Date', {
    'static Date today()': (_, __, frame) =>
      toDate(DateTime.fromMillis(now(frame).time, { zone: zoneOf(frame) })),
    'static Date newInstance(Integer year, Integer month, Integer day)': (_, [year, month, day]) =>
      new ApexDate(Date.UTC(integer(year), integer(month) - 1, integer(day)) / DAY),
    'static Date valueOf(String value)': (_, [value]) => parseDay(text(value)),
    'static Integer daysInMonth(Integer year, Integer month)': (_, [year, month]) =>
      new Date(Date.UTC(integer(year), integer(month), 0)).getUTCDate(),
    'static Boolean isLeapYear(Integer year)': (_, [year]) =>
      new Date(Date.UTC(integer(year), 2, 0)).getUTCDate() === 29,
    'Date addDays(Integer amount)': (self, [amount]) => new ApexDate(date(self).days + integer(amount)),
    'Date addMonths(Integer amount)': (self, [amount]) =>
      toDate(utc(date(self)).plus({ months: integer(amount) })),
    'Date addYears(Integer amount)': (self, [amount]) =>
      toDate(utc(date(self)).plus({ years: integer(amount) })),
    'Integer year()': (self) => utc(date(self)).year,
    'Integer month()': (self) => utc(date(self)).month,
    'Integer day()': (self) => utc(date(self)).day,
    'Integer dayOfYear()': (self) => utc(date(self)).ordinal,
    'Integer daysBetween(Date other)': (self, [other]) => date(other).days - date(self).days,
    'Integer monthsBetween(Date other)': (self, [other]) => {
      const [from, to] = [utc(date(self)), utc(date(other))];
      return (to.year - from.year) * 12 + to.month - from.month;
    },
    'Boolean isSameDay(Date other)': (self, [other]) => date(self).days === date(other).days,
    'Date toStartOfMonth()': (self) => toDate(utc(date(self)).startOf('month')),
    'String format()': (self) => utc(date(self)).toFormat('M/d/yyyy'),
  }),
  nativeType('Datetime', {
    'static Datetime now()': (_, __, frame) => now(frame),
    'static Datetime newInstance(Long milliseconds)': (_, [milliseconds]) =>
      new ApexDatetime(Number(long(milliseconds))),
    'static Datetime newInstance(Integer year, Integer month, Integer day)': local,
    'static Datetime newInstance(Integer year, Integer month, Integer day, Integer hour, Integer minute, Integer second)':
      local,
    'static Datetime newInstance(Date day, Time at)': local,
    'static Datetime newInstanceGmt(Integer year, Integer month, Integer day)': gmt,
    'static Datetime newInstanceGmt(Integer year, Integer month, Integer day, Integer hour, Integer minute, Integer second)':
      gmt,
    'static Datetime newInstanceGmt(Date day, Time at)': gmt,
    'static Datetime valueOf(String value)': (_, [value], frame) => parseMoment(text(value), zoneOf(frame)),
    'static Datetime valueOfGmt(String value)': (_, [value]) => parseMoment(text(value), 'utc'),
    'Long getTime()': (self) => BigInt(datetime(self).time),
    'Date date()': (self, _, frame) =>
      toDate(DateTime.fromMillis(datetime(self).time, { zone: zoneOf(frame) })),
    'Date dateGmt()': (self) => new ApexDate(Math.floor(datetime(self).time / DAY)),
    'Time time()': (self, _, frame) => {
      const moment = DateTime.fromMillis(datetime(self).time, { zone: zoneOf(frame) });
      return new ApexTime(moment.diff(moment.startOf('day')).toMillis());
    },
    'Time timeGmt()': (self) => new ApexTime(((datetime(self).time % DAY) + DAY) % DAY),
    'Integer year()': part('year', true),
    'Integer month()': part('month', true),
    'Integer day()': part('day', true),
    'Integer hour()': part('hour', true),
    'Integer minute()': part('minute', true),
    'Integer second()': part('second', true),
    'Integer millisecond()': part('millisecond', true),
    'Integer yearGmt()': part('year', false),
    'Integer monthGmt()': part('month', false),
    'Integer dayGmt()': part('day', false),
    'Integer hourGmt()': part('hour', false),
    'Integer minuteGmt()': part('minute', false),
    'Integer secondGmt()': part('second', false),
    'Datetime addYears(Integer amount)': add('years'),
    'Datetime addMonths(Integer amount)': add('months'),
    'Datetime addDays(Integer amount)': add('days'),
    'Datetime addHours(Integer amount)': add('hours'),
    'Datetime addMinutes(Integer amount)': add('minutes'),
    'Datetime addSeconds(Integer amount)': add('seconds'),
    'Boolean isSameDay(Datetime other)': (self, [other], frame) =>
      showDatetime(datetime(self), zoneOf(frame)).slice(0, 10) ===
      showDatetime(datetime(other), zoneOf(frame)).slice(0, 10),
    'String format()': (self, _, frame) =>
      formatted(datetime(self), 'M/d/yyyy, h:mm a', zoneOf(frame), frame),
    'String format(String pattern)': (self, [pattern], frame) =>
      formatted(datetime(self), text(pattern), zoneOf(frame), frame),
    'String format(String pattern, String zone)': (self, [pattern, zone], frame) =>
      formatted(datetime(self), text(pattern), text(zone), frame),
    'String formatGmt(String pattern)': (self, [pattern], frame) =>
      formatted(datetime(self), text(pattern), 'utc', frame),
  }),
  nativeType('Time', {
    'static Time newInstance(Integer hour, Integer minute, Integer second, Integer millisecond)': (
      _,
      [hour, minute, second, millisecond],
    ) =>
      new ApexTime(
        integer(hour) * 3_600_000 + integer(minute) * 60_000 + integer(second) * 1_000 + integer(millisecond),
      ),
    'Integer hour()': (self) => Math.floor(time(self).time / 3_600_000),
    'Integer minute()': (self) => Math.floor(time(self).time / 60_000) % 60,
    'Integer second()': (self) => Math.floor(time(self).time / 1_000) % 60,
    'Integer millisecond()': (self) => time(self).time % 1_000,
    'Time addHours(Integer amount)': (self, [amount]) =>
      new ApexTime((time(self).time + integer(amount) * 3_600_000 + DAY) % DAY),
    'Time addMinutes(Integer amount)': (self, [amount]) =>
      new ApexTime((time(self).time + integer(amount) * 60_000 + DAY) % DAY),
    'String toText()': (self) => showTime(time(self)),
  }),
];
