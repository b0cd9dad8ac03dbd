import type { Connection } from 'jsforce';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { isSyncError, SyncError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Outcomes } from '../lib/outcomes.ts';
import { sentence } from '../words/told.ts';
import { jobData, readColumns, type JobData } from './bulk-csv.ts';
import {
  codeOf,
  failedOutcome,
  failedRow,
  parseBulkErrors,
  SalesforceRefusal,
  unexpectedAnswer,
} from './errors.ts';
import type { Item, KeyedTarget } from './rows.ts';
import type { SaveOutcome } from './types.ts';

type IngestJob = ReturnType<Connection['bulk2']['createJob']>;

const jobSchema = z.object({
  state: z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  numberRecordsProcessed: z.coerce.number().default(0),
  numberRecordsFailed: z.coerce.number().default(0),
  errorMessage: z.string().nullish(),
});
type JobInfo = z.output<typeof jobSchema>;

const FIRST_POLL_MS = 500;
const MAX_POLL_MS = 20_000;
const POLL_GROWTH = 1.6;
const PATIENCE_MS = 2 * 60 * 60_000;
const ABORT_PATIENCE_MS = 10 * 60_000;
const START_ATTEMPTS = 3;

export interface BulkOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger?: Logger | undefined;
}

/** Saves rows by Bulk API 2.0 ingest jobs, one after the other (Bulk API 2.0 guide, "Bulk Ingest"). */
export class BulkSaver {
  readonly #options: BulkOptions;
  readonly #target: KeyedTarget;
  readonly #outcomes: Outcomes<SaveOutcome>;

  constructor(options: BulkOptions, target: KeyedTarget, outcomes: Outcomes<SaveOutcome>) {
    this.#options = options;
    this.#target = target;
    this.#outcomes = outcomes;
  }

  /** @throws SalesforceRefusal, SyncError where not the rows but the call is the matter */
  async save(items: readonly Item[]): Promise<void> {
    for (const data of jobData(items)) {
      const job = await this.#start(data);
      await this.#settle(job, await this.#finished(job), data.items);
    }
  }

  /** A job that was filled and closed. What failed on the way is thrown away and begun anew: rows are safe to repeat. */
  async #start(data: JobData): Promise<IngestJob> {
    const { connection, logger } = this.#options;
    const { object, operation, keyField } = this.#target;
    for (let attempt = 1; ; attempt += 1) {
      const job = connection.bulk2.createJob({
        object,
        operation,
        contentType: 'CSV',
        lineEnding: 'LF',
        ...(operation === 'upsert' ? { externalIdFieldName: keyField } : {}),
      });
      try {
        await job.open();
        logger?.info({ job: job.id, object, operation, rows: data.items.length }, 'Bulk job is opened');
        await connection.request({
          method: 'PUT',
          url: `/jobs/ingest/${job.id}/batches`,
          headers: { 'Content-Type': 'text/csv' },
          body: data.csv,
        });
        await this.#close(job);
        return job;
      } catch (error) {
        if (hasId(job)) await this.#abort(job);
        if (attempt >= START_ATTEMPTS || !isPassing(error)) throw error;
      }
    }
  }

  async #close(job: IngestJob): Promise<void> {
    try {
      await job.close();
    } catch (error) {
      // An earlier, unheard attempt may have closed it: only a job that is still open has failed to close.
      if ((await this.#check(job)).state === 'Open') throw error;
    }
  }

  async #finished(job: IngestJob): Promise<JobInfo> {
    const { clock, logger } = this.#options;
    const deadline = clock.now() + PATIENCE_MS;
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(pause * POLL_GROWTH, MAX_POLL_MS)) {
      await clock.sleep(Math.round(pause));
      const info = await this.#check(job);
      if (info.state === 'JobComplete' || info.state === 'Failed' || info.state === 'Aborted') {
        logger?.info({ job: job.id, ...info }, 'Bulk job has ended');
        return info;
      }
      if (clock.now() < deadline) continue;
      // A job left behind could write old values over newer ones some hours later.
      await this.#abort(job);
      if (clock.now() >= deadline + ABORT_PATIENCE_MS) {
        throw new SyncError(
          'SYNC_SALESFORCE_JOB_FAILED',
          sentence('The job neither ended nor could be aborted.'),
          {
            job: job.id,
          },
        );
      }
    }
  }

  async #check(job: IngestJob): Promise<JobInfo> {
    const info = jobSchema.safeParse(await job.check());
    if (!info.success) throw unexpectedAnswer('job information');
    return info.data;
  }

  async #abort(job: IngestJob): Promise<void> {
    try {
      await job.abort();
    } catch (error) {
      this.#options.logger?.warn({ job: job.id, reason: String(error) }, 'Bulk job could not be aborted');
    }
  }

  async #settle(job: IngestJob, info: JobInfo, items: readonly Item[]): Promise<void> {
    const byKey = new Map(items.map((item) => [this.#identity(item.key), item]));
    const waiting = new Set(items);
    const find = (key: string): Item | undefined => byKey.get(this.#identity(key));
    const { keyField, operation } = this.#target;

    if (info.numberRecordsFailed > 0) {
      const failed = readColumns(await job.getFailedResults(true), ['sf__Error', keyField]);
      for (const [error = '', key = ''] of failed) {
        const item = find(key);
        if (!item) continue;
        this.#outcomes.settle(item.index, failedRow(parseBulkErrors(error)));
        waiting.delete(item);
      }
    }
    const succeeded = info.numberRecordsProcessed - info.numberRecordsFailed;
    if (operation === 'update' && succeeded === waiting.size) {
      // Every row that has not failed was updated: the list of them would tell nothing new.
      for (const item of waiting)
        this.#outcomes.settle(item.index, { ok: true, id: item.key, created: false });
      return;
    }
    if (succeeded > 0) {
      const written = readColumns(await job.getSuccessfulResults(true), ['sf__Id', 'sf__Created', keyField]);
      for (const [id = '', created = '', key = ''] of written) {
        const item = find(key);
        if (!item) continue;
        this.#outcomes.settle(item.index, { ok: true, id, created: created.toLowerCase() === 'true' });
        waiting.delete(item);
      }
    }
    const message = info.errorMessage ?? sentence('The job ended before it came to this row.');
    const outcome = failedOutcome('SYNC_SALESFORCE_JOB_FAILED', info.state, message);
    for (const item of waiting) this.#outcomes.settle(item.index, outcome);
  }

  /** Record ids in both lengths are one. */
  #identity(key: string): string {
    return this.#target.keyField === 'Id' ? key.slice(0, 15) : key;
  }
}

function hasId(job: IngestJob): boolean {
  return typeof job.id === 'string';
}

function isPassing(error: unknown): boolean {
  if (error instanceof SalesforceRefusal) {
    return codeOf(error.errors[0], error.status) === 'SYNC_SALESFORCE_UNAVAILABLE';
  }
  return isSyncError(error, 'SYNC_SALESFORCE_UNREACHABLE');
}
