import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { admin, fixture } from './soql-fixture.ts';

const DAY = 86_400_000;

const CALENDAR_START = Date.parse('2024-06-01T00:00:00Z');

/** A lead for each day from June 2024 to January 2029, around NOW (Sunday, 22 November 2026). */
const calendar = fixture({
  Lead: Array.from({ length: 1_700 }, (_, index) => ({
    Birthday__c: new Date(CALENDAR_START + index * DAY).toISOString().slice(0, 10),
  })),
});

/** The first and the last day of the calendar that a comparison keeps. */
function daysOf(comparison: string): [unknown, unknown] {
  const soql = `SELECT Birthday__c FROM Lead WHERE Birthday__c ${comparison} ORDER BY Birthday__c`;
  const kept = calendar.values(soql, 'Birthday__c');
  return [kept.at(0), kept.at(-1)];
}

describe('date literals', () => {
  test.each([
    ['YESTERDAY', '2026-11-21', '2026-11-21'],
    ['TODAY', '2026-11-22', '2026-11-22'],
    ['TOMORROW', '2026-11-23', '2026-11-23'],
    ['LAST_WEEK', '2026-11-15', '2026-11-21'],
    ['THIS_WEEK', '2026-11-22', '2026-11-28'],
    ['NEXT_WEEK', '2026-11-29', '2026-12-05'],
    ['LAST_MONTH', '2026-10-01', '2026-10-31'],
    ['THIS_MONTH', '2026-11-01', '2026-11-30'],
    ['NEXT_MONTH', '2026-12-01', '2026-12-31'],
    ['LAST_90_DAYS', '2026-08-24', '2026-11-22'],
    ['NEXT_90_DAYS', '2026-11-23', '2027-02-20'],
    ['THIS_QUARTER', '2026-10-01', '2026-12-31'],
    ['LAST_QUARTER', '2026-07-01', '2026-09-30'],
    ['NEXT_QUARTER', '2027-01-01', '2027-03-31'],
    ['THIS_YEAR', '2026-01-01', '2026-12-31'],
    ['LAST_YEAR', '2025-01-01', '2025-12-31'],
    ['NEXT_YEAR', '2027-01-01', '2027-12-31'],
    ['THIS_FISCAL_QUARTER', '2026-10-01', '2026-12-31'],
    ['LAST_FISCAL_YEAR', '2025-01-01', '2025-12-31'],
    ['LAST_N_DAYS:1', '2026-11-21', '2026-11-22'],
    ['NEXT_N_DAYS:2', '2026-11-23', '2026-11-24'],
    ['N_DAYS_AGO:3', '2026-11-19', '2026-11-19'],
    ['LAST_N_WEEKS:2', '2026-11-08', '2026-11-21'],
    ['NEXT_N_WEEKS:1', '2026-11-29', '2026-12-05'],
    ['N_WEEKS_AGO:2', '2026-11-08', '2026-11-14'],
    ['LAST_N_MONTHS:2', '2026-09-01', '2026-10-31'],
    ['N_MONTHS_AGO:2', '2026-09-01', '2026-09-30'],
    ['NEXT_N_QUARTERS:2', '2027-01-01', '2027-06-30'],
    ['N_QUARTERS_AGO:1', '2026-07-01', '2026-09-30'],
    ['LAST_N_YEARS:1', '2025-01-01', '2025-12-31'],
    ['N_YEARS_AGO:1', '2025-01-01', '2025-12-31'],
    ['LAST_N_FISCAL_QUARTERS:1', '2026-07-01', '2026-09-30'],
    ['N_FISCAL_YEARS_AGO:1', '2025-01-01', '2025-12-31'],
  ])('= %s covers %s to %s', (literal, first, last) => {
    expect(daysOf(`= ${literal}`)).toEqual([first, last]);
  });

  test('> begins after the whole stretch', () => {
    expect(daysOf('> THIS_WEEK')[0]).toBe('2026-11-29');
  });

  test('>= begins with the stretch', () => {
    expect(daysOf('>= THIS_WEEK')[0]).toBe('2026-11-22');
  });

  test('< ends before the stretch', () => {
    expect(daysOf('< THIS_WEEK')[1]).toBe('2026-11-21');
  });

  test('<= ends with the stretch', () => {
    expect(daysOf('<= THIS_WEEK')[1]).toBe('2026-11-28');
  });

  test('days begin at midnight in the time zone of the user', () => {
    const stamps = [
      '2026-11-22T04:59:59.000Z',
      '2026-11-22T05:00:00.000Z',
      '2026-11-23T04:59:59.000Z',
      '2026-11-23T05:00:00.000Z',
    ];
    const { query } = fixture({ Lead: stamps.map((CreatedDate) => ({ CreatedDate })) });
    const records = query(
      'SELECT CreatedDate FROM Lead WHERE CreatedDate = TODAY',
      admin('America/New_York'),
    );
    expect(records.map((record) => record['CreatedDate'])).toEqual([
      '2026-11-22T05:00:00.000+0000',
      '2026-11-23T04:59:59.000+0000',
    ]);
  });

  test('a day on which the clocks change is as long as it is', () => {
    const now = DateTime.fromISO('2026-11-01T12:00:00', { zone: 'America/New_York' }).toMillis();
    const stamps = ['2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.000Z', '2026-11-02T05:00:00.000Z'];
    const { engine } = fixture({ Lead: stamps.map((CreatedDate) => ({ CreatedDate })) }, { now });
    expect(
      engine.query(admin('America/New_York'), 'SELECT Id FROM Lead WHERE CreatedDate = TODAY').totalSize,
    ).toBe(2);
  });
});

