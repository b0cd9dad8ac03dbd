import { describe, expect, test } from '@jest/globals';
import { inWords } from '../../src/lib/languages.ts';
import { judgePair } from '../../src/sync/pairs.ts';
import type {
  PlatformField,
  PlatformFieldType,
  SalesforceField,
  SalesforceObject,
} from '../../src/sync/types.ts';
import { languages } from '../../src/words/language.ts';
import { inEnglish } from '../../src/words/told.ts';
import { platformField, platformSamples, salesforceField, salesforceSamples } from './fields.ts';

type Sample = keyof typeof salesforceSamples;

/** The table of supported combinations, written out once more: what each Salesforce field may be mapped to. */
const table: Readonly<Record<Sample, readonly PlatformFieldType[]>> = {
  checkbox: ['checkbox'],
  currency: ['text', 'hidden', 'currency', 'phone'],
  date: ['date'],
  email: ['text', 'hidden', 'dropdown', 'radio', 'email'],
  number: ['text', 'hidden', 'dropdown', 'radio', 'number', 'phone'],
  integer: ['text', 'hidden', 'dropdown', 'radio', 'number', 'phone'],
  picklist: ['text', 'hidden', 'dropdown', 'radio', 'phone'],
  restrictedPicklist: ['text', 'hidden', 'dropdown', 'radio', 'phone'],
  text: ['text', 'hidden', 'dropdown', 'radio', 'date', 'phone'],
  url: ['text', 'hidden', 'dropdown', 'radio', 'phone'],
  percent: ['text', 'hidden', 'phone'],
  phone: ['text', 'hidden', 'phone'],
  encrypted: ['text', 'hidden', 'phone'],
  multiselect: ['listbox'],
  textarea: ['text', 'textarea', 'hidden', 'phone'],
  longTextarea: ['textarea', 'hidden'],
  textFormula: ['text', 'textarea', 'hidden', 'phone'],
  numberFormula: ['text', 'textarea', 'hidden', 'phone'],
  dateFormula: ['text', 'textarea', 'hidden', 'phone'],
  timeFormula: ['text', 'textarea', 'hidden', 'phone'],
  booleanFormula: ['checkbox'],
};

describe('the table of supported combinations', () => {
  test.each(Object.keys(table) as Sample[])('a %s pairs with exactly the types of its row', (sample) => {
    const allowed = Object.values(platformSamples)
      .filter((platform) => judgePair(salesforceSamples[sample], platform, 'Contact').allowed)
      .map((platform) => platform.type);
    expect(allowed.sort()).toEqual([...table[sample]].sort());
  });

  test.each([
    ['datetime', /date and time/],
    ['reference', /lookup/],
    ['location', /geolocation/],
    ['time', /time of day/],
    ['address', /street, city/],
    ['id', /record id/],
    ['base64', /file/],
    ['anytype', /“anytype”/],
  ])('a Salesforce %s is refused by every platform field, with the reason', (type, reason) => {
    const field = salesforceField({ type, label: 'My field' });
    for (const platform of Object.values(platformSamples)) {
      if (platform.type === 'email') continue;
      expect(reasonOf(field, platform)).toMatch(reason);
    }
  });

  test('an auto-number is refused although describe calls it a string', () => {
    expect(reasonOf(salesforceField({ autoNumber: true, createable: false, updateable: false }))).toMatch(
      /numbered by Salesforce/,
    );
  });

  test('a deal field is never offered', () => {
    expect(reasonOf(salesforceField(), platformField({ key: 'deal:3' }))).toMatch(/deal/);
  });

  test.each(languages)('every refusal is a sentence that names the field, in %s', (language) => {
    for (const salesforce of Object.values(salesforceSamples)) {
      for (const platform of Object.values(platformSamples)) {
        const verdict = judgePair(salesforce, platform, 'Contact');
        if (verdict.allowed) continue;
        const reason = inWords(verdict.reason, language);
        expect(reason).toMatch(/\.$/);
        expect(reason).toMatch(new RegExp(`${salesforce.label}|${platform.label}`));
      }
    }
  });
});

test('refusals and notes are told in words of each language', () => {
  const kinds = new Set<boolean>();
  for (const salesforce of Object.values(salesforceSamples)) {
    for (const platform of Object.values(platformSamples)) {
      const verdict = judgePair(salesforce, platform, 'Lead');
      const told = verdict.allowed ? verdict.note : verdict.reason;
      if (told === undefined) continue;
      expect(inWords(told, 'es')).not.toBe(inWords(told, 'en'));
      kinds.add(verdict.allowed);
    }
  }
  expect(kinds).toEqual(new Set([true, false]));
});

