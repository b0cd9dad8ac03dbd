import type { CsvFormat } from './format.ts';
import { jobSummary } from './jobs.ts';
import type { Job } from './jobs.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';

/** What became of one CSV row: an empty `error` is success. */
export interface RowOutcome {
  readonly id: string;
  readonly created: boolean;
  /** The `sf__Error` text, empty where the row was saved. */
  readonly error: string;
}

/** An ingest job with its CSV and its rows' outcomes, in the order of the rows. */
export interface IngestJob extends Job, CsvFormat {
  readonly object: string;
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | undefined;
  readonly assignmentRuleId: string | undefined;
  content: Buffer | undefined;
  readonly outcomes: RowOutcome[];
  failed: number;
  processingMs: number;
}

/** What a PATCH answers: no job type, no CSV format. */
export function ingestSummary(job: IngestJob): Record<string, unknown> {
  return {
    ...jobSummary(job),
    ...(job.externalIdFieldName === undefined ? {} : { externalIdFieldName: job.externalIdFieldName }),
    ...(job.assignmentRuleId === undefined ? {} : { assignmentRuleId: job.assignmentRuleId }),
  };
}

/** What the POST that makes a job answers. */
export function createdIngestJob(job: IngestJob): Record<string, unknown> {
  return {
    ...ingestSummary(job),
    ...contentUrl(job),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** What a GET answers. */
export function ingestInfo(job: IngestJob): Record<string, unknown> {
  return {
    ...ingestSummary(job),
    jobType: 'V2Ingest',
    ...(job.state === 'Open' ? contentUrl(job) : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
    numberRecordsProcessed: job.outcomes.length,
    numberRecordsFailed: job.failed,
    retries: 0,
    totalProcessingTime: job.processingMs,
    apiActiveProcessingTime: job.processingMs,
    apexProcessingTime: 0,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

/** Where the job's data goes; without a leading slash. */
function contentUrl({ apiVersion, id }: IngestJob): { contentUrl: string } {
  return { contentUrl: `services/data/v${apiVersion}/jobs/ingest/${id}/batches` };
}
