import { inEnglish, type Told } from '../words/told.ts';
import { catalogue, type ErrorCode, type ErrorEntry } from './error-catalogue.ts';

/**
 * The one error of the service: a stable code whose meaning and remedy stand in the catalogue.
 * `told` says what happened this time, `message` the same in English; it never holds a secret.
 */
export class SyncError extends Error {
  readonly code: ErrorCode;
  readonly told: Told;
  /** Vendor status codes, field names, ids: what helps a person find the cause. */
  readonly details: Readonly<Record<string, unknown>>;
  override readonly name = 'SyncError';

  constructor(
    code: ErrorCode,
    told: Told = catalogue[code].meaning,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(inEnglish(told), options);
    this.code = code;
    this.told = told;
    this.details = details;
  }

  get entry(): ErrorEntry {
    return catalogue[this.code];
  }

  get retryable(): boolean {
    return this.entry.retryable;
  }
}

export function isSyncError(error: unknown, code?: ErrorCode): error is SyncError {
  return error instanceof SyncError && (code === undefined || error.code === code);
}

/** A stored code in the catalogue's words; one that the catalogue no longer has counts as SYNC_INTERNAL. */
export function explain(code: string): ErrorEntry & { readonly code: ErrorCode } {
  const known = isErrorCode(code) ? code : 'SYNC_INTERNAL';
  return { code: known, ...catalogue[known] };
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}

export { catalogue, type ErrorCode };
