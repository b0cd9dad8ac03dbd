import { CsvError } from 'csv-parse';
import { ApiError } from '../org/types.ts';
import { readCsv, writeCsv } from './format.ts';
import type { IngestJob } from './ingest-job.ts';
import { isTerminal } from './jobs.ts';

export type ResultKind = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

const EXTRA_COLUMNS: Readonly<Record<ResultKind, readonly string[]>> = {
  successfulResults: ['sf__Id', 'sf__Created'],
  failedResults: ['sf__Id', 'sf__Error'],
  unprocessedrecords: [],
};

const ROWS_PER_PIECE = 1_000;

/**
 * One of a job's three result files, in pieces: the upload is read again and each row is put beside its outcome, so
 * that results cost no memory of their own.
 * @throws ApiError 400 INVALIDJOBSTATE for a job that is not over
 */
export function ingestResults(job: IngestJob, kind: ResultKind): AsyncIterable<string> {
  if (!isTerminal(job)) {
    throw new ApiError(400, 'INVALIDJOBSTATE', `Results are not available for a Job in state ${job.state}`);
  }
  return pieces(job, kind);
}

async function* pieces(job: IngestJob, kind: ResultKind): AsyncGenerator<string> {
  if (!job.content) {
    yield writeCsv([EXTRA_COLUMNS[kind]], job);
    return;
  }
  let piece: string[][] = [];
  let row = -1;
  try {
    for await (const record of readCsv(job.content, job)) {
      const line = row < 0 ? [...EXTRA_COLUMNS[kind], ...record] : resultLine(job, kind, row, record);
      row += 1;
      if (line) piece.push(line);
      if (piece.length < ROWS_PER_PIECE) continue;
      yield writeCsv(piece, job);
      piece = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The upload is no CSV from here on, which is why the job failed: what was readable stands.
  }
  if (piece.length > 0) yield writeCsv(piece, job);
}

function resultLine(job: IngestJob, kind: ResultKind, row: number, record: string[]): string[] | undefined {
  const outcome = job.outcomes[row];
  switch (kind) {
    case 'successfulResults':
      return outcome?.error === '' ? [outcome.id, String(outcome.created), ...record] : undefined;
    case 'failedResults':
      return outcome && outcome.error !== '' ? [outcome.id, outcome.error, ...record] : undefined;
    case 'unprocessedrecords':
      return outcome ? undefined : record;
  }
}
