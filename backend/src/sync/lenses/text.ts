import { sentence } from '../../words/told.ts';
import type { LensResult } from '../types.ts';
import { ok, refused, show } from './result.ts';

/** Printable ASCII without spaces at the ends is canonical already. */
const CANONICAL_ASCII = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * Text as both sides can hold it: NFC, trimmed, newlines as `\n`, no control characters and no broken
 * surrogates (neither side, nor the database, keeps those). In single-line text a newline is a space.
 * A fixed point: normalising twice changes nothing.
 */
export function normaliseText(raw: string, lines: 'one' | 'many'): string {
  if (CANONICAL_ASCII.test(raw)) return raw;
  const text = raw
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .normalize('NFC');
  return (lines === 'one' ? text.replace(/\n+/g, ' ') : text).trim();
}

/** The text of a raw value of either side; an empty value is null. Numbers and booleans read as their text. */
export function readText(raw: unknown, label: string): LensResult<string | null> {
  if (raw === null || raw === undefined || raw === '') return ok(null);
  if (typeof raw === 'string') return ok(raw);
  if (typeof raw === 'number' || typeof raw === 'boolean') return ok(String(raw));
  if (Array.isArray(raw) && raw.length <= 1) return readText(raw[0], label);
  return refused(
    'SYNC_VALUE_INVALID',
    sentence(
      Array.isArray(raw)
        ? '“{field}” takes one text, but the value is a list: {value}.'
        : '“{field}” takes one text, but the value is {value}.',
      { field: label, value: show(raw) },
    ),
  );
}
