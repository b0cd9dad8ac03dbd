import { Decimal } from 'decimal.js';
import { sentence } from '../../words/told.ts';
import type { Lens, PlatformField, SalesforceField } from '../types.ts';
import { parseNumber } from './number-text.ts';
import { ok, refused, show } from './result.ts';
import { textualLens } from './textual.ts';

/** Decimals that the platform's currency fields keep. */
const CURRENCY_SCALE = 2;
/** Salesforce integers are 32 bits wide. */
const INT_LIMIT = 2_147_483_647;

/**
 * Numbers as plain digits at the scale that both sides keep, rounded half up: `1234.50`, `-3`.
 * Formatted text is understood; what is not a number is refused.
 */
export function decimalLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const scale = decimalScale(salesforce, platform);
  const percent = salesforce.type.toLowerCase() === 'percent';
  return textualLens(salesforce, platform, {
    read(raw, field) {
      if (raw.trim() === '') return ok(null);
      const number = parseNumber(raw, { percent });
      return number === null
        ? refused(
            'SYNC_VALUE_INVALID',
            sentence('{value} in “{field}” is not a number.', { value: show(raw), field: field.label }),
          )
        : ok(plainDigits(number, scale));
    },
    writeSalesforce(value) {
      const number = parseNumber(value, { percent });
      if (number === null) {
        return refused(
          'SYNC_VALUE_INVALID',
          sentence('{value} for “{field}” is not a number.', { value: show(value), field: salesforce.label }),
        );
      }
      const limit = largest(salesforce);
      if (number.abs().greaterThan(limit)) {
        return refused(
          'SYNC_VALUE_INVALID',
          sentence('{value} is outside what “{field}” in Salesforce takes: up to {most}.', {
            value: show(value),
            field: salesforce.label,
            most: limit.toFixed(),
          }),
        );
      }
      const double = number.toNumber();
      return plainDigits(new Decimal(double), scale) === plainDigits(number, scale)
        ? ok(double)
        : refused(
            'SYNC_VALUE_INVALID',
            sentence('{value} has more digits than the 15 that “{field}” in Salesforce keeps exactly.', {
              value: show(value),
              field: salesforce.label,
            }),
          );
    },
  });
}

/** Rounded half up (away from zero) to so many decimals, without exponent and without a negative zero. */
export function plainDigits(number: Decimal, scale: number): string {
  // Rounded first: a number that rounds to zero loses its sign.
  return number.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP).toFixed(scale);
}

function decimalScale(salesforce: SalesforceField, platform: PlatformField): number {
  if (['int', 'long'].includes(salesforce.type.toLowerCase())) return 0;
  return platform.type === 'currency' ? Math.min(salesforce.scale, CURRENCY_SCALE) : salesforce.scale;
}

function largest(salesforce: SalesforceField): Decimal {
  const type = salesforce.type.toLowerCase();
  if (salesforce.precision === 0) return type === 'int' ? new Decimal(INT_LIMIT) : new Decimal('1e18');
  const integerDigits = Math.max(salesforce.precision - salesforce.scale, 0);
  return new Decimal(10).pow(integerDigits).minus(new Decimal(10).pow(-salesforce.scale));
}
