import cron, { type ScheduledTask } from 'node-cron';
import fp from 'fastify-plugin';
import { clean } from '../engine/cleaning.ts';
import { Runner } from '../engine/runner.ts';
import { tick } from '../engine/ticks.ts';
import type { Vendors } from '../engine/vendors.ts';
import type { Run } from '../store/runs.ts';
import { openVendors } from '../engine/open-vendors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly runner: Runner;
    readonly vendors: Vendors;
    /** Starts taking up runs and watching the schedules in this process. */
    startWorking(): Promise<void>;
  }
}

/** Every so many seconds the schedules are looked at. */
const tickSeconds = 5;

/** Every so many seconds what is older than it is kept goes. */
const cleaningSeconds = 3600;

/** The engine: requests of runs in every process, their work in those that are told to. */
export default fp(
  async (app) => {
    const logger = app.log;
    const vendors = openVendors({
      db: app.database,
      vault: app.vault,
      config: app.config,
      clock: app.clock,
      logger,
    });
    const runner = new Runner({ db: app.database, clock: app.clock, logger, vendors });
    app.decorate('vendors', vendors);
    app.decorate('runner', runner);
    let watching: ScheduledTask | undefined;
    app.addHook('preClose', async () => {
      runner.stop();
      await watching?.stop();
    });

    const send = (tenantId: string, run: Run) => app.queue.send(tenantId, run);
    app.decorate('startWorking', async () => {
      await app.queue.work(app.config.sync.concurrency, async ({ tenantId, connectionId, runId }) => {
        if ((await runner.work(tenantId, runId)) === 'not_mine') return;
        // What it gave back, and what waited for it to end, need not wait for the next look at the schedules.
        for (const run of await runner.resumable({ tenantId, connectionId })) await send(tenantId, run);
      });
      await app.queue.share('look', () =>
        tick({
          db: app.database,
          clock: app.clock,
          logger,
          runner,
          intervalMinutes: app.config.sync.intervalMinutes,
          batchThreshold: app.config.sync.batchThreshold,
          send,
        }),
      );
      await app.queue.share('clean', () =>
        clean({ db: app.database, clock: app.clock, logger, ...app.config.retention }),
      );
      // Every process asks, one of them looks: what a look costs does not grow with their number.
      watching = cron.schedule(
        `*/${tickSeconds} * * * * *`,
        () =>
          Promise.all([
            app.queue.askFor('look', tickSeconds),
            app.queue.askFor('clean', cleaningSeconds),
          ]).catch((err: unknown) => app.log.error({ err }, 'the chores could not be asked for')),
        { noOverlap: true },
      );
    });
  },
  { name: 'engine', dependencies: ['postgres', 'clock', 'vault', 'queue'] },
);
