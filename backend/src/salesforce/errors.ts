import { z } from 'zod';
import { catalogue, SyncError, type ErrorCode } from '../lib/errors.ts';
import { parseJson } from '../lib/http.ts';
import { inEnglish, sentence, type Told } from '../words/told.ts';
import type { SaveOutcome } from './types.ts';

/** One complaint of Salesforce, whichever door it came from. */
export interface VendorError {
  /** `errorCode` of a call, `statusCode` of a row. */
  readonly vendorCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** Salesforce answered a call with an error: all that it said. */
export class SalesforceRefusal extends Error {
  readonly status: number;
  readonly errors: readonly [VendorError, ...VendorError[]];
  override readonly name = 'SalesforceRefusal';

  constructor(status: number, errors: readonly [VendorError, ...VendorError[]]) {
    super(`${errors[0].vendorCode}: ${errors[0].message}`);
    this.status = status;
    this.errors = errors;
  }

  has(vendorCode: string): boolean {
    return this.errors.some((error) => error.vendorCode === vendorCode);
  }
}

/** Status codes of the REST and SOAP guides ("Status Codes and Error Responses", "StatusCode"), by what they mean here. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'SYNC_SALESFORCE_UNAUTHORIZED',
  INVALID_AUTH_HEADER: 'SYNC_SALESFORCE_UNAUTHORIZED',
  REQUEST_LIMIT_EXCEEDED: 'SYNC_SALESFORCE_DAILY_LIMIT',
  API_DISABLED_FOR_ORG: 'SYNC_SALESFORCE_API_DISABLED',
  API_CURRENTLY_DISABLED: 'SYNC_SALESFORCE_API_DISABLED',
  FUNCTIONALITY_NOT_ENABLED: 'SYNC_SALESFORCE_API_DISABLED',
  INSUFFICIENT_ACCESS: 'SYNC_SALESFORCE_FORBIDDEN',
  INSUFFICIENT_ACCESS_OR_READONLY: 'SYNC_SALESFORCE_FORBIDDEN',
  INVALID_TYPE: 'SYNC_SALESFORCE_FORBIDDEN',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'SYNC_SALESFORCE_FORBIDDEN',
  UNABLE_TO_LOCK_ROW: 'SYNC_SALESFORCE_LOCKED',
  ENTITY_IS_LOCKED: 'SYNC_SALESFORCE_LOCKED',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'SYNC_SALESFORCE_VALIDATION',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'SYNC_SALESFORCE_VALIDATION',
  REQUIRED_FIELD_MISSING: 'SYNC_VALUE_REQUIRED',
  STRING_TOO_LONG: 'SYNC_VALUE_TOO_LONG',
  INVALID_EMAIL_ADDRESS: 'SYNC_EMAIL_INVALID',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'SYNC_VALUE_NOT_IN_PICKLIST',
  JSON_PARSER_ERROR: 'SYNC_VALUE_INVALID',
  INVALID_TYPE_ON_FIELD_IN_RECORD: 'SYNC_VALUE_INVALID',
  NUMBER_OUTSIDE_VALID_RANGE: 'SYNC_VALUE_INVALID',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'SYNC_SALESFORCE_FIELD_UNKNOWN',
  INVALID_FIELD: 'SYNC_SALESFORCE_FIELD_UNKNOWN',
  DUPLICATE_VALUE: 'SYNC_SALESFORCE_DUPLICATE_VALUE',
  DUPLICATE_EXTERNAL_ID: 'SYNC_SALESFORCE_DUPLICATE_VALUE',
  DUPLICATES_DETECTED: 'SYNC_SALESFORCE_DUPLICATE_RULE',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'SYNC_SALESFORCE_AUTOMATION',
  CANNOT_EXECUTE_FLOW_TRIGGER: 'SYNC_SALESFORCE_AUTOMATION',
  CANNOT_UPDATE_CONVERTED_LEAD: 'SYNC_SALESFORCE_RECORD_CONVERTED',
  ENTITY_IS_DELETED: 'SYNC_RECORD_GONE',
  NOT_FOUND: 'SYNC_RECORD_GONE',
  INVALID_CROSS_REFERENCE_KEY: 'SYNC_RECORD_GONE',
  MALFORMED_QUERY: 'SYNC_SALESFORCE_QUERY_REFUSED',
  INVALID_QUERY_LOCATOR: 'SYNC_SALESFORCE_QUERY_REFUSED',
  INVALID_QUERY_FILTER_OPERATOR: 'SYNC_SALESFORCE_QUERY_REFUSED',
  QUERY_TOO_COMPLICATED: 'SYNC_SALESFORCE_QUERY_REFUSED',
  STORAGE_LIMIT_EXCEEDED: 'SYNC_SALESFORCE_FULL',
  LICENSE_LIMIT_EXCEEDED: 'SYNC_SALESFORCE_FULL',
  SERVER_UNAVAILABLE: 'SYNC_SALESFORCE_UNAVAILABLE',
  UNKNOWN_EXCEPTION: 'SYNC_SALESFORCE_UNAVAILABLE',
  QUERY_TIMEOUT: 'SYNC_SALESFORCE_UNAVAILABLE',
  TOO_MANY_APEX_REQUESTS: 'SYNC_SALESFORCE_UNAVAILABLE',
};

/** The catalogue's code for a complaint; `status` is the call's, where a whole call was refused. */
export function codeOf(error: VendorError, status?: number): ErrorCode {
  const { vendorCode, message, fields } = error;
  if (vendorCode === 'REQUEST_LIMIT_EXCEEDED' && message.startsWith('Concurrent'))
    return 'SYNC_SALESFORCE_BUSY';
  if (vendorCode === 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' && message.includes('UNABLE_TO_LOCK_ROW')) {
    return 'SYNC_SALESFORCE_LOCKED';
  }
  if (vendorCode === 'INVALID_CROSS_REFERENCE_KEY' && fields.some((field) => field !== 'Id')) {
    return 'SYNC_SALESFORCE_REFUSED';
  }
  const known = Object.hasOwn(CODES, vendorCode) ? CODES[vendorCode] : undefined;
  if (known) return known;
  if (status === 401) return 'SYNC_SALESFORCE_UNAUTHORIZED';
  if (status === 403) return 'SYNC_SALESFORCE_FORBIDDEN';
  if (status !== undefined && (status >= 500 || status === 420 || status === 429)) {
    return 'SYNC_SALESFORCE_UNAVAILABLE';
  }
  return 'SYNC_SALESFORCE_REFUSED';
}

/** What a refused call means to the caller. */
function toSyncError(refusal: SalesforceRefusal): SyncError {
  const [error] = refusal.errors;
  const known = codeOf(error, refusal.status);
  // What the user may not see does not exist for them. A single record that is gone is told of by its own row.
  const code = known === 'SYNC_RECORD_GONE' ? 'SYNC_SALESFORCE_FORBIDDEN' : known;
  return new SyncError(code, `Salesforce: ${error.message || error.vendorCode}`, {
    status: refusal.status,
    vendorCode: error.vendorCode,
    fields: error.fields,
  });
}

/** Calls say `errorCode`, rows say `statusCode`. */
const errorSchema = z
  .object({
    errorCode: z.string().optional(),
    statusCode: z.string().optional(),
    message: z.string().catch(''),
    fields: z.array(z.string()).catch([]),
  })
  .transform(({ errorCode, statusCode, message, fields }, context): VendorError => {
    const vendorCode = errorCode ?? statusCode;
    if (vendorCode !== undefined) return { vendorCode, message, fields };
    context.addIssue('an error without a code');
    return z.NEVER;
  });

/** Reads an error body: an array of errors, a bare error, or anything else that a proxy may have put there. */
export function parseErrors(status: number, text: string): [VendorError, ...VendorError[]] {
  const body = parseJson(text);
  const parsed = z.array(errorSchema).safeParse(Array.isArray(body) ? body : [body]);
  const [first, ...rest] = parsed.success ? parsed.data : [];
  return first
    ? [first, ...rest]
    : [{ vendorCode: `HTTP_${status}`, message: httpWords(status, text), fields: [] }];
}

/** The errors of one row of a collection. */
export function parseRowErrors(errors: unknown): [VendorError, ...VendorError[]] {
  const parsed = z.array(errorSchema).safeParse(errors);
  const [first, ...rest] = parsed.success ? parsed.data : [];
  return first
    ? [first, ...rest]
    : [{ vendorCode: 'UNKNOWN', message: 'Salesforce refused the row without a word.', fields: [] }];
}

/** `sf__Error` of a failed Bulk API 2.0 row: `CODE:message:fields --`, several joined by semicolons. */
export function parseBulkErrors(text: string): [VendorError, ...VendorError[]] {
  const [first = '', ...rest] = text.split(/(?<=--);(?=[A-Z][A-Z0-9_]+:)/);
  return [parseBulkError(first), ...rest.map(parseBulkError)];
}

function parseBulkError(text: string): VendorError {
  const match = /^([A-Z][A-Z0-9_]+):(.*)$/s.exec(text);
  if (!match) return { vendorCode: 'UNKNOWN', message: text, fields: [] };
  const [, vendorCode = '', rest = ''] = match;
  const tail = /:([\w, ]*) ?--\s*$/.exec(rest);
  const fields = tail?.[1]?.split(',').map((field) => field.trim()) ?? [];
  return {
    vendorCode,
    message: (tail ? rest.slice(0, tail.index) : rest).trim(),
    fields: fields.filter((field) => field !== ''),
  };
}

/** A failed row, from what Salesforce said of it; the first error decides. */
export function failedRow(errors: readonly [VendorError, ...VendorError[]]): SaveOutcome {
  const [error] = errors;
  const outcome = failedOutcome(
    codeOf(error),
    error.vendorCode,
    errors.map(({ message }) => message).join('; '),
  );
  if (outcome.code !== 'SYNC_SALESFORCE_FIELD_UNKNOWN') return outcome;
  const fields = [...new Set(errors.flatMap(fieldsNamedBy))];
  return fields.length === 0 ? outcome : { ...outcome, fields };
}

/** The fields that a complaint is about: listed beside it, or in its words. */
function fieldsNamedBy({ fields, message }: VendorError): readonly string[] {
  if (fields.length > 0) return fields;
  const [, list] =
    /No such column '([^']+)'|(?:create\/update fields|Field name not found) ?: ([\w, ]+)/
      .exec(message)
      ?.filter((part) => part !== undefined) ?? [];
  return list === undefined ? [] : list.split(',').map((field) => field.trim());
}