test('a refusal lists what the field can be mapped to, in the words of each language', () => {
  const verdict = judgePair(salesforceSamples.percent, platformSamples.listbox, 'Lead');
  const told = verdict.allowed ? '' : verdict.reason;
  const [salesforce, platform] = [salesforceSamples.percent.label, platformSamples.listbox.label];
  expect(inWords(told, 'en')).toBe(
    `“${salesforce}” is a percent field and can be mapped to: text input, hidden field. “${platform}” is a list box.`,
  );
  expect(inWords(told, 'es')).toBe(
    `“${salesforce}” es un campo de porcentaje y se puede asignar a: entrada de texto, campo oculto. “${platform}” es de otro tipo: cuadro de lista.`,
  );
});

describe('check boxes', () => {
  test.each([
    { options: ['true'], allowed: true },
    { options: ['true', ''], allowed: true },
    { options: ['True'], allowed: false },
    { options: ['true', 'false'], allowed: false },
    { options: ['yes'], allowed: false },
    { options: [], allowed: false },
  ])('with the options $options: allowed is $allowed', ({ options, allowed }) => {
    const platform = platformField({ type: 'checkbox', options });
    expect(judgePair(salesforceSamples.checkbox, platform, 'Lead').allowed).toBe(allowed);
  });
});

describe('directions', () => {
  test.each(['textFormula', 'numberFormula', 'dateFormula', 'timeFormula', 'booleanFormula'] as const)(
    'a %s goes to the platform only, with a note that says so',
    (sample) => {
      const platform = platformSamples[sample === 'booleanFormula' ? 'checkbox' : 'text'];
      const verdict = judgePair(salesforceSamples[sample], platform, 'Lead');
      expect(verdict).toMatchObject({ allowed: true, direction: 'outbound' });
      expect(verdict.allowed && verdict.note ? inEnglish(verdict.note) : '').toMatch(/platform only/);
    },
  );

  test('a field that Salesforce only shows goes to the platform only', () => {
    const name = salesforceField({ name: 'Name', createable: false, updateable: false });
    expect(judgePair(name, platformSamples.text, 'Contact')).toMatchObject({ direction: 'outbound' });
  });

  test.each([
    ['lastName', 'Contact'],
    ['account', 'Lead'],
    ['name', 'Account'],
  ] as const)('a formula cannot fill the platform’s %s', (key, object) => {
    const reason = reasonOf(salesforceSamples.textFormula, platformField({ key }), object);
    expect(reason).toMatch(/formula/);
  });

  test('a formula cannot fill the email address', () => {
    expect(judgePair(salesforceSamples.textFormula, platformSamples.email, 'Lead').allowed).toBe(false);
  });

  test('a formula may fill the first name', () => {
    const verdict = judgePair(salesforceSamples.textFormula, platformField({ key: 'firstName' }), 'Lead');
    expect(verdict.allowed).toBe(true);
  });
});

describe('what a pair loses', () => {
  test.each([
    ['text', 'text', false],
    ['text', 'dropdown', true],
    ['text', 'date', true],
    ['date', 'date', false],
    ['number', 'text', true],
    ['number', 'number', false],
    ['currency', 'currency', false],
    ['currency', 'text', true],
    ['email', 'email', false],
    ['email', 'text', true],
    ['restrictedPicklist', 'text', true],
    ['picklist', 'text', false],
    ['multiselect', 'listbox', true],
    ['checkbox', 'checkbox', false],
    ['longTextarea', 'textarea', false],
  ] as const)('%s with %s: lossy is %s', (salesforce, platform, lossy) => {
    expect(judgePair(salesforceSamples[salesforce], platformSamples[platform], 'Lead')).toMatchObject({
      lossy,
    });
  });

  test('a list box with the picklist’s own options loses nothing', () => {
    const values = ['a', 'b'];
    const salesforce = salesforceField({ type: 'multipicklist', picklistValues: values });
    const platform = platformField({ type: 'listbox', options: ['b', 'a'] });
    expect(judgePair(salesforce, platform, 'Lead')).toMatchObject({ lossy: false });
  });
});

describe('default policies', () => {
  test('an opt-out is decided for the opt-out, options are united, the rest is Salesforce’s', () => {
    const optOut = salesforceField({ name: 'HasOptedOutOfEmail', type: 'boolean' });
    expect(judgePair(optOut, platformSamples.checkbox, 'Lead')).toMatchObject({
      defaultPolicy: 'most_restrictive',
    });
    expect(judgePair(salesforceSamples.multiselect, platformSamples.listbox, 'Lead')).toMatchObject({
      defaultPolicy: 'union',
    });
    expect(judgePair(salesforceSamples.text, platformSamples.text, 'Lead')).toMatchObject({
      defaultPolicy: 'salesforce',
    });
  });
});

function reasonOf(
  salesforce: SalesforceField,
  platform: PlatformField = platformSamples.text,
  object: SalesforceObject = 'Lead',
): string {
  const verdict = judgePair(salesforce, platform, object);
  return verdict.allowed ? '' : inEnglish(verdict.reason);
}
