import type { Clock } from '../../common/clock.ts';
import { toId18 } from '../org/ids.ts';
import type { IdSequence } from '../org/ids.ts';
import { stampOf, wireDateTime } from '../org/time.ts';
import { ApiError } from '../org/types.ts';

/** Jobs and their results are kept for seven days. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

const TERMINAL: ReadonlySet<JobState> = new Set(['JobComplete', 'Failed', 'Aborted']);

/** What ingest and query jobs share. Times are milliseconds since the epoch. */
export interface Job {
  readonly id: string;
  /** As in the URL that made it, `67.0`: the other calls for the job must use the same. */
  readonly apiVersion: string;
  readonly createdById: string;
  readonly createdAt: number;
  changedAt: number;
  state: JobState;
  errorMessage: string | undefined;
}

/** What every answer about a job has. */
export function jobSummary(job: Job & { operation: string; object: string }): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: wireDateTime(stampOf(job.createdAt)),
    systemModstamp: wireDateTime(stampOf(job.changedAt)),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.apiVersion),
  };
}

export function isTerminal(job: Job): boolean {
  return TERMINAL.has(job.state);
}

/** Jobs by id, in order of creation. */
export class JobStore<Kind extends Job> {
  readonly #clock: Clock;
  readonly #ids: IdSequence;
  readonly #jobs = new Map<string, Kind>();

  constructor(clock: Clock, ids: IdSequence) {
    this.#clock = clock;
    this.#ids = ids;
  }

  add(create: (base: Pick<Job, 'id' | 'createdAt' | 'changedAt' | 'errorMessage'>) => Kind): Kind {
    this.#forgetOld();
    const now = this.#clock.now();
    const job = create({ id: this.#ids.take(), createdAt: now, changedAt: now, errorMessage: undefined });
    this.#jobs.set(job.id, job);
    return job;
  }

  /** @throws ApiError 404 NOT_FOUND; 409 where the job was made under another API version */
  get(id: string, apiVersion: string): Kind {
    const job = this.#jobs.get(toId18(id) ?? '');
    if (!job) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (Number(job.apiVersion) !== Number(apiVersion)) {
      throw new ApiError(
        409,
        'INVALIDVERSION',
        `Job ${job.id} was created with API version ${job.apiVersion}`,
      );
    }
    return job;
  }

  list(): readonly Kind[] {
    this.#forgetOld();
    return [...this.#jobs.values()];
  }

  /** @throws ApiError 400 INVALIDJOBSTATE for a job that is not over */
  delete(job: Kind): void {
    if (!isTerminal(job)) {
      throw new ApiError(
        400,
        'INVALIDJOBSTATE',
        `Deleting not Completed Job not allowed. State : ${job.state}`,
      );
    }
    this.#jobs.delete(job.id);
  }

  setState(job: Kind, state: JobState): void {
    job.state = state;
    job.changedAt = this.#clock.now();
  }

  reset(): void {
    for (const job of this.#jobs.values()) if (!isTerminal(job)) job.state = 'Aborted';
    this.#jobs.clear();
  }

  #forgetOld(): void {
    const oldest = this.#clock.now() - KEPT_MS;
    for (const job of this.#jobs.values())
      if (isTerminal(job) && job.changedAt < oldest) this.#jobs.delete(job.id);
  }
}
