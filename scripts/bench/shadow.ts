import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { SERVER_ENVIRONMENT } from '../stack/server.ts';
import { recreateSchema } from '../stack/schema.ts';
import type { Field } from './bed.ts';
import type { TableData } from './report.ts';

const SCHEMA = 'syncline_bench';

const resultSchema = z.object({
  state: z.literal('succeeded'),
  counts: z.object({
    observed: z.object({ salesforce: z.number(), platform: z.number() }),
    created: z.literal(0),
    updated: z.literal(0),
    linked: z.literal(0),
    failed: z.literal(0),
  }),
  salesforceSeconds: z.number(),
  platformSeconds: z.number(),
  cpuSeconds: z.number(),
  peakMemory: z.number().nullable(),
  bytes: z.object({ link: z.number(), platform_index: z.number() }),
});

/** What it costs to read everything again when nothing has changed; see shadow-pass.ts. */
export async function shadow(field: Field, sizes: readonly number[]): Promise<TableData> {
  const rows: string[][] = [];
  for (const records of sizes) {
    await recreateSchema(field.url, SCHEMA);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(import.meta.dirname, 'shadow-pass.ts'), field.url, SCHEMA, String(records)],
      { env: { ...process.env, ...SERVER_ENVIRONMENT, NODE_NO_WARNINGS: '1' } },
    );
    const result = resultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    const { observed } = result.counts;
    if (observed.salesforce < records || observed.platform < records)
      throw new Error(
        `Only ${observed.salesforce} and ${observed.platform} of ${records} records were read.`,
      );
    rows.push([
      records.toLocaleString('en'),
      result.salesforceSeconds.toFixed(1),
      result.platformSeconds.toFixed(1),
      Math.round((2 * records) / (result.salesforceSeconds + result.platformSeconds)).toLocaleString('en'),
      result.cpuSeconds.toFixed(1),
      result.peakMemory?.toFixed(0) ?? '–',
      result.bytes.link.toFixed(0),
      result.bytes.platform_index.toFixed(0),
    ]);
  }
  return {
    head: [
      'linked records',
      'Salesforce’s read and compared, s',
      'ActiveCampaign’s, s',
      'records/s',
      'CPU of the worker, s',
      'peak memory, MB',
      'bytes per link with its indexes',
      'bytes per known contact with its indexes',
    ],
    rows,
  };
}
