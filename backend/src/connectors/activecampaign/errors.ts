import { z } from 'zod';
import { catalogue, SyncError, type ErrorCode } from '../../lib/errors.ts';
import { sentence, type Told } from '../../words/told.ts';
import type { FailedWrite } from '../connector.ts';

/** One complaint in an answer; parts that the vendor leaves out are empty. */
export interface VendorError {
  readonly title: string;
  readonly code: string;
  /** What it points at: `/data/attributes/email`. */
  readonly pointer: string;
}

/** ActiveCampaign refused a call: all that it said, in whichever of its shapes. */
export class PlatformRefusal extends Error {
  readonly status: number;
  readonly errors: readonly VendorError[];
  readonly body: unknown;
  override readonly name = 'PlatformRefusal';

  constructor(status: number, body: unknown) {
    const errors = parseErrors(body);
    super(errors.map(({ title }) => title).join('; ') || `HTTP ${status}`);
    this.status = status;
    this.errors = errors;
    this.body = body;
  }

  /** The vendor says of some missing records that they are forbidden. */
  get isNotFound(): boolean {
    return this.status === 404 || /no result found/i.test(this.message);
  }

  /** Whether another record holds the attribute's value. */
  isDuplicateOf(attribute: string): boolean {
    return this.errors.some(({ code, pointer }) => code === 'duplicate' && pointer.endsWith(`/${attribute}`));
  }

  get code(): ErrorCode {
    if (this.isNotFound) return 'SYNC_RECORD_GONE';
    if (this.status === 401) return 'SYNC_PLATFORM_UNAUTHORIZED';
    if (this.status === 403) return 'SYNC_PLATFORM_FORBIDDEN';
    if (this.isDuplicateOf('email')) return 'SYNC_PLATFORM_EMAIL_TAKEN';
    if (this.isDuplicateOf('name')) return 'SYNC_PLATFORM_NAME_TAKEN';
    if (this.errors.some(({ code }) => code === 'email_invalid')) return 'SYNC_EMAIL_INVALID';
    return 'SYNC_PLATFORM_REFUSED';
  }
}

const listed = z.object({
  title: z.string().catch(''),
  detail: z.string().catch(''),
  code: z.union([z.string(), z.number().transform(String)]).catch(''),
  source: z.object({ pointer: z.string().catch('') }).catch({ pointer: '' }),
});

const bodySchema = z.object({
  errors: z
    .union([z.string().transform((title) => [title]), z.array(z.union([z.string(), listed]))])
    .catch([]),
  message: z.string().catch(''),
  error: z.string().catch(''),
});

/** The shapes are many: a list of objects or of sentences, one sentence, or a bare message. */
function parseErrors(body: unknown): VendorError[] {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return [];
  const { errors, message, error } = parsed.data;
  const complaints = errors.map((entry): VendorError => {
    if (typeof entry === 'string') return { title: entry, code: '', pointer: '' };
    const title = [entry.title, entry.detail].filter((part) => part !== '').join(': ');
    return { title, code: entry.code, pointer: entry.source.pointer };
  });
  if (complaints.length > 0) return complaints;
  const title = [message, error].filter((part) => part !== '').join(': ');
  return title === '' ? [] : [{ title, code: '', pointer: '' }];
}

/** What a refused call means to the caller. */
export function toSyncError(refusal: PlatformRefusal): SyncError {
  return new SyncError(refusal.code, `ActiveCampaign: ${refusal.message}`, { status: refusal.status });
}

/** @param what the resource or part that is not as documented */
export function unexpectedAnswer(what: string): SyncError {
  return new SyncError(
    'SYNC_PLATFORM_ANSWER_UNEXPECTED',
    sentence('ActiveCampaign’s answer has no known form ({what}).', { what }),
  );
}

export function failed(ref: string, code: ErrorCode, message: Told): FailedWrite {
  return { ref, kind: 'failed', code, message, retryable: catalogue[code].retryable };
}
