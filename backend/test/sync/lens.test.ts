import { describe, expect, test } from '@jest/globals';
import { createLens } from '../../src/sync/lens.ts';
import type { Canonical, LensResult, PlatformValue } from '../../src/sync/types.ts';
import { inEnglish } from '../../src/words/told.ts';
import { platformField, platformSamples, salesforceField, salesforceSamples } from './fields.ts';

type Sample = keyof typeof salesforceSamples;
type PlatformSample = keyof typeof platformSamples;

function lensOf(salesforce: Sample, platform: PlatformSample): ReturnType<typeof createLens> {
  return createLens(salesforceSamples[salesforce], platformSamples[platform]);
}

/** The value, or the code of the refusal. */
function outcome<T>(result: LensResult<T>): T | string {
  return result.ok ? result.value : result.code;
}

function message(result: LensResult<unknown>): string {
  return result.ok ? '' : inEnglish(result.message);
}

describe('text', () => {
  const lens = lensOf('text', 'text');

  test.each([
    ['  Ana  ', 'Ana'],
    ['e\u0301te\u0301', 'été'],
    ['', null],
    ['   \u00a0\n', null],
    [null, null],
    ['a\r\nb', 'a b'],
    ['tab\tstays', 'tab\tstays'],
    ['nul\0and bell\u0007', 'nuland bell'],
    ['broken \ud83d pair', 'broken \ufffd pair'],
    ['whole 😀 pair', 'whole 😀 pair'],
    [['only one'], 'only one'],
    [[], null],
  ] as [PlatformValue, Canonical][])('the platform’s %j is read as %j', (raw, canonical) => {
    expect(outcome(lens.fromPlatform(raw))).toEqual(canonical);
  });

  test('several values are no text', () => {
    expect(outcome(lens.fromPlatform(['a', 'b']))).toBe('SYNC_VALUE_INVALID');
  });

  test('what is longer than the Salesforce field is refused, never cut off', () => {
    expect(outcome(lens.toSalesforce('x'.repeat(40)))).toBe('x'.repeat(40));
    const refused = lens.toSalesforce('x'.repeat(41));
    expect(outcome(refused)).toBe('SYNC_VALUE_TOO_LONG');
    expect(message(refused)).toMatch(/41 characters.*Text__c.*takes 40/);
  });

  test('platform text has no length', () => {
    expect(outcome(lens.toPlatform('x'.repeat(100_000)))).toHaveLength(100_000);
  });

  test('a required Salesforce field is not cleared', () => {
    const lastName = createLens(salesforceField({ nillable: false }), platformSamples.text);
    expect(outcome(lastName.toSalesforce(null))).toBe('SYNC_VALUE_REQUIRED');
    expect(outcome(lens.toSalesforce(null))).toBeNull();
  });

  test.each(['email', 'name'])('the platform’s %s is not cleared', (key) => {
    const salesforce = key === 'email' ? salesforceSamples.email : salesforceSamples.text;
    const type = key === 'email' ? 'email' : 'text';
    const kept = createLens(salesforce, platformField({ key, type }));
    expect(outcome(kept.toPlatform(null))).toBe('SYNC_VALUE_REQUIRED');
  });

  test('lines of a text area stay, with one kind of line end', () => {
    expect(outcome(lensOf('textarea', 'textarea').fromPlatform(' a\r\nb\rc\u2028d '))).toBe('a\nb\nc\nd');
  });

  test('a masked encrypted text is not taken for the value', () => {
    const encrypted = lensOf('encrypted', 'text');
    expect(outcome(encrypted.fromSalesforce('****4321'))).toBe('SYNC_VALUE_INVALID');
    expect(message(encrypted.fromSalesforce('********'))).toMatch(/View Encrypted Data/);
    expect(outcome(encrypted.fromSalesforce('real secret'))).toBe('real secret');
  });
});

