import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { isDue, nextNoticed, nextRun, type DueQuestion, type Schedule } from '../../src/sync/schedule.ts';
import { fc } from './properties.ts';

const at = (iso: string): number => DateTime.fromISO(iso, { zone: 'utc' }).toMillis();
const shown = (time: number): string =>
  DateTime.fromMillis(time, { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm");
const daily = (time: string): Schedule => ({ kind: 'daily', at: time });

describe('the next run', () => {
  test.each([
    ['continuous, never run', { kind: 'continuous' }, null, '2026-06-01T10:00', '2026-06-01T10:00'],
    ['continuous', { kind: 'continuous' }, '2026-06-01T09:55', '2026-06-01T10:00', '2026-06-01T10:05'],
    [
      'continuous, overdue',
      { kind: 'continuous' },
      '2026-06-01T09:00',
      '2026-06-01T10:00',
      '2026-06-01T10:00',
    ],
    ['every 4 hours, never run', { kind: 'hourly', every: 4 }, null, '2026-06-01T10:00', '2026-06-01T10:00'],
    [
      'every 4 hours',
      { kind: 'hourly', every: 4 },
      '2026-06-01T09:30',
      '2026-06-01T10:00',
      '2026-06-01T13:30',
    ],
    [
      'every 4 hours, overdue',
      { kind: 'hourly', every: 4 },
      '2026-05-30T09:30',
      '2026-06-01T10:00',
      '2026-06-01T10:00',
    ],
  ] as [string, Schedule, string | null, string, string][])('%s', (_what, schedule, last, now, expected) => {
    expect(shown(nextRun(schedule, last === null ? null : at(last), at(now), 'Europe/Madrid'))).toBe(
      expected,
    );
  });

  test.each([
    ['later today', '02:30', null, '2026-06-01T00:00', 'Europe/Madrid', '2026-06-01T00:30'],
    ['tomorrow', '02:30', null, '2026-06-01T01:31', 'Europe/Madrid', '2026-06-02T00:30'],
    ['a moment ago and never run', '02:30', null, '2026-06-01T00:31', 'Europe/Madrid', '2026-06-01T00:31'],
    ['right now', '02:30', null, '2026-06-01T00:30', 'Europe/Madrid', '2026-06-01T00:30'],
    ['once a day', '02:30', '2026-06-01T00:30', '2026-06-01T00:30', 'Europe/Madrid', '2026-06-02T00:30'],
    [
      'missed, so at once',
      '02:30',
      '2026-05-30T00:30',
      '2026-06-01T12:00',
      'Europe/Madrid',
      '2026-06-01T12:00',
    ],
    ['in winter an hour later', '02:30', null, '2026-01-15T00:00', 'Europe/Madrid', '2026-01-15T01:30'],
    ['skipped by summer time', '02:30', null, '2026-03-29T00:00', 'Europe/Madrid', '2026-03-29T01:30'],
    ['twice on the clock', '02:30', null, '2026-10-25T00:00', 'Europe/Madrid', '2026-10-25T00:30'],
    [
      'once though twice on the clock',
      '02:30',
      '2026-10-25T00:30',
      '2026-10-25T00:31',
      'Europe/Madrid',
      '2026-10-26T01:30',
    ],
    ['in a half-hour zone', '09:00', null, '2026-06-01T00:00', 'Asia/Kolkata', '2026-06-01T03:30'],
    [
      'where midnight is skipped',
      '00:00',
      '2026-09-04T04:00',
      '2026-09-05T12:00',
      'America/Santiago',
      '2026-09-05T12:00',
    ],
    ['in an unknown zone as UTC', '09:00', null, '2026-06-01T00:00', 'Mars/Olympus', '2026-06-01T09:00'],
  ])('daily: %s', (_what, time, last, now, zone, expected) => {
    expect(shown(nextRun(daily(time), last === null ? null : at(last), at(now), zone))).toBe(expected);
  });

  test.each(['24:00', '9:00', '09:60', ''])('%j is no time of day', (time) => {
    expect(() => nextRun(daily(time), null, 0, 'utc')).toThrow(RangeError);
  });

  test('a daily job runs once on every day of a year, also across both changes of the clocks', () => {
    const zones = [
      'Europe/Madrid',
      'America/New_York',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.nat(23), fc.nat(59), (zone, hour, minute) => {
        const schedule = daily(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
        const days = new Set<string>();
        let last = DateTime.fromISO('2025-12-31T23:59:59.999', { zone }).toMillis();
        for (let run = 0; run < 365; run += 1) {
          last = nextRun(schedule, last, last, zone);
          days.add(DateTime.fromMillis(last, { zone }).toISODate() ?? '');
        }
        expect(days.size).toBe(365);
        expect([...days].at(-1)).toBe('2026-12-31');
      }),
      { numRuns: 20 },
    );
  });
});

describe('whether a batch is due', () => {
  const now = at('2026-06-01T10:00');
  const question: DueQuestion = {
    schedule: { kind: 'continuous' },
    lastStartedAt: at('2026-06-01T09:55'),
    now,
    timeZone: 'Europe/Madrid',
    waiting: 0,
    threshold: 100,
    intervalMinutes: 10,
  };
  const minutesAgo = (minutes: number): number => now - minutes * 60_000;

  test.each([
    ['within the interval', {}, false],
    ['99 wait', { waiting: 99 }, false],
    ['100 wait', { waiting: 100 }, true],
    ['the interval has passed', { lastStartedAt: minutesAgo(10) }, true],
    ['just before it', { lastStartedAt: minutesAgo(10) + 1 }, false],
    ['a shorter interval', { intervalMinutes: 5 }, true],
    ['never started', { lastStartedAt: null }, true],
    ['nothing waits, threshold 0', { threshold: 0 }, false],
    [
      'hourly keeps its hours whatever waits',
      { schedule: { kind: 'hourly', every: 1 }, waiting: 500 },
      false,
    ],
    [
      'hourly after its hours',
      { schedule: { kind: 'hourly', every: 1 }, lastStartedAt: minutesAgo(60) },
      true,
    ],
    ['daily at its time', { schedule: daily('12:00'), lastStartedAt: minutesAgo(24 * 60) }, true],
    ['daily before its time', { schedule: daily('12:01'), lastStartedAt: minutesAgo(60) }, false],
    ['daily, never run, before its time', { schedule: daily('12:01'), lastStartedAt: null }, false],
    ['daily, never run, at its time', { schedule: daily('12:00'), lastStartedAt: null }, true],
    ['daily, never run, minutes after it', { schedule: daily('11:58'), lastStartedAt: null }, true],
    ['daily, never run, long after it', { schedule: daily('11:00'), lastStartedAt: null }, false],
  ] as [string, Partial<DueQuestion>, boolean][])('%s', (_what, overrides, due) => {
    expect(isDue({ ...question, ...overrides })).toBe(due);
  });
});

describe('a notice of changes', () => {
  const now = at('2026-06-01T10:00');
  const secondsAgo = (seconds: number): number => now - seconds * 1000;

  test.each<[string, number | null, number | null, number | null]>([
    ['never came', null, secondsAgo(900), null],
    ['that a batch has answered waits no more', secondsAgo(20), secondsAgo(10), null],
    ['is due at once when nothing ever ran', secondsAgo(20), null, now],
    ['is due at once when the last batch is long ago', secondsAgo(1), secondsAgo(900), now],
    ['waits until half a minute after the last batch', secondsAgo(5), secondsAgo(10), now + 20_000],
    ['is due half a minute after it', secondsAgo(5), secondsAgo(30), now],
  ])('%s', (_what, noticedAt, lastStartedAt, due) => {
    expect(nextNoticed(noticedAt, lastStartedAt, now)).toBe(due);
  });
});
