import { describe, expect, test } from '@jest/globals';
import { parseNumber } from '../../src/sync/lenses/number-text.ts';
import { fc } from './properties.ts';

const parsed = (text: string): string | null => parseNumber(text, { percent: false })?.toFixed() ?? null;

describe('numbers in text', () => {
  test.each([
    ['1.234', '1.234'],
    ['1,234', '1234'],
    ['0,123', '0.123'],
    ['1,23', '1.23'],
    ['1234,567', '1234.567'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['12,34,567.8', '1234567.8'],
    ['1’234’567', '1234567'],
    ['.5', '0.5'],
    [',5', '0.5'],
    ['-.5', '-0.5'],
    ['+7', '7'],
    ['5-', '-5'],
    ['−5', '-5'],
    ['$-5', '-5'],
    ['-$5', '-5'],
    ['($5.00)', '-5'],
    ['R$ 1.000,00', '1000'],
    ['Rs.500', '500'],
    ['$.50', '0.5'],
    ['$5 USD', '5'],
    ['usd 5', '5'],
    ['5 kr', '5'],
    ['1e+21', '1000000000000000000000'],
  ])('%j is %s', (text, number) => {
    expect(parsed(text)).toBe(number);
  });

  test.each([
    '',
    '-',
    '$',
    '1 2',
    '1,2345,678',
    '1.234.56',
    '1,234.567,8',
    '(-5)',
    '-5-',
    '$5 %',
    '5 apples',
    'x5',
    '5 MM$',
    '5 K$',
  ])('%j is none', (text) => {
    expect(parsed(text)).toBeNull();
  });

  test('what a locale writes is read as the number that was written', () => {
    const locales = ['en-US', 'en-IN', 'de-DE', 'fr-FR', 'es-ES', 'de-CH', 'pt-BR', 'sv-SE', 'pl-PL'];
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }),
        fc.constantFrom('USD', 'EUR', 'GBP', 'SEK', 'PLN', 'CHF'),
        (locale, cents, currency) => {
          const amount = cents / 100;
          const written = new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount);
          expect(parsed(written)).toBe(String(amount === 0 ? 0 : amount));
        },
      ),
    );
  });

  test('no text makes it throw or guess beyond its digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789.,' -+()$€%eEk") }), (text) => {
        const digits = (value: string): string => value.replace(/\D/g, '').replace(/^0+|0+$/g, '');
        const number = parseNumber(text, { percent: false });
        if (number !== null && !/e/i.test(text)) expect(digits(number.toFixed())).toBe(digits(text));
      }),
    );
  });
});
