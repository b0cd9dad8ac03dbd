import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { CsvError } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';

const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;

export const delimiterSchema = z.enum(['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB']);
export const lineEndingSchema = z.enum(['LF', 'CRLF']);

/** How a job's CSV is written, in both directions. */
export interface CsvFormat {
  readonly columnDelimiter: z.infer<typeof delimiterSchema>;
  readonly lineEnding: z.infer<typeof lineEndingSchema>;
}

/** Bytes handed to the parser at a time, so that other requests get their turn. */
const SLICE_BYTES = 256 * 1024;

/**
 * Records of a CSV text, the header first. Every record before a broken one is yielded.
 * @throws CsvError after them
 */
export async function* readCsv(content: Buffer, format: CsvFormat): AsyncGenerator<string[]> {
  let broken: CsvError | undefined;
  const parser = parse({
    bom: true,
    delimiter: DELIMITERS[format.columnDelimiter],
    record_delimiter: LINE_ENDINGS[format.lineEnding],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      broken ??= error;
    },
    on_record: (record: string[]) => (broken ? null : record),
  });
  const records: AsyncIterable<string[]> = Readable.from(slices(content)).pipe(parser);
  yield* records;
  if (broken) throw broken;
}

function* slices(content: Buffer): Generator<Buffer> {
  for (let start = 0; start < content.length; start += SLICE_BYTES)
    yield content.subarray(start, start + SLICE_BYTES);
}

/** Every value quoted, as Bulk API 2.0 answers. */
export function writeCsv(records: readonly (readonly string[])[], format: CsvFormat): string {
  return stringify([...records], {
    quoted: true,
    quoted_empty: true,
    delimiter: DELIMITERS[format.columnDelimiter],
    record_delimiter: LINE_ENDINGS[format.lineEnding],
  });
}

/** Whether the first line ends as the job says its lines do. A text of one unfinished line passes. */
export function hasLineEnding(content: Buffer, format: CsvFormat): boolean {
  const newline = content.indexOf('\n');
  if (newline < 0) return true;
  const isCrlf = newline > 0 && content[newline - 1] === 0x0d;
  return isCrlf === (format.lineEnding === 'CRLF');
}
