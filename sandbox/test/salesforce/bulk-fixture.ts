import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { API, json } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

const jobSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  numberRecordsProcessed: z.number().optional(),
  numberRecordsFailed: z.number().optional(),
  errorMessage: z.string().optional(),
});
export type JobInfo = z.infer<typeof jobSchema>;

export type CallOptions = Parameters<RunningSalesforce['call']>[1];

/** A client of one kind of job. */
export function bulkJobs(salesforce: RunningSalesforce, kind: 'ingest' | 'query') {
  const path = (rest = '') => `${API}/jobs/${kind}${rest}`;
  const info = async (id: string) => jobSchema.parse(await (await salesforce.call(path(`/${id}`))).json());
  return {
    create: (body: unknown, options: CallOptions = {}) =>
      salesforce.call(path(), { ...json('POST', body), ...options }),
    async open(body: unknown, options: CallOptions = {}): Promise<string> {
      return jobSchema.parse(await (await this.create(body, options)).json()).id;
    },
    upload: (id: string, csv: string) =>
      salesforce.call(path(`/${id}/batches`), {
        method: 'PUT',
        body: csv,
        headers: { 'Content-Type': 'text/csv' },
      }),
    setState: (id: string, state: string, options: CallOptions = {}) =>
      salesforce.call(path(`/${id}`), { ...json('PATCH', { state }), ...options }),
    info,
    remove: (id: string) => salesforce.call(path(`/${id}`), { method: 'DELETE' }),
    get: (id: string, rest: string) => salesforce.call(path(`/${id}/${rest}`)),
    async rows(id: string, result: string): Promise<Record<string, string>[]> {
      const reply = await salesforce.call(path(`/${id}/${result}`));
      return z.array(z.record(z.string(), z.string())).parse(parse(await reply.text(), { columns: true }));
    },
    /** Polls until the job is over. */
    async end(id: string): Promise<JobInfo> {
      for (;;) {
        const job = await info(id);
        if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) return job;
      }
    },
  };
}

/** Opens an ingest job, uploads, closes and waits. */
export async function load(
  salesforce: RunningSalesforce,
  settings: Record<string, unknown>,
  csv: string,
  options: CallOptions = {},
): Promise<JobInfo> {
  const jobs = bulkJobs(salesforce, 'ingest');
  const id = await jobs.open(settings, options);
  await jobs.upload(id, csv);
  await jobs.setState(id, 'UploadComplete', options);
  return jobs.end(id);
}
