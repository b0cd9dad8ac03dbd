import { type Sentence } from '../../words/told.ts';
import type { IssueCode, LensResult } from '../types.ts';

const SHOWN = 80;

export function ok<T>(value: T): LensResult<T> {
  return { ok: true, value };
}

export function refused(
  code: IssueCode,
  message: Sentence,
): { readonly ok: false; readonly code: IssueCode; readonly message: Sentence } {
  return { ok: false, code, message };
}

/** A value as it may stand in a message: quoted and cut to a readable length. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  return `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`;
}
