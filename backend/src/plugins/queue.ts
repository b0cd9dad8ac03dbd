import fp from 'fastify-plugin';
import { PgBoss, type WorkOptions } from 'pg-boss';
import { z } from 'zod';
import type { Run } from '../store/runs.ts';

/** What a job of the queue carries: which run to take up, and of whom. */
const jobSchema = z.object({ tenantId: z.uuid(), connectionId: z.uuid(), runId: z.uuid() });
export type RunJob = z.infer<typeof jobSchema>;

export interface RunQueue {
  /**
   * Hands a run to whichever worker is free. The same run waits at most once. One that has begun and is to go on lets
   * those pass that have not.
   */
  send(tenantId: string, run: Run): Promise<void>;
  /** Starts taking up runs, so many at a time. */
  work(concurrency: number, handle: (job: RunJob) => Promise<void>): Promise<void>;
  /** Has one of the working processes do a chore, however many ask for it within the same seconds. */
  askFor(chore: Chore, seconds: number): Promise<void>;
  /** Takes its part in a chore. */
  share(chore: Chore, handle: () => Promise<void>): Promise<void>;
}

declare module 'fastify' {
  interface FastifyInstance {
    queue: RunQueue;
  }
}

const runs = 'sync-run';

/** What is done for all tenants together every so often, each by a queue of its own. */
const chores = { look: 'schedule-look', clean: 'retention' } as const;
export type Chore = keyof typeof chores;

/** Larger goes first. */
const priority = { begins: 1, goesOn: 0 } as const;

/** Jobs announce themselves; this is for announcements that were lost. */
const polling = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 5 } as const;

/**
 * Runs travel from whoever asks for them to whoever works by pg-boss; what a run is, whose, and whether it may be
 * taken up stands in our own tables, so that a job that is lost or comes twice does no harm.
 *
 * Runs that begin go before runs that go on: a tenant with much to do keeps nobody waiting for longer than a turn.
 * One place of each process is for those that go on, so that they get on whatever begins.
 */
export default fp(
  async (app) => {
    const boss = new PgBoss({
      connectionString: app.config.database.url,
      schema: `${app.config.database.schema}_queue`,
      application_name: 'syncline-queue',
      max: 4,
      useListenNotify: true,
    });
    boss.on('error', (err) => app.log.error({ err }, 'the queue fails'));
    boss.on('warning', (warning) => app.log.warn({ warning }, 'the queue warns'));
    await boss.start();
    // `short`: of one key at most one job waits. A job is not tried again: the look at the schedules finds open runs.
    await boss.createQueue(runs, { policy: 'short', notify: true });
    await boss.updateQueue(runs, {
      notify: true,
      retryLimit: 0,
      expireInSeconds: 6 * 3600,
      deleteAfterSeconds: 3600,
    });
    for (const [chore, name] of Object.entries(chores)) {
      await boss.createQueue(name, {
        notify: true,
        retryLimit: 0,
        expireInSeconds: chore === 'look' ? 60 : 3600,
        deleteAfterSeconds: 60,
        retentionSeconds: chore === 'look' ? 60 : 3600,
      });
    }

    /** One place for jobs; it asks for the next as soon as it has done one. */
    async function place(name: string, options: WorkOptions, handle: (data: unknown) => Promise<void>) {
      const id = await boss.work(name, { ...polling, ...options }, async (jobs) => {
        try {
          for (const job of jobs) await handle(job.data);
        } finally {
          boss.notifyWorker(id);
        }
      });
    }

    app.decorate('queue', {
      async send(tenantId, { id, connectionId, state }) {
        const job: RunJob = { tenantId, connectionId, runId: id };
        await boss.send(runs, job, {
          singletonKey: id,
          priority: state === 'queued' ? priority.begins : priority.goesOn,
        });
      },
      async work(concurrency, handle) {
        for (let index = 0; index < concurrency; index += 1) {
          const isForLongRuns = index === 0 && concurrency > 1;
          await place(runs, isForLongRuns ? { maxPriority: priority.goesOn } : {}, (data) =>
            handle(jobSchema.parse(data)),
          );
        }
      },
      async askFor(chore, seconds) {
        await boss.send(chores[chore], {}, { singletonSeconds: seconds });
      },
      share: (chore, handle) => place(chores[chore], {}, handle),
    } satisfies RunQueue);
    app.addHook('onClose', () => boss.stop({ graceful: true, timeout: 10_000 }));
  },
  { name: 'queue', dependencies: ['postgres'] },
);