describe('email', () => {
  test('letter case is no difference', () => {
    const lens = lensOf('email', 'email');
    expect(outcome(lens.fromSalesforce(' Ana.Díaz@Example.COM '))).toBe('ana.díaz@example.com');
  });

  test('what is no address is not written to a Salesforce email field', () => {
    const refused = lensOf('email', 'text').toSalesforce('call me');
    expect(outcome(refused)).toBe('SYNC_VALUE_INVALID');
    expect(message(refused)).toMatch(/“call me”/);
  });
});

describe('numbers', () => {
  test.each([
    ['$1,234.50', '1234.50'],
    ['1.234,50 €', '1234.50'],
    ['(1,200)', '-1200.00'],
    ['1 234,5', '1234.50'],
    ['1\u202f234,5', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1234.5', '1234.50'],
    ['0.005', '0.01'],
    ['-0.005', '-0.01'],
    ['-0.004', '0.00'],
    ['', null],
    [' ', null],
  ])('%j in a text field is the amount %j', (raw, canonical) => {
    expect(outcome(lensOf('currency', 'text').fromPlatform(raw))).toBe(canonical);
  });

  test.each(['abc', '12 MIO', '5k', '1.2.3', '1,23,4', '--5', '2026-01-31', '50%', '1e5', '١٢'])(
    '%j is refused as an amount and named',
    (raw) => {
      const refused = lensOf('currency', 'text').fromPlatform(raw);
      expect(outcome(refused)).toBe('SYNC_VALUE_INVALID');
      expect(message(refused)).toContain(`“${raw}”`);
    },
  );

  test('a percentage may have its sign', () => {
    expect(outcome(lensOf('percent', 'text').fromPlatform('45,55 %'))).toBe('45.6');
    expect(outcome(lensOf('percent', 'text').toSalesforce('45.6'))).toBe(45.6);
  });

  test('numbers go to Salesforce as numbers and to the platform as plain digits', () => {
    const lens = lensOf('currency', 'currency');
    expect(outcome(lens.toSalesforce('1234.50'))).toBe(1234.5);
    expect(outcome(lens.toPlatform('1234.50'))).toBe('1234.50');
    expect(outcome(lens.fromSalesforce(1e3))).toBe('1000.00');
  });

  test('integers have no decimals and 32 bits', () => {
    const lens = lensOf('integer', 'text');
    expect(outcome(lens.fromPlatform('2.5'))).toBe('3');
    expect(outcome(lens.toSalesforce('2147483647'))).toBe(2_147_483_647);
    expect(message(lens.toSalesforce('2147483648'))).toMatch(/2147483648.*up to 2147483647/);
  });

  test('a number beyond the field’s digits is refused with the bound', () => {
    const lens = lensOf('percent', 'text');
    expect(outcome(lens.toSalesforce('9999.9'))).toBe(9999.9);
    expect(message(lens.toSalesforce('10000.0'))).toMatch(/“10000.0”.*up to 9999.9/);
  });

  test('digits that Salesforce would round are refused rather than changed', () => {
    const lens = lensOf('currency', 'text');
    expect(message(lens.toSalesforce('1234567890123456.78'))).toMatch(/15/);
  });

  test('the platform’s currency keeps two decimals, so more are no difference', () => {
    const precise = salesforceField({ type: 'currency', precision: 18, scale: 4 });
    const lens = createLens(precise, platformSamples.currency);
    expect(outcome(lens.fromSalesforce(1.2345))).toBe('1.23');
  });

  test('an option of a drop-down is found by its number and written as it is spelled', () => {
    const lens = lensOf('number', 'dropdown');
    expect(outcome(lens.toPlatform('12.500'))).toBe('12.50');
    expect(outcome(lens.fromPlatform('12.50'))).toBe('12.500');
    expect(outcome(lens.toPlatform('13.000'))).toBe('SYNC_VALUE_NOT_IN_PICKLIST');
  });
});

describe('dates', () => {
  test.each([
    ['2026-01-31', '2026-01-31'],
    ['2026-01-31T23:30:00-06:00', '2026-01-31'],
    ['2026-01-31 00:00:00', '2026-01-31'],
    ['2026/1/31', '2026-01-31'],
    ['01/31/2026', '2026-01-31'],
    ['31.1.2026', '2026-01-31'],
    ['20260131', '2026-01-31'],
    ['31 Jan 2026', '2026-01-31'],
    ['January 31, 2026', '2026-01-31'],
    ['0000-00-00', null],
    ['0000-00-00 00:00:00', null],
    ['', null],
  ])('%j is the day %j', (raw, canonical) => {
    expect(outcome(lensOf('date', 'date').fromPlatform(raw))).toBe(canonical);
  });

  test.each(['2026-02-30', '31/01/2026', 'tomorrow', '2026-1-31x', '0000-01-01', '26-01-31'])(
    '%j is no date',
    (raw) => {
      const refused = lensOf('date', 'date').fromPlatform(raw);
      expect(outcome(refused)).toBe('SYNC_VALUE_INVALID');
      expect(message(refused)).toContain(`“${raw}”`);
    },
  );

  test.each([
    ['1700-01-01', true],
    ['1699-12-31', false],
    ['4000-12-31', true],
    ['4001-01-01', false],
  ])('Salesforce keeps %s: %s', (day, kept) => {
    expect(lensOf('date', 'date').toSalesforce(day).ok).toBe(kept);
  });

  test('a text that holds a date is compared as a date and left in its own spelling', () => {
    const lens = lensOf('text', 'date');
    expect(outcome(lens.fromSalesforce('01/31/2026'))).toBe('2026-01-31');
    expect(outcome(lens.toSalesforce('2026-01-31'))).toBe('2026-01-31');
    expect(outcome(lens.fromSalesforce('soon'))).toBe('SYNC_VALUE_INVALID');
  });
});

describe('check boxes', () => {
  const lens = lensOf('checkbox', 'checkbox');

  test.each([
    ['||true||', true],
    ['true', true],
    [['true'], true],
    ['', false],
    ['||||', false],
    [null, false],
    [undefined, false],
  ])('the platform’s %j is %s', (raw, canonical) => {
    expect(outcome(lens.fromPlatform(raw))).toBe(canonical);
  });

  test('ticked is the option true, not ticked is empty', () => {
    expect(outcome(lens.toPlatform(true))).toBe('||true||');
    expect(outcome(lens.toPlatform(false))).toBe('');
    expect(outcome(lens.toSalesforce(false))).toBe(false);
  });

  test('another option is refused', () => {
    expect(outcome(lens.fromPlatform('||true||maybe||'))).toBe('SYNC_VALUE_INVALID');
  });
});

describe('options', () => {
  test('an option is found whatever the letters and written exactly', () => {
    const lens = lensOf('text', 'dropdown');
    expect(outcome(lens.fromSalesforce('hOT'))).toBe('Hot');
    expect(outcome(lens.toPlatform('Hot'))).toBe('Hot');
    expect(outcome(lens.fromSalesforce('WARM'))).toBe('Warm');
    expect(outcome(lens.toPlatform('Warm'))).toBe('Warm ');
  });

  test('a value that is no option is refused with the options', () => {
    const refused = lensOf('text', 'dropdown').toPlatform('Tepid');
    expect(outcome(refused)).toBe('SYNC_VALUE_NOT_IN_PICKLIST');
    expect(message(refused)).toMatch(/“Tepid”.*Hot, Warm/);
  });

  test('a restricted picklist takes its own values only, in its own letters', () => {
    const lens = lensOf('restrictedPicklist', 'dropdown');
    expect(outcome(lens.fromPlatform('Hot'))).toBe('Hot');
    expect(outcome(lens.toSalesforce('Hot'))).toBe('HOT');
    expect(outcome(lens.fromSalesforce('HOT'))).toBe('Hot');
    expect(outcome(lens.toSalesforce('10'))).toBe('SYNC_VALUE_NOT_IN_PICKLIST');
  });

  test('an unrestricted picklist takes new values', () => {
    expect(outcome(lensOf('picklist', 'text').toSalesforce('Brand new'))).toBe('Brand new');
  });

  test('a field without options says so', () => {
    const lens = createLens(salesforceSamples.text, platformField({ type: 'dropdown' }));
    expect(message(lens.toPlatform('x'))).toMatch(/no options/);
  });
});

describe('multi-select', () => {
  const lens = lensOf('multiselect', 'listbox');

  test('is a sorted set on both sides', () => {
    expect(outcome(lens.fromSalesforce('Warm;HOT; warm'))).toEqual(['Hot', 'Warm']);
    expect(outcome(lens.fromPlatform('||Warm ||Hot||'))).toEqual(['Hot', 'Warm']);
    expect(outcome(lens.fromPlatform(['Hot', 'Warm ']))).toEqual(['Hot', 'Warm']);
    expect(outcome(lens.toSalesforce(['Hot', 'Warm']))).toBe('hot;Warm');
    expect(outcome(lens.toPlatform(['Hot', 'Warm']))).toBe('||Hot||Warm ||');
  });

  test('nothing chosen is null on both sides', () => {
    expect(outcome(lens.fromSalesforce(';'))).toBeNull();
    expect(outcome(lens.fromPlatform('||||'))).toBeNull();
    expect(outcome(lens.toPlatform(null))).toBeNull();
    expect(outcome(lens.toSalesforce(null))).toBeNull();
  });

  test('one option that the platform lacks refuses the whole set', () => {
    expect(outcome(lens.toPlatform(['Hot', 'Tepid']))).toBe('SYNC_VALUE_NOT_IN_PICKLIST');
  });

  test('an option with a semicolon cannot live in Salesforce', () => {
    const bare = createLens(
      salesforceField({ type: 'multipicklist' }),
      platformField({ type: 'listbox', options: ['a;b'] }),
    );
    expect(outcome(bare.toSalesforce(['a;b']))).toBe('SYNC_VALUE_INVALID');
  });

  test('an option with bars at its edge cannot live on the platform', () => {
    const barred = createLens(
      salesforceField({ type: 'multipicklist' }),
      platformField({ type: 'listbox', options: ['a|'] }),
    );
    expect(outcome(barred.toPlatform(['a|']))).toBe('SYNC_VALUE_INVALID');
  });

  test('the joined text fits the field or is refused', () => {
    const short = createLens(
      salesforceField({ type: 'multipicklist', length: 3 }),
      platformField({ type: 'listbox', options: ['ab', 'cd'] }),
    );
    expect(outcome(short.toSalesforce(['ab', 'cd']))).toBe('SYNC_VALUE_TOO_LONG');
  });
});

describe('formulas', () => {
  test('a result goes out as text of one form', () => {
    expect(outcome(lensOf('numberFormula', 'text').fromSalesforce(12.5))).toBe('12.50');
    expect(outcome(lensOf('dateFormula', 'text').fromSalesforce('2026-01-31'))).toBe('2026-01-31');
    expect(outcome(lensOf('timeFormula', 'text').fromSalesforce('2026-01-31T10:00:00.000+0200'))).toBe(
      '2026-01-31T08:00:00Z',
    );
    expect(outcome(lensOf('booleanFormula', 'checkbox').fromSalesforce(true))).toBe(true);
  });

  test('whatever stands on the platform can be replaced', () => {
    expect(outcome(lensOf('numberFormula', 'text').fromPlatform('n/a'))).toBe('n/a');
  });

  test.each(['textFormula', 'numberFormula', 'booleanFormula'] as const)(
    'a %s is never written',
    (sample) => {
      const lens = lensOf(sample, sample === 'booleanFormula' ? 'checkbox' : 'text');
      expect(outcome(lens.toSalesforce(null))).toBe('SYNC_VALUE_INVALID');
      expect(outcome(lens.toSalesforce(sample === 'booleanFormula' ? true : '1'))).toBe('SYNC_VALUE_INVALID');
    },
  );
});

test('an unsupported pair has no lens', () => {
  expect(() => lensOf('multiselect', 'text')).toThrow(TypeError);
});
