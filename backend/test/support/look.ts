import { tick } from '../../src/engine/ticks.ts';
import type { Run } from '../../src/store/runs.ts';
import type { ConnectedOrg } from './connected.ts';
import type { TestDatabase } from './database.ts';

/** A look at the schedules: the outbound batches that it starts, carried out. */
export async function look({ database }: TestDatabase, { service, work }: ConnectedOrg): Promise<Run[]> {
  const started: Run[] = [];
  await tick({
    db: database,
    clock: service.app.clock,
    logger: service.app.log,
    runner: service.app.runner,
    intervalMinutes: 10,
    batchThreshold: 100,
    send: (_tenantId, run) => Promise.resolve(void started.push(run)),
  });
  await work(started);
  return started.filter(({ direction }) => direction === 'outbound');
}
