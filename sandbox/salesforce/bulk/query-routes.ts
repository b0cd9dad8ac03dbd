import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../org/types.ts';
import type { QueryResult } from '../org/types.ts';
import { parseBody } from '../rest/bodies.ts';
import type { BulkContext } from './bulk.ts';
import { delimiterSchema, lineEndingSchema, writeCsv } from './format.ts';
import { isTerminal } from './jobs.ts';
import { queryColumns } from './query-columns.ts';
import type { QueryColumn } from './query-columns.ts';
import { queryInfo, querySummary } from './query-job.ts';
import type { QueryJob } from './query-job.ts';
import { apiVersionOf, idOf } from './request.ts';

/** Query jobs in 24 hours. */
const DAILY_QUERY_JOBS = 10_000;
/** Rows of a result page where the client names no number. */
const DEFAULT_PAGE_ROWS = 50_000;
const ROWS_PER_TURN = 500;

const createSchema = z.object({
  operation: z.enum(['query', 'queryAll']),
  query: z.string(),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: delimiterSchema.default('COMMA'),
  lineEnding: lineEndingSchema.default('LF'),
});
const abortSchema = z.object({ state: z.literal('Aborted') });
const pageSchema = z.object({
  locator: z.string().optional(),
  maxRecords: z.coerce.number().int().positive().optional(),
});

/** `/services/data/vXX.X/jobs/query` (Bulk API 2.0 and Bulk API Developer Guide, Bulk API 2.0 Query). */
export function registerQueryRoutes(app: FastifyInstance, bulk: BulkContext): void {
  const { queryJobs: jobs, org } = bulk;
  const base = '/services/data/:version/jobs/query';
  const find = (request: FastifyRequest): QueryJob => {
    return jobs.get(idOf(request), apiVersionOf(request));
  };

  app.post(base, async (request) => {
    const apiVersion = apiVersionOf(request);
    const body = parseBody(createSchema, request.body);
    const user = bulk.userOf(request);
    const { object, columns } = queryColumns(org, body.query);
    const result = org.query(user, body.query, { all: body.operation === 'queryAll' });
    if (bulk.queries.total >= DAILY_QUERY_JOBS) {
      throw new ApiError(400, 'EXCEEDEDQUOTA', 'ExceededQuota : DailyBulkV2QueryJobs Limit exceeded.');
    }
    bulk.queries.add(1);
    const { operation, columnDelimiter, lineEnding } = body;
    const job = jobs.add((fresh) => ({
      ...fresh,
      columnDelimiter,
      lineEnding,
      operation,
      object,
      apiVersion,
      createdById: user.id,
      state: 'UploadComplete',
      header: columns.map((column) => column.header),
      rows: [],
      processingMs: 0,
    }));
    void writeResult(bulk, job, columns, result);
    return querySummary(job);
  });

  app.get(base, async () => ({ done: true, nextRecordsUrl: null, records: jobs.list().map(queryInfo) }));

  app.get(`${base}/:id`, async (request) => queryInfo(find(request)));

  app.get(`${base}/:id/results`, async (request, reply) => {
    const job = find(request);
    if (job.state !== 'JobComplete') {
      throw new ApiError(400, 'INVALIDJOBSTATE', `Results are not available for a Job in state ${job.state}`);
    }
    const page = pageSchema.safeParse(request.query);
    if (!page.success) throw new ApiError(400, 'INVALIDJOB', 'InvalidJob : Invalid value for maxRecords');
    const start = startOf(job, page.data.locator);
    const end = Math.min(job.rows.length, start + (page.data.maxRecords ?? DEFAULT_PAGE_ROWS));
    return reply
      .type('text/csv')
      .header('Sforce-Locator', end < job.rows.length ? locatorOf(end) : 'null')
      .header('Sforce-NumberOfRecords', String(end - start))
      .send(Readable.from(pieces(job, start, end)));
  });

  app.patch(`${base}/:id`, async (request) => {
    const job = find(request);
    parseBody(abortSchema, request.body);
    if (isTerminal(job)) {
      throw new ApiError(400, 'INVALIDJOBSTATE', 'Aborting already Completed Job not allowed');
    }
    jobs.setState(job, 'Aborted');
    return querySummary(job);
  });

  app.delete(`${base}/:id`, async (request, reply) => {
    jobs.delete(find(request));
    return reply.code(204).send();
  });
}

/** Writes the result's lines in slices, so that other requests get their turn. */
async function writeResult(
  { queryJobs: jobs, clock }: BulkContext,
  job: QueryJob,
  columns: readonly QueryColumn[],
  result: QueryResult,
): Promise<void> {
  await nextTurn();
  if (job.state !== 'UploadComplete') return;
  jobs.setState(job, 'InProgress');
  const startedAt = clock.now();
  const slice = (from: number, to: number) => result.slice?.(from, to) ?? result.records.slice(from, to);
  for (let start = 0; start < result.totalSize; start += ROWS_PER_TURN) {
    for (const record of slice(start, start + ROWS_PER_TURN)) {
      job.rows.push(columns.map((column) => column.cell(record)));
    }
    await nextTurn();
    if (isTerminal(job)) return;
  }
  job.processingMs = clock.now() - startedAt;
  jobs.setState(job, 'JobComplete');
}

function* pieces(job: QueryJob, start: number, end: number): Generator<string> {
  yield writeCsv([job.header], job);
  for (let at = start; at < end; at += ROWS_PER_TURN) {
    yield writeCsv(job.rows.slice(at, Math.min(end, at + ROWS_PER_TURN)), job);
  }
}

/** Locators are opaque to clients. */
function locatorOf(row: number): string {
  return Buffer.from(`row:${row}`).toString('base64url');
}

function startOf(job: QueryJob, locator: string | undefined): number {
  if (locator === undefined) return 0;
  const row = Number(/^row:(\d+)$/.exec(Buffer.from(locator, 'base64url').toString('utf8'))?.[1]);
  if (!(row < job.rows.length)) throw new ApiError(400, 'INVALIDLOCATOR', `Invalid locator: ${locator}`);
  return row;
}
