import { describe, expect, test } from '@jest/globals';
import { Settings } from 'luxon';
import { createLens } from '../../src/sync/lens.ts';
import { platformField, platformSamples, salesforceField, salesforceSamples } from './fields.ts';
import { fc } from './properties.ts';
import { currencies, locales, money, zoneOffsets } from './worldwide.ts';

/** Beyond the laws: that both sides mean the same, however it is written. */

const amounts = fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map((cents) => cents / 100);
const days = fc
  .date({ min: new Date('1700-01-01'), max: new Date('4000-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const times = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

/** With the machine in another time zone. */
function inZone<T>(zone: string, work: () => T): T {
  Settings.defaultZone = zone;
  try {
    return work();
  } finally {
    Settings.defaultZone = 'system';
  }
}

const zones = fc.constantFrom(
  'UTC',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kolkata',
);

describe('money', () => {
  test.each(['currency', 'text', 'hidden'] as const)(
    'in a %s is the amount that any locale wrote',
    (type) => {
      const lens = createLens(salesforceSamples.currency, platformSamples[type]);
      fc.assert(
        fc.property(
          amounts,
          fc.constantFrom(...locales),
          fc.constantFrom(...currencies),
          (amount, locale, currency) => {
            const read = lens.fromPlatform(money(amount, locale, currency));
            expect(read).toEqual(lens.fromSalesforce(amount));
            expect(read.ok && lens.toSalesforce(read.value)).toEqual({
              ok: true,
              value: amount === 0 ? 0 : amount,
            });
          },
        ),
      );
    },
  );
});

describe('days', () => {
  const lens = createLens(salesforceSamples.date, platformSamples.date);

  test('are the day as written, in whatever zone it was written and is read', () => {
    fc.assert(
      fc.property(days, times, fc.constantFrom('', ...zoneOffsets), zones, (day, time, offset, zone) => {
        for (const text of [day, `${day}T${time}${offset}`, `${day} ${time}`]) {
          expect(inZone(zone, () => lens.fromPlatform(text))).toEqual({ ok: true, value: day });
        }
        expect(inZone(zone, () => lens.fromSalesforce(day))).toEqual({ ok: true, value: day });
        expect(inZone(zone, () => lens.toSalesforce(day))).toEqual({ ok: true, value: day });
        expect(inZone(zone, () => lens.toPlatform(day))).toEqual({ ok: true, value: day });
      }),
    );
  });

  test('a formula’s date and time is the same moment, in whatever zone it is told and read', () => {
    const moments = createLens(salesforceSamples.timeFormula, platformSamples.text);
    fc.assert(
      fc.property(days, times, fc.constantFrom(...zoneOffsets), zones, (day, time, offset, zone) => {
        const told = `${day}T${time}.000${offset}`;
        const moment = new Date(told.replace('+0000', 'Z')).toISOString().replace('.000Z', 'Z');
        fc.pre(/^\d{4}-/.test(moment));
        expect(inZone(zone, () => moments.fromSalesforce(told))).toEqual({ ok: true, value: moment });
      }),
    );
  });
});

describe('text', () => {
  const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
  const lenses = (['text', 'textarea', 'hidden'] as const).map((type) =>
    createLens(salesforceSamples.textarea, platformSamples[type]),
  );

  test('is the same however its letters are composed, on either side', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const lens of lenses) {
          const read = lens.fromPlatform(text);
          for (const form of ['NFC', 'NFD'] as const) {
            expect(lens.fromPlatform(text.normalize(form))).toEqual(read);
            expect(lens.fromSalesforce(text.normalize(form))).toEqual(read);
          }
        }
      }),
    );
  });

  test('keeps its case, its emoji and its direction', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'A', 'ß', 'İ', 'ı', '😀', '👩🏽‍🚀', '🇪🇸', 'ש', 'م', '\u200f', '\u0301', '中'),
      minLength: 1,
    });
    fc.assert(
      fc.property(letters, (text) => {
        for (const lens of lenses) {
          const read = lens.fromPlatform(`x${text}x`);
          expect(read).toEqual({ ok: true, value: `x${text}x`.normalize('NFC') });
        }
      }),
    );
  });

  test('is refused from one character beyond the field’s length on, and whole up to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 255 }),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
        (length, text) => {
          const lens = createLens(salesforceField({ length }), platformField());
          const read = lens.fromPlatform(text);
          if (!read.ok || typeof read.value !== 'string') return;
          const put = lens.toSalesforce(read.value);
          if (read.value.length <= length) expect(put).toEqual({ ok: true, value: read.value });
          else expect(put).toMatchObject({ ok: false, code: 'SYNC_VALUE_TOO_LONG' });
        },
      ),
    );
  });
});

describe('options', () => {
  test('of a list are the same set in any order and case, and are written as each side spells them', () => {
    const spelled = ['hot', 'Warm', 'Cold & wet', 'Señal, única'];
    const lens = createLens(
      salesforceField({ name: 'Multi__c', type: 'multipicklist', length: 4099, picklistValues: spelled }),
      platformField({ type: 'listbox', options: spelled.map((option) => option.toUpperCase()) }),
    );
    const anyCase = (option: string) =>
      fc.constantFrom(
        option,
        option.toLowerCase(),
        option.toUpperCase(),
        option.normalize('NFD'),
        ` ${option} `,
      );
    const chosen = fc.subarray(spelled).chain((subset) =>
      fc.tuple(
        fc.constant(subset),
        fc
          .shuffledSubarray(subset, { minLength: subset.length })
          .chain((items) => fc.tuple(...items.map(anyCase))),
      ),
    );
    fc.assert(
      fc.property(chosen, ([subset, written]) => {
        const read = lens.fromSalesforce(written.join(';'));
        expect(lens.fromPlatform(written)).toEqual(read);
        expect(lens.fromPlatform(`||${written.join('||')}||`)).toEqual(read);
        if (!read.ok || read.value === null) return expect(subset).toEqual([]);
        const put = lens.toSalesforce(read.value);
        expect(put.ok && String(put.value).split(';').sort()).toEqual([...subset].sort());
      }),
    );
  });

  test('of a drop-down and a picklist are found in any case and written as spelled', () => {
    const spelled = ['Hot', 'WARM', 'cold & wet', 'Señal, única'];
    const lens = createLens(
      salesforceField({
        name: 'Pick__c',
        type: 'picklist',
        restrictedPicklist: true,
        picklistValues: spelled,
      }),
      platformField({ type: 'dropdown', options: spelled.map((option) => option.toLowerCase()) }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...spelled),
        fc.constantFrom('upper', 'lower', 'decomposed'),
        (option, how) => {
          const written =
            how === 'upper'
              ? option.toUpperCase()
              : how === 'lower'
                ? option.toLowerCase()
                : option.normalize('NFD');
          const read = lens.fromPlatform(written);
          expect(lens.fromSalesforce(written)).toEqual(read);
          expect(read.ok && lens.toSalesforce(read.value)).toEqual({ ok: true, value: option });
          expect(read.ok && lens.toPlatform(read.value)).toEqual({ ok: true, value: option.toLowerCase() });
        },
      ),
    );
  });

  test('of a check box: ticked is ticked in any case', () => {
    const lens = createLens(salesforceSamples.checkbox, platformSamples.checkbox);
    fc.assert(
      fc.property(fc.mixedCase(fc.constantFrom('true', '||true||', ' true ')), (text) => {
        expect(lens.fromPlatform(text)).toEqual({ ok: true, value: true });
      }),
    );
  });
});