describe('dates and datetimes', () => {
  const stamps = [
    '2026-11-22T09:59:59.900Z',
    '2026-11-22T10:00:00.000Z',
    '2026-11-22T10:00:00.700Z',
    '2026-11-22T10:00:01.000Z',
  ];
  const { total } = fixture({ Lead: stamps.map((SystemModstamp) => ({ SystemModstamp })) });

  test.each([
    ['= 2026-11-22T10:00:00Z', 2],
    ['!= 2026-11-22T10:00:00Z', 2],
    ['> 2026-11-22T10:00:00Z', 1],
    ['>= 2026-11-22T10:00:00Z', 3],
    ['< 2026-11-22T10:00:00Z', 1],
    ['<= 2026-11-22T10:00:00Z', 3],
    ['= 2026-11-22T10:00:00.000+0000', 2],
    ['= 2026-11-22T12:00:00+02:00', 2],
    ['= 2026-11-22T05:00:00-05:00', 2],
    ['IN (2026-11-22T10:00:01Z, 2026-11-22T09:59:59Z)', 2],
  ])('SystemModstamp %s counts whole seconds', (comparison, expected) => {
    expect(total(`SELECT Id FROM Lead WHERE SystemModstamp ${comparison}`)).toBe(expected);
  });

  test('a date is one day', () => {
    expect(daysOf('= 2026-02-28')).toEqual(['2026-02-28', '2026-02-28']);
  });

  test('a date that no calendar has is refused', () => {
    expect(fixture({}).failure('SELECT Id FROM Lead WHERE Birthday__c = 2026-02-30')).toEqual({
      errorCode: 'MALFORMED_QUERY',
      message: 'Invalid date: 2026-02-30',
    });
  });
});

describe('date functions', () => {
  const { total, failure } = fixture({
    Lead: [{ CreatedDate: '2026-11-22T23:30:00.000Z', Birthday__c: '2000-02-29' }],
  });

  test.each([
    'CALENDAR_YEAR(CreatedDate) = 2026',
    'CALENDAR_MONTH(CreatedDate) = 11',
    'CALENDAR_QUARTER(CreatedDate) = 4',
    'DAY_IN_MONTH(CreatedDate) = 22',
    'DAY_IN_WEEK(CreatedDate) = 1',
    'DAY_IN_YEAR(CreatedDate) = 326',
    'WEEK_IN_MONTH(CreatedDate) = 4',
    'WEEK_IN_YEAR(CreatedDate) = 47',
    'HOUR_IN_DAY(CreatedDate) = 23',
    'DAY_ONLY(CreatedDate) = 2026-11-22',
    'CALENDAR_YEAR(Birthday__c) = 2000',
  ])('%s', (where) => {
    expect(total(`SELECT Id FROM Lead WHERE ${where}`)).toBe(1);
    expect(total(`SELECT Id FROM Lead WHERE (NOT ${where})`)).toBe(0);
  });

  test('convertTimezone moves the moment to the zone of the user', () => {
    const { engine } = fixture({ Lead: [{ CreatedDate: '2026-11-22T23:30:00.000Z' }] });
    const soql = 'SELECT Id FROM Lead WHERE DAY_ONLY(convertTimezone(CreatedDate)) = 2026-11-23';
    expect(engine.query(admin('Europe/Madrid'), soql).totalSize).toBe(1);
  });

  test.each(['HOUR_IN_DAY(Birthday__c) = 1', 'CALENDAR_YEAR(LastName) = 2000'])('%s is refused', (where) => {
    expect(failure(`SELECT Id FROM Lead WHERE ${where}`).errorCode).toBe('INVALID_FIELD');
  });

  test('DISTANCE is refused by name', () => {
    const soql = "SELECT Id FROM Lead WHERE DISTANCE(LastName, GEOLOCATION(1, 2), 'mi') < 20";
    expect(failure(soql).message).toBe('function DISTANCE is not supported by this sandbox');
  });
});
