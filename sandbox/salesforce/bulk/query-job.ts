import type { CsvFormat } from './format.ts';
import { jobSummary } from './jobs.ts';
import type { Job } from './jobs.ts';

/** A query job with its result as cells; their texts are the records' own. */
export interface QueryJob extends Job, CsvFormat {
  readonly object: string;
  readonly operation: 'query' | 'queryAll';
  readonly header: readonly string[];
  readonly rows: (readonly string[])[];
  processingMs: number;
}

/** What POST and PATCH answer. The query itself is never echoed. */
export function querySummary(job: QueryJob): Record<string, unknown> {
  return {
    ...jobSummary(job),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** What a GET answers. */
export function queryInfo(job: QueryJob): Record<string, unknown> {
  return {
    ...querySummary(job),
    jobType: 'V2Query',
    numberRecordsProcessed: job.rows.length,
    retries: 0,
    totalProcessingTime: job.processingMs,
    isPkChunkingSupported: true,
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}
