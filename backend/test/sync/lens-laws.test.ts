import { describe, expect, test } from '@jest/globals';
import { fc } from './properties.ts';
import { createLens } from '../../src/sync/lens.ts';
import { judgePair } from '../../src/sync/pairs.ts';
import type { Canonical, LensResult, PlatformValue } from '../../src/sync/types.ts';
import { options, platformSamples, salesforceSamples } from './fields.ts';

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
  ),
  fc.emailAddress().chain(anyCase),
  fc.constantFrom('true', 'TRUE', 'false', '||true||'),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
  fc.integer({ min: -99_999, max: 99_999 }),
  fc.constantFrom(0, -0, 0.005, 1.005, -2.5, 1e21, 1e-9),
);
const numberTexts = numbers.chain((number) =>
  fc.constantFrom(
    String(number),
    `$${number.toLocaleString('en-US', { maximumFractionDigits: 4 })}`,
    `${number.toLocaleString('de-DE', { maximumFractionDigits: 4 })} €`,
    `(${Math.abs(number).toLocaleString('en-US')})`,
  ),
);
const dates = fc
  .date({ min: new Date('1600-01-01'), max: new Date('4100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
  .chain((iso) => fc.constantFrom(iso, iso.slice(0, 10), iso.slice(0, 10).replaceAll('-', '/')));
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

/** Platform types that are translated as another one is: a hidden field as a text input, a radio as a drop-down. */
const alike = new Set(['hidden', 'phone', 'radio']);

const pairs = Object.entries(salesforceSamples).flatMap(([salesforceKind, salesforce]) =>
  Object.entries(platformSamples)
    .filter(([type, platform]) => !alike.has(type) && judgePair(salesforce, platform, 'Contact').allowed)
    .map(([platformKind, platform]) => ({
      name: `${salesforceKind} with ${platformKind}`,
      salesforce,
      platform,
    })),
);

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
          if (!read.ok) expect(read.message).toMatch(/“.+”.*\.$/s);
        }
      }),
    );
  });
});
