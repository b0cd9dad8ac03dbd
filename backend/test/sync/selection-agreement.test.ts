import { expect, test } from '@jest/globals';
import { admin, fixture, idOf } from '../../../sandbox/test/salesforce/soql-fixture.ts';
import type { Value } from '../../../sandbox/salesforce/org/types.ts';
import {
  compileSelection,
  matchesSelection,
  type Selection,
  type SelectionRule,
} from '../../src/sync/selection.ts';
import { operatorsOf, type ValueClass } from '../../src/sync/selection/rules.ts';
import { salesforceField } from './fields.ts';
import { fc } from './properties.ts';

/** What the compiled query finds and what the test in memory accepts are the same records. */

const classes: Readonly<Record<string, { type: string; valueClass: ValueClass }>> = {
  LastName: { type: 'string', valueClass: 'text' },
  Status: { type: 'picklist', valueClass: 'text' },
  AnnualRevenue: { type: 'currency', valueClass: 'number' },
  NumberOfEmployees: { type: 'int', valueClass: 'number' },
  IsConverted: { type: 'boolean', valueClass: 'boolean' },
  Birthday__c: { type: 'date', valueClass: 'date' },
  CreatedDate: { type: 'datetime', valueClass: 'datetime' },
  Interests__c: { type: 'multipicklist', valueClass: 'set' },
  HolderId: { type: 'reference', valueClass: 'id' },
};
const fields = Object.entries(classes).map(([name, { type }]) => salesforceField({ name, type }));
const names = { syncStatus: 'Status', waitingValue: 'Open' };
/** Where and when: the days around it begin at other hours of UTC, and are longer or shorter where clocks are set. */
const todays = fc.record({
  now: fc.constantFrom(
    '2026-11-22T10:00:00Z',
    '2026-11-22T00:30:00Z',
    '2026-11-22T23:30:00Z',
    '2026-11-29T04:30:00Z',
  ),
  timeZone: fc.constantFrom(
    'America/New_York',
    'UTC',
    'Europe/Madrid',
    'Asia/Kolkata',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
  ),
});

const texts = fc.oneof(
  fc.constantFrom(
    'a',
    'A',
    'ab',
    'b',
    "o'b",
    '"',
    '%',
    '_',
    'a%b',
    'a_b',
    'axb',
    '\\',
    'a\\',
    "\\'",
    'é',
    'É',
    'a\nb',
    '50 %',
  ),
  fc.string({
    unit: fc.constantFrom("'", '\\', '%', '_', 'a', 'B', ' ', '\n', 'ñ'),
    minLength: 1,
    maxLength: 4,
  }),
);
const days = fc.constantFrom(
  '2026-11-14',
  '2026-11-15',
  '2026-11-21',
  '2026-11-22',
  '2026-11-23',
  '2026-11-29',
  '2026-11-30',
);
const moments = fc
  .tuple(
    days,
    fc.constantFrom(
      '00:00:00.000',
      '03:59:59.999',
      '04:00:00.000',
      '04:59:59.999',
      '05:00:00.000',
      '23:59:59.999',
    ),
  )
  .map(([day, time]) => `${day}T${time}Z`);
const numbers = fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom(0.1, 2.5, 5_000_000_000));
const choices = fc.subarray(['a', 'B', 'c d'], { minLength: 1 }).map((items) => items.join(';'));
const ids = fc.constantFrom(idOf('User', 1), idOf('User', 2), idOf('Group', 1));

const valueOf: Readonly<Record<string, fc.Arbitrary<string | number>>> = {
  LastName: texts,
  Status: texts,
  AnnualRevenue: numbers,
  NumberOfEmployees: fc.integer({ min: -2, max: 12 }),
  Birthday__c: days,
  CreatedDate: fc.oneof(moments, days),
  Interests__c: choices,
  HolderId: ids,
};

function orNull<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null, freq: 4 });
}

const leads = fc.array(
  fc.record({
    LastName: orNull(texts),
    Status: orNull(texts),
    AnnualRevenue: orNull(numbers),
    NumberOfEmployees: orNull(fc.integer({ min: -2, max: 12 })),
    IsConverted: fc.boolean(),
    Birthday__c: orNull(days),
    CreatedDate: moments,
    Interests__c: orNull(choices),
    HolderId: orNull(ids),
  }),
  { minLength: 1, maxLength: 8 },
);

const rules: fc.Arbitrary<SelectionRule> = fc
  .constantFrom(...Object.entries(classes))
  .chain(([field, { valueClass }]) =>
    fc.constantFrom(...operatorsOf[valueClass]).chain((operator): fc.Arbitrary<SelectionRule> => {
      const single: fc.Arbitrary<string | number | boolean> = valueOf[field] ?? fc.boolean();
      const several = fc.array(valueOf[field] ?? fc.constant('true'), { minLength: 1, maxLength: 3 });
      const value: fc.Arbitrary<SelectionRule['value']> = ['in', 'not_in', 'includes', 'excludes'].includes(
        operator,
      )
        ? several
        : operator.endsWith('_n_days')
          ? fc.constantFrom(1, 2, 7, 8, 21, 22)
          : single;
      return value.map((chosen) => ({ field, operator, value: chosen }));
    }),
  );
const selections: fc.Arbitrary<Selection> = fc.record({
  mode: fc.constant('criteria' as const),
  match: fc.constantFrom('all' as const, 'any' as const),
  rules: fc.array(rules, { minLength: 1, maxLength: 3 }),
});

/** A record as REST answers it. */
function asAnswered(row: Readonly<Record<string, Value>>): Record<string, Value> {
  return { ...row, CreatedDate: String(row.CreatedDate).replace('Z', '+0000') };
}

test('SOQL and memory select the same records', () => {
  let selected = 0;
  let refused = 0;
  fc.assert(
    fc.property(leads, selections, todays, (rows, selection, today) => {
      const compiled = compileSelection(selection, fields, names);
      const expected = rows.flatMap((row, index) =>
        matchesSelection(selection, fields, asAnswered(row), { ...names, ...today })
          ? [idOf('Lead', index + 1)]
          : [],
      );
      if (!compiled.ok) {
        refused += 1;
        expect(expected).toEqual([]);
        return;
      }
      const org = fixture({ Lead: rows.map((row) => ({ ...row })) }, { now: Date.parse(today.now) });
      const found = org.query(`SELECT Id FROM Lead WHERE ${compiled.where ?? ''}`, admin(today.timeZone));
      expect(found.map((record) => record.Id).sort()).toEqual(expected.sort());
      selected += expected.length;
    }),
    { numRuns: 400 },
  );
  expect(selected).toBeGreaterThan(200);
  expect(refused).toBeLessThan(200);
});
