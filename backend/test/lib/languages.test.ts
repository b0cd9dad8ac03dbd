import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/lib/error-catalogue.ts';
import type { ErrorCode } from '../../src/lib/errors.ts';
import { inLanguage, wordsOf } from '../../src/lib/languages.ts';

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

  test('translates a message that only says what the code means, and keeps the words of vendors', () => {
    const told = (message: string) => ({ code: 'SYNC_EMAIL_MISSING', meaning, message });
    expect(inLanguage(told(meaning), 'es')).toMatchObject({ message: spanish.meaning });
    expect(inLanguage(told('Salesforce: no'), 'es')).toMatchObject({ message: 'Salesforce: no' });
  });

  test('keeps everything else: codes of others, values that look like codes, empty ones', () => {
    const answer = { code: 'pair_unsupported', name: 'SYNC_EMAIL_MISSING', at: null, list: [1, true] };
    expect(inLanguage(answer, 'es')).toEqual(answer);
  });
});
