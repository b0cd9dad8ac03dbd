import { normaliseText } from './lenses/text.ts';

export type EmailResult =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly code: 'SYNC_EMAIL_MISSING' | 'SYNC_EMAIL_INVALID' };

/** The longest address that mail can carry (RFC 5321), and the longest part before the `@`. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

const LOCAL = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** An address as both sides compare it: trimmed, NFC, lower case. */
export function canonicalEmail(raw: string): string {
  return normaliseText(normaliseText(raw, 'one').toLowerCase(), 'one');
}

/** The address that a person is known by, or why it cannot be one. */
export function normaliseEmail(raw: string | null | undefined): EmailResult {
  const email = canonicalEmail(raw ?? '');
  if (email === '') return { ok: false, code: 'SYNC_EMAIL_MISSING' };
  return isEmail(email) ? { ok: true, email } : { ok: false, code: 'SYNC_EMAIL_INVALID' };
}

/** Whether a canonical address can receive mail by its form. Quoted local parts and bare hosts cannot be synced. */
export function isEmail(email: string): boolean {
  const at = email.lastIndexOf('@');
  const local = email.slice(0, Math.max(at, 0));
  const labels = email.slice(at + 1).split('.');
  return (
    email.length <= LONGEST &&
    local.length <= LONGEST_LOCAL &&
    LOCAL.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}
