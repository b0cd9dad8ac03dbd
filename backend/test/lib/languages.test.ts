import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/lib/error-catalogue.ts';
import type { ErrorCode } from '../../src/lib/errors.ts';
import { inLanguage, inWords, wordsOf } from '../../src/lib/languages.ts';
import { spanish as sentences } from '../../src/words/spanish.ts';
import { sentence } from '../../src/words/told.ts';

const codes = Object.keys(catalogue) as ErrorCode[]; // The catalogue's keys are its codes.
const { meaning, remedy } = catalogue.SYNC_EMAIL_MISSING;
const spanish = wordsOf('SYNC_EMAIL_MISSING', 'es');

test.each(codes)('%s is explained in Spanish in words of its own', (code) => {
  const words = wordsOf(code, 'es');
  for (const part of ['meaning', 'action', 'remedy'] as const) {
    expect(words[part]).not.toBe('');
    expect(words[part]).not.toBe(catalogue[code][part]);
  }
});

test.each(Object.entries(sentences))('“%s” has the same places in Spanish', (english, translated) => {
  const places = (template: string) => template.match(/\{\w+\}/g)?.sort() ?? [];
  expect(places(translated)).toEqual(places(english));
});

test('no sentence has its Spanish in two places', async () => {
  const folder = join(import.meta.dirname, '../../src/words/spanish');
  const templates: string[] = [];
  for (const file of readdirSync(folder)) {
    const tables = (await import(join(folder, file))) as Record<string, Record<string, string>>; // What its files export.
    templates.push(...Object.values(tables).flatMap((table) => Object.keys(table)));
  }
  expect(templates.toSorted()).toEqual(Object.keys(sentences).sort());
});

describe('an answer in another language', () => {
  test('explains its codes in it, however deep they stand', () => {
    const answer = { records: [{ problem: { code: 'SYNC_EMAIL_MISSING', meaning, remedy, count: 3 } }] };
    expect(inLanguage(answer, 'es')).toEqual({
      records: [
        {
          problem: {
            code: 'SYNC_EMAIL_MISSING',
            meaning: spanish.meaning,
            remedy: spanish.remedy,
            count: 3,
          },
        },
      ],
    });
  });

  test('says what helps where it does not say what the code means', () => {
    const told = { code: 'SYNC_EMAIL_MISSING', remedy };
    expect(inLanguage(told, 'es')).toEqual({ ...told, remedy: spanish.remedy });
  });

  test('keeps everything else: codes of others, values that look like codes, empty ones', () => {
    const answer = { code: 'pair_unsupported', name: 'SYNC_EMAIL_MISSING', at: null, list: [1, true] };
    expect(inLanguage(answer, 'es')).toEqual(answer);
  });
});

describe('what is told about one case', () => {
  const required = sentence('“{field}” in Salesforce must not be empty.', { field: 'Last {Name}' });

  test('is put into either language, its values as they are', () => {
    expect(inWords(required, 'en')).toBe('“Last {Name}” in Salesforce must not be empty.');
    expect(inWords(required, 'es')).toBe('“Last {Name}”, en Salesforce, no puede quedar vacío.');
  });

  test('is translated with the sentences and meanings that stand in it', () => {
    const told = sentence('The last run failed and is tried again: {reason}', {
      reason: sentence('Salesforce did not answer: {reason}', {
        reason: sentence('No answer within {ms} ms.', { ms: 15_000 }),
      }),
    });
    expect(inWords(told, 'en')).toBe(
      'The last run failed and is tried again: Salesforce did not answer: No answer within 15000 ms.',
    );
    expect(inWords(told, 'es')).toBe(
      'La última ejecución falló y se vuelve a intentar: Salesforce no respondió: No hubo respuesta en 15000 ms.',
    );
    expect(inWords(meaning, 'es')).toBe(spanish.meaning);
  });

  test('stays as it is where it is a vendor’s, or a stored sentence that is not said any more', () => {
    expect(inWords('Salesforce: no', 'es')).toBe('Salesforce: no');
    const account = sentence('{object}: “{field}” cannot be written in Salesforce.', {
      object: sentence('Account'),
      field: 'Account',
    });
    expect(inWords(account, 'es')).toBe('Cuentas: en “Account” no se puede escribir en Salesforce.');
    const old = { says: 'There was {count} of it.', values: { count: 1 } };
    expect(inWords(old, 'es')).toBe('There was 1 of it.');
  });
});
