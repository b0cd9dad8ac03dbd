import fp from 'fastify-plugin';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Run } from '../store/runs.ts';

/** What a job of the queue carries: which run to take up. */
const jobSchema = z.object({ tenantId: z.uuid(), runId: z.uuid() });

export interface RunQueue {
  /** Hands a run to whichever worker is free. The same run waits at most once. */
  send(tenantId: string, run: Run): Promise<void>;
  /** Starts taking up runs, so many at a time. */
  work(concurrency: number, handle: (tenantId: string, runId: string) => Promise<void>): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    queue: RunQueue;
  }
}

const name = 'sync-run';

/** Runs travel from whoever asks for them to whoever works by pg-boss; what a run is, and whose, stands in our own tables. */
export default fp(
  async (app) => {
    const boss = new PgBoss({
      connectionString: app.config.database.url,
      schema: `${app.config.database.schema}_queue`,
      application_name: 'syncline-queue',
      max: 4,
    });
    boss.on('error', (error) => app.log.error({ error }, 'the queue fails'));
    await boss.start();
    // `short`: of one key at most one job waits. Whether a run may start is decided by the run's own row.
    await boss.createQueue(name, {
      policy: 'short',
      retryLimit: 0,
      expireInSeconds: 6 * 3600,
      deleteAfterSeconds: 3600,
    });
    app.decorate('queue', {
      async send(tenantId, run) {
        await boss.send(name, { tenantId, runId: run.id }, { singletonKey: run.id });
      },
      async work(concurrency, handle) {
        await boss.work(
          name,
          { localConcurrency: concurrency, pollingIntervalSeconds: 0.5 },
          async (jobs) => {
            for (const job of jobs) {
              const { tenantId, runId } = jobSchema.parse(job.data);
              await handle(tenantId, runId);
            }
          },
        );
      },
    } satisfies RunQueue);
    app.addHook('onClose', () => boss.stop({ graceful: true, timeout: 10_000 }));
  },
  { name: 'queue', dependencies: ['postgres'] },
);