export function failedOutcome(
  code: ErrorCode,
  vendorCode: string,
  message: Told,
): Extract<SaveOutcome, { ok: false }> {
  const existingId =
    code === 'SYNC_SALESFORCE_DUPLICATE_VALUE'
      ? /\bid: ?([a-zA-Z0-9]{18}|[a-zA-Z0-9]{15})\b/.exec(inEnglish(message))?.[1]
      : undefined;
  return {
    ok: false,
    code,
    vendorCode,
    message,
    retryable: catalogue[code].retryable,
    ...(existingId === undefined ? {} : { existingId }),
  };
}

function httpWords(status: number, text: string): string {
  const isMarkup = /^\s*</.test(text);
  const words = isMarkup ? (/<title[^>]*>([^<]*)/i.exec(text)?.[1] ?? '') : text.slice(0, 200);
  return `HTTP ${status} ${words}`.trim();
}

/** Every failure of a call as the service's own error. */
export async function asSyncErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof SalesforceRefusal ? toSyncError(error) : error;
  }
}

/** @param what the resource or part that is not as documented */
export function unexpectedAnswer(what: string): SyncError {
  return new SyncError(
    'SYNC_SALESFORCE_ANSWER_UNEXPECTED',
    sentence('Salesforce’s answer has no known form ({what}).', { what }),
  );
}
