import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../org/types.ts';
import { parseBody } from '../rest/bodies.ts';
import type { BulkContext } from './bulk.ts';
import { delimiterSchema, lineEndingSchema } from './format.ts';
import { createdIngestJob, ingestInfo, ingestSummary } from './ingest-job.ts';
import type { IngestJob } from './ingest-job.ts';
import { ingestResults } from './ingest-results.ts';
import type { ResultKind } from './ingest-results.ts';
import { isTerminal } from './jobs.ts';
import { processIngestJob } from './process-ingest.ts';
import { apiVersionOf, idOf } from './request.ts';

/** 150 MB of CSV a job, as the Bulk API 2.0 limits page has it. */
const LARGEST_UPLOAD_BYTES = 150 * 1024 * 1024;

const createSchema = z.object({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  columnDelimiter: delimiterSchema.default('COMMA'),
  lineEnding: lineEndingSchema.default('LF'),
});
const stateSchema = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

const RESULT_KINDS: readonly ResultKind[] = ['successfulResults', 'failedResults', 'unprocessedrecords'];

/** `/services/data/vXX.X/jobs/ingest` (Bulk API 2.0 and Bulk API Developer Guide, Bulk API 2.0 Ingest). */
export function registerIngestRoutes(app: FastifyInstance, bulk: BulkContext): void {
  const { org, ingestJobs: jobs } = bulk;
  const base = '/services/data/:version/jobs/ingest';
  const find = (request: FastifyRequest): IngestJob => {
    return jobs.get(idOf(request), apiVersionOf(request));
  };

  app.post(base, async (request) => {
    const apiVersion = apiVersionOf(request);
    const body = parseBody(createSchema, request.body);
    const object = org.schema.object(body.object);
    if (!object) {
      throw new ApiError(400, 'INVALIDENTITY', `Unable to find object: ${body.object}`);
    }
    if (body.operation === 'upsert')
      checkExternalId(object.field(body.externalIdFieldName ?? 'Id'), body.externalIdFieldName);
    const { contentType: _csv, externalIdFieldName, assignmentRuleId, ...rest } = body;
    const job = jobs.add((fresh) => ({
      ...fresh,
      ...rest,
      externalIdFieldName,
      assignmentRuleId,
      object: object.name,
      apiVersion,
      createdById: bulk.userOf(request).id,
      state: 'Open',
      content: undefined,
      outcomes: [],
      failed: 0,
      processingMs: 0,
    }));
    return createdIngestJob(job);
  });

  app.get(base, async () => ({ done: true, nextRecordsUrl: null, records: jobs.list().map(ingestInfo) }));

  app.get(`${base}/:id`, async (request) => ingestInfo(find(request)));

  app.put(`${base}/:id/batches`, { bodyLimit: LARGEST_UPLOAD_BYTES }, async (request, reply) => {
    const job = find(request);
    if (job.state !== 'Open') throw invalidState(`Uploading to already Completed Job not allowed`);
    if (job.content) {
      throw invalidState(
        `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
      );
    }
    if (!Buffer.isBuffer(request.body))
      throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the data as text/csv');
    job.content = request.body;
    return reply.code(201).send();
  });

  app.patch(`${base}/:id`, async (request) => {
    const job = find(request);
    const { state } = parseBody(stateSchema, request.body);
    if (state === 'Aborted') {
      if (isTerminal(job)) throw invalidState(`Aborting already Completed Job not allowed`);
      jobs.setState(job, 'Aborted');
      return ingestSummary(job);
    }
    if (job.state !== 'Open') throw invalidState(`Closing already Completed Job not allowed`);
    jobs.setState(job, 'UploadComplete');
    void processIngestJob({
      org,
      clock: bulk.clock,
      jobs,
      batches: bulk.batches,
      user: bulk.userOf(request),
      job,
    });
    return ingestSummary(job);
  });

  app.delete(`${base}/:id`, async (request, reply) => {
    jobs.delete(find(request));
    return reply.code(204).send();
  });

  for (const kind of RESULT_KINDS) {
    app.get(`${base}/:id/${kind}`, async (request, reply) =>
      reply.type('text/csv').send(Readable.from(ingestResults(find(request), kind))),
    );
  }
}

function checkExternalId(
  field: { externalId: boolean; idLookup: boolean } | undefined,
  name: string | undefined,
): void {
  if (name === undefined) {
    throw new ApiError(
      400,
      'INVALIDJOB',
      'InvalidJob : External ID was blank for upsert operation. An External ID must be specified for upsert.',
    );
  }
  if (!field?.externalId && !field?.idLookup) {
    throw new ApiError(400, 'INVALIDJOB', `InvalidJob : Invalid external ID field: ${name}`);
  }
}

function invalidState(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOBSTATE', message);
}
