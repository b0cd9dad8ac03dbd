import { DateTime } from 'luxon';
import { sentence } from '../../words/told.ts';
import type { Lens, LensResult, PlatformField, SalesforceField } from '../types.ts';
import { ok, refused, show } from './result.ts';
import { textualLens, withinLength } from './textual.ts';

/** The dates that Salesforce keeps. */
const EARLIEST = '1700-01-01';
const LATEST = '4000-12-31';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?$/;
/** The form that both vendors answer, of days that every month has: right without a calendar. */
const PLAIN = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;
/** Other spellings that are understood; `01/02/2026` is read as the platform writes it, month first. */
const FORMATS = [
  'yyyy/M/d',
  'M/d/yyyy',
  'd.M.yyyy',
  'yyyyMMdd',
  'd MMM yyyy',
  'd MMMM yyyy',
  'MMM d, yyyy',
  'MMMM d, yyyy',
];

/**
 * Calendar days as `YYYY-MM-DD`. Of a date and time the day is taken as it is written, in its own zone.
 * On the Salesforce side the field is a date, or a text that holds one.
 */
export function dateLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const isText = salesforce.type.toLowerCase() !== 'date';
  return textualLens(salesforce, platform, {
    read: readDate,
    writeSalesforce(value) {
      if (isText) return withinLength(value, salesforce);
      if (value >= EARLIEST && value <= LATEST) return ok(value);
      return refused(
        'SYNC_VALUE_INVALID',
        sentence('{value} is outside the dates that Salesforce keeps: {earliest} to {latest}.', {
          value: show(value),
          earliest: EARLIEST,
          latest: LATEST,
        }),
      );
    },
  });
}

/** The day that a text names; null for an empty one and for the platform's zero date. */
export function readDate(raw: string, field: { readonly label: string }): LensResult<string | null> {
  const text = raw.trim();
  if (PLAIN.test(text)) return ok(text);
  if (text === '' || text.startsWith('0000-00-00')) return ok(null);
  const iso = ISO.exec(text);
  const day = iso ? DateTime.utc(Number(iso[1]), Number(iso[2]), Number(iso[3])) : parseStated(text);
  if (day?.isValid !== true || day.year < 1) {
    return refused(
      'SYNC_VALUE_INVALID',
      sentence('{value} in “{field}” is not a date; write it as 2026-01-31.', {
        value: show(raw),
        field: field.label,
      }),
    );
  }
  return ok(day.toISODate());
}

function parseStated(text: string): DateTime | null {
  for (const format of FORMATS) {
    const day = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
    if (day.isValid) return day;
  }
  return null;
}
