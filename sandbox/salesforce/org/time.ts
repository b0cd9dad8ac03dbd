import { DateTime } from 'luxon';

/** A stored DateTime: ISO in UTC, cut to whole seconds as Salesforce keeps it. */
export function stampOf(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}

/** How REST shows a stored DateTime: `2026-11-22T10:00:00.000+0000`. */
export function wireDateTime(stored: string): string {
  return stored.endsWith('Z') ? `${stored.slice(0, -1)}+0000` : stored;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** `YYYY-MM-DD` if the text is a real calendar date, else undefined. */
export function parseDate(text: string): string | undefined {
  return DATE.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid ? text : undefined;
}

/** The stored form of an ISO date-time with an offset, else undefined. */
export function parseDateTime(text: string): string | undefined {
  if (!DATE_TIME.test(text)) return undefined;
  const parsed = DateTime.fromISO(text, { zone: 'utc' });
  return parsed.isValid ? stampOf(parsed.toMillis()) : undefined;
}
