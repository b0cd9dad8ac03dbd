import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError } from 'csv-parse';
import type { Clock } from '../../common/clock.ts';
import type { RollingDay } from '../../common/rolling-day.ts';
import type { SandboxOrg } from '../org/org.ts';
import { ApiError } from '../org/types.ts';
import type {
  InputRow,
  SaveError,
  SaveOptions,
  SaveResult,
  SObjectSchema,
  UserContext,
} from '../org/types.ts';
import { ColumnPlan } from './columns.ts';
import { hasLineEnding, readCsv } from './format.ts';
import type { IngestJob } from './ingest-job.ts';
import { ClientInputError, InvalidBatch } from './invalid-batch.ts';
import type { JobStore } from './jobs.ts';

/** Rows that one internal batch holds, and rows that one transaction and its triggers see. */
const BATCH_ROWS = 10_000;
const CHUNK_ROWS = 200;
/** Internal batches in 24 hours. */
const DAILY_BATCHES = 15_000;

interface Work {
  readonly org: SandboxOrg;
  readonly clock: Clock;
  readonly jobs: JobStore<IngestJob>;
  /** Internal batches of the last 24 hours. */
  readonly batches: RollingDay;
  readonly user: UserContext;
  readonly job: IngestJob;
}

/**
 * Saves a job's rows, a chunk per turn of the event loop, until the data ends or the job is aborted. Never throws:
 * what cannot be read makes the job Failed, and rows saved before that stay saved.
 */
export async function processIngestJob(work: Work): Promise<void> {
  const { job, jobs, clock } = work;
  await nextTurn();
  if (job.state !== 'UploadComplete') return;
  jobs.setState(job, 'InProgress');
  const startedAt = clock.now();
  try {
    await saveRows(work);
    if (isRunning(job)) jobs.setState(job, 'JobComplete');
  } catch (error) {
    job.errorMessage = errorMessage(error);
    if (isRunning(job)) jobs.setState(job, 'Failed');
  }
  job.processingMs = clock.now() - startedAt;
}

/** Asked anew after every wait: an abort may have come in between. */
function isRunning(job: IngestJob): boolean {
  return job.state === 'InProgress';
}

async function saveRows(work: Work): Promise<void> {
  const { job, org, user } = work;
  const content = job.content;
  if (!content || content.length === 0) throw new InvalidBatch('Failed to parse CSV header');
  if (!hasLineEnding(content, job)) {
    throw new ClientInputError(
      `LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`,
    );
  }
  const object = org.schema.object(job.object);
  if (!object) throw new InvalidBatch(`Unable to find object : ${job.object}`);
  let plan: ColumnPlan | undefined;
  let chunk: InputRow[] = [];
  const flush = async () => {
    if (job.outcomes.length % BATCH_ROWS === 0) startBatch(work);
    saveChunk(work, object, chunk);
    chunk = [];
    await nextTurn();
  };
  for await (const record of readCsv(content, job)) {
    if (!plan) {
      plan = checkedPlan(new ColumnPlan(org, user, object, record), job);
      continue;
    }
    if (record.length > plan.header.length) {
      throw new InvalidBatch(`Too many columns in row ${job.outcomes.length + chunk.length + 1}`);
    }
    chunk.push(plan.row(record));
    if (chunk.length === CHUNK_ROWS) await flush();
    if (!isRunning(job)) return;
  }
  if (chunk.length > 0) await flush();
}

function checkedPlan(plan: ColumnPlan, job: IngestJob): ColumnPlan {
  const has = (name: string) =>
    plan.header.some((column) => column.trim().toLowerCase() === name.toLowerCase());
  if (job.operation === 'upsert') {
    const key = job.externalIdFieldName ?? 'Id';
    if (!has(key)) throw new InvalidBatch(`External Id field missing : ${key}`);
  } else if (job.operation !== 'insert' && !has('Id')) {
    throw new InvalidBatch('Id field missing');
  }
  return plan;
}

function startBatch({ batches }: Work): void {
  if (batches.total >= DAILY_BATCHES) throw new Error('ExceededQuota : ApiBatchItems Limit exceeded.');
  batches.add(1);
}

function saveChunk(work: Work, object: SObjectSchema, rows: readonly InputRow[]): void {
  const { job } = work;
  for (const result of save(work, object, rows)) {
    if (result.success) {
      const created = job.operation === 'insert' || (job.operation === 'upsert' && result.created);
      job.outcomes.push({ id: result.id, created, error: '' });
    } else {
      job.failed += 1;
      job.outcomes.push({
        id: result.id ?? '',
        created: false,
        error: result.errors.map(errorText).join(';'),
      });
    }
  }
}

function save({ org, user, job }: Work, object: SObjectSchema, rows: readonly InputRow[]): SaveResult[] {
  const options: SaveOptions = {
    allOrNone: false,
    autoAssign: job.assignmentRuleId !== undefined,
    isBulk: true,
  };
  switch (job.operation) {
    case 'insert':
      return org.insert(user, object.name, rows, options);
    case 'update':
      return org.update(user, object.name, rows, options);
    case 'upsert':
      return org.upsert(user, object.name, job.externalIdFieldName ?? 'Id', rows, options);
    case 'delete':
      return org.delete(user, rows.map(idOf), options);
    case 'hardDelete': {
      const results = org.delete(user, rows.map(idOf), options);
      // Past the recycle bin: not even queryAll finds them.
      for (const result of results) if (result.success) org.table(object.name)?.forget(result.id);
      return results;
    }
  }
}

function idOf(row: InputRow): string {
  return typeof row['Id'] === 'string' ? row['Id'] : '';
}

/** `STATUS_CODE:message:Field1,Field2 --`. */
function errorText(error: SaveError): string {
  const fields = error.fields.length > 0 ? `${error.fields.join(',')} ` : '';
  return `${error.statusCode}:${error.message}:${fields}--`;
}

function errorMessage(error: unknown): string {
  if (error instanceof ApiError) return `InvalidBatch : ${error.errorCode}: ${error.message}`;
  if (error instanceof CsvError) return `InvalidBatch : Failed to parse CSV. ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
