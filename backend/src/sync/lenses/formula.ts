import { DateTime } from 'luxon';
import { sentence } from '../../words/told.ts';
import type { Canonical, Lens, LensResult, PlatformField, SalesforceField } from '../types.ts';
import { parseNumber } from './number-text.ts';
import { readDate } from './date.ts';
import { plainDigits } from './decimal.ts';
import { ok, refused, show } from './result.ts';
import { normaliseText, readText } from './text.ts';
import { textualLens } from './textual.ts';

/**
 * A formula's or roll-up's result as text: numbers as plain digits at the field's scale, days as
 * `YYYY-MM-DD`, times in UTC. The platform's side is read as plain text,
 * so that whatever stands there can be replaced.
 */
export function formulaLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const lens = textualLens(salesforce, platform, {
    read: (raw) => ok(normaliseText(raw, 'many') || null),
    writeSalesforce: ok,
  });
  return {
    ...lens,
    fromSalesforce(raw) {
      const text = readText(raw, salesforce.label);
      if (!text.ok || text.value === null) return text;
      return readResult(text.value, salesforce);
    },
  };
}

function readResult(raw: string, salesforce: SalesforceField): LensResult<Canonical> {
  switch (salesforce.type.toLowerCase()) {
    case 'int':
    case 'long':
    case 'double':
    case 'currency':
    case 'percent': {
      const number = parseNumber(raw, { percent: true });
      return number === null ? unreadable(raw, salesforce) : ok(plainDigits(number, salesforce.scale));
    }
    case 'date':
      return readDate(raw, salesforce);
    case 'datetime': {
      const time = DateTime.fromISO(raw, { zone: 'utc' });
      return time.isValid ? ok(time.toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'")) : unreadable(raw, salesforce);
    }
    default:
      return ok(normaliseText(raw, 'many') || null);
  }
}

function unreadable(raw: string, salesforce: SalesforceField): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_INVALID',
    sentence('{value} is not a value of “{field}”.', { value: show(raw), field: salesforce.label }),
  );
}
