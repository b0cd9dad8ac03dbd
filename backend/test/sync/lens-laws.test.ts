import { describe, expect, test } from '@jest/globals';
import { fc } from './properties.ts';
import { createLens } from '../../src/sync/lens.ts';
import { judgePair } from '../../src/sync/pairs.ts';
import type {
  Canonical,
  LensResult,
  PlatformField,
  PlatformValue,
  SalesforceField,
} from '../../src/sync/types.ts';
import { inEnglish } from '../../src/words/told.ts';
import { options, platformSamples, salesforceField, salesforceSamples } from './fields.ts';
import { currencies, locales, money, zoneOffsets } from './worldwide.ts';

/** What travels between the systems is JSON. */
function wire<T>(value: T): T {
  // A JSON value comes back with the type that it went in with.
  return JSON.parse(JSON.stringify(value)) as T;
}

const anyCase = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text.toUpperCase(), text.toLowerCase(), ` ${text}\u00a0`, text.normalize('NFD'));

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...options).chain(anyCase),
  fc.constantFrom(
    '',
    ' ',
    'é',
    'e\u0301',
    '\u212b',
    '\u037e',
    'a\r\nb',
    'a\rb\u2028c',
    '\ud800',
    '\0x',
    '\ufeffx',
    '||',
    'ﬁ',
    'İ',
    'ς',
    'שלום עולם',
    'مرحبا\u200f!',
    '👩🏽‍🚀👨‍👩‍👧‍👦🇪🇸',
    'Z͑ͫ̓ͪ̂ͫ',
    '한국',
    'Đặng Thị Ánh',
  ),
  fc.integer({ min: 38, max: 300 }).map((length) => 'é'.repeat(length)),
  fc.emailAddress().chain(anyCase),
  fc.constantFrom('true', 'TRUE', 'false', '||true||'),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.integer({ min: -99_999, max: 99_999 }),
  fc.constantFrom(0, -0, 0.005, 1.005, -2.5, 1e21, 1e-9),
);
const numberTexts = fc.oneof(
  numbers.map(String),
  numbers.map((number) => `(${Math.abs(number).toLocaleString('en-US')})`),
  fc
    .tuple(numbers, fc.constantFrom(...locales), fc.constantFrom(...currencies))
    .map(([number, locale, currency]) => money(number, locale, currency)),
);
const dates = fc
  .date({ min: new Date('1600-01-01'), max: new Date('4100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
  .chain((iso) =>
    fc.constantFrom(
      iso,
      iso.slice(0, 10),
      iso.slice(0, 10).replaceAll('-', '/'),
      ...zoneOffsets.map((offset) => iso.replace('Z', offset)),
    ),
  );
const lists = fc.array(fc.oneof(fc.constantFrom(...options).chain(anyCase), texts), { maxLength: 5 });

const fromSalesforceWorld: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, undefined, true, false),
  texts,
  numbers,
  numberTexts,
  dates,
  lists.map((items) => items.join(';')),
);
const fromPlatformWorld: fc.Arbitrary<PlatformValue | undefined> = fc.oneof(
  fc.constantFrom(null, undefined),
  texts,
  numberTexts,
  dates,
  lists,
  lists.map((items) => `||${items.join('||')}||`),
);

/** Types of one row of the table that differ in their bounds, beside the samples of each row. */
const further = {
  long: salesforceField({ name: 'Long__c', type: 'long', length: 0, precision: 18 }),
  combobox: salesforceField({ name: 'Combo__c', type: 'combobox', picklistValues: [...options] }),
  ...Object.fromEntries(
    ['textarea', 'picklist', 'int', 'long', 'currency', 'percent'].map((type) => [
      `${type}Formula`,
      salesforceField({
        name: `Formula_${type}__c`,
        type,
        calculated: true,
        createable: false,
        updateable: false,
        precision: 18,
        scale: type === 'int' || type === 'long' ? 0 : 2,
      }),
    ]),
  ),
};

const pairs = Object.entries({ ...salesforceSamples, ...further }).flatMap(([salesforceKind, salesforce]) =>
  Object.entries(platformSamples)
    .filter(([, platform]) => judgePair(salesforce, platform, 'Contact').allowed)
    .map(([platformKind, platform]) => ({
      name: `${salesforceKind} with ${platformKind}`,
      salesforce,
      platform,
    })),
);

/** What a describe may say of a field (Object Reference, "Field Types", and the types of REST's describe). */
const describedTypes = [
  'address',
  'anyType',
  'base64',
  'boolean',
  'combobox',
  'complexvalue',
  'currency',
  'datacategorygroupreference',
  'date',
  'datetime',
  'double',
  'email',
  'encryptedstring',
  'id',
  'int',
  'json',
  'location',
  'long',
  'multipicklist',
  'percent',
  'phone',
  'picklist',
  'reference',
  'string',
  'textarea',
  'time',
  'url',
];

test('the laws are tried on every pair that can be mapped', () => {
  const tried = new Set(pairs.map(({ salesforce, platform }) => keyOf(salesforce, platform)));
  const offered = describedTypes.flatMap((type) =>
    [false, true].flatMap((calculated) =>
      [255, 32_768].flatMap((length) =>
        Object.values(platformSamples).flatMap((platform) => {
          const salesforce = salesforceField({ name: 'Any__c', type, calculated, length });
          return judgePair(salesforce, platform, 'Contact').allowed ? keyOf(salesforce, platform) : [];
        }),
      ),
    ),
  );
  expect(new Set(offered).size).toBeGreaterThan(60);
  expect([...new Set(offered)].filter((pair) => !tried.has(pair))).toEqual([]);
});

/** What a pair's lens may depend on. */
function keyOf({ type, calculated, length }: SalesforceField, platform: PlatformField): string {
  const isLong = type === 'textarea' && !calculated && length > 255;
  return `${isLong ? 'long ' : ''}${type}${calculated ? ' formula' : ''} with ${platform.type}`;
}

describe.each(pairs)('$name', ({ salesforce, platform }) => {
  const lens = createLens(salesforce, platform);
  const canonical = fc
    .oneof(
      fromSalesforceWorld.map((raw) => lens.fromSalesforce(raw)),
      fromPlatformWorld.map((raw) => lens.fromPlatform(raw)),
    )
    .filter((read): read is Extract<LensResult<Canonical>, { ok: true }> => read.ok)
    .map((read) => read.value);

  test('what is put on the platform is got back', () => {
    let put = 0;
    fc.assert(
      fc.property(canonical, (value) => {
        const written = lens.toPlatform(value);
        if (!written.ok) return;
        put += 1;
        expect(lens.fromPlatform(wire(written.value))).toEqual({ ok: true, value });
      }),
    );
    expect(put).toBeGreaterThan(0);
  });

  test('what is put in Salesforce is got back, also as text of the Bulk API', () => {
    let put = 0;
    fc.assert(
      fc.property(canonical, (value) => {
        const written = lens.toSalesforce(value);
        if (!written.ok) return;
        put += 1;
        expect(lens.fromSalesforce(wire(written.value))).toEqual({ ok: true, value });
        expect(lens.fromSalesforce(written.value === null ? '' : String(written.value))).toEqual({
          ok: true,
          value,
        });
      }),
    );
    if (salesforce.calculated) expect(put).toBe(0);
    else expect(put).toBeGreaterThan(0);
  });

  test('a record that holds what it would be given is not changed', () => {
    fc.assert(
      fc.property(fromSalesforceWorld, fromPlatformWorld, (ours, theirs) => {
        const [inSalesforce, onPlatform] = [lens.fromSalesforce(ours), lens.fromPlatform(theirs)];
        if (inSalesforce.ok) {
          const put = lens.toSalesforce(inSalesforce.value);
          if (put.ok) expect(lens.fromSalesforce(put.value)).toEqual(inSalesforce);
        }
        if (onPlatform.ok) {
          const put = lens.toPlatform(onPlatform.value);
          if (put.ok) expect(lens.fromPlatform(put.value)).toEqual(onPlatform);
        }
      }),
    );
  });

  test('what goes from one side to the other and back is what it was', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        const there = lens.toPlatform(value);
        const seen = there.ok ? lens.fromPlatform(wire(there.value)) : there;
        const back = seen.ok ? lens.toSalesforce(seen.value) : seen;
        if (back.ok) expect(lens.fromSalesforce(wire(back.value))).toEqual({ ok: true, value });
      }),
    );
  });

  test('nothing is cut off: what is put in Salesforce fits the field', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        const put = lens.toSalesforce(value);
        if (put.ok && typeof put.value === 'string' && salesforce.length > 0)
          expect(put.value.length).toBeLessThanOrEqual(salesforce.length);
      }),
    );
  });

  test('canonical values are ones that the database keeps, and empty is null', () => {
    fc.assert(
      fc.property(canonical, (value) => {
        expect(value).not.toBe('');
        expect(value).not.toEqual([]);
        const text = JSON.stringify(value);
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(text.normalize('NFC')).toBe(text);
      }),
    );
  });

  test('no value of either side makes it throw, and every refusal names the field', () => {
    fc.assert(
      fc.property(fromSalesforceWorld, fromPlatformWorld, (ours, theirs) => {
        for (const read of [lens.fromSalesforce(ours), lens.fromPlatform(theirs)]) {
          if (!read.ok) expect(inEnglish(read.message)).toMatch(/“.+”.*\.$/s);
        }
      }),
    );
  });
});
