import type { FastifyInstance } from 'fastify';
import type { Run } from '../store/runs.ts';
import type { Scope } from '../store/scope.ts';
import type { Direction } from '../sync/types.ts';

/** Queues a run because a person asked for it, or answers the one that waits already. */
export async function startRun(app: FastifyInstance, scope: Scope, direction: Direction): Promise<Run> {
  const run = await app.runner.request(scope, direction, 'manual');
  await app.queue.send(scope.tenantId, run);
  return run;
}

/** The same in both directions. */
export async function startBothRuns(app: FastifyInstance, scope: Scope): Promise<Run[]> {
  return [await startRun(app, scope, 'outbound'), await startRun(app, scope, 'inbound')];
}
