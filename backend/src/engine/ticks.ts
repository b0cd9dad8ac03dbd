import type { Clock } from '../lib/clock.ts';
import type { Database } from '../store/database.ts';
import { countHints } from '../store/hints.ts';
import { countDue } from '../store/links.ts';
import { connectedPairs } from '../store/pairs.ts';
import { lastStart, openRuns, type Run, type RunTrigger } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { readMappings, readSchedules, scheduleOf } from '../store/settings.ts';
import { isDue } from '../sync/schedule.ts';
import type { Direction } from '../sync/types.ts';
import { deadAfter, type Runner } from './runner.ts';

export interface TickOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly intervalMinutes: number;
  readonly batchThreshold: number;
  /** Hands a run to the queue. */
  readonly send: (tenantId: string, run: Run) => Promise<void>;
}

/**
 * Starts the batches that are due, of every connection: by the clock, or because enough records wait. Hands
 * queued runs and those of dead workers to the queue again, so that a lost message loses nothing.
 */
export async function tick(options: TickOptions): Promise<void> {
  const { db, clock, send } = options;
  for (const scope of await connectedPairs(db)) {
    const open = await db.withTenant(scope.tenantId, (tx) => openRuns(tx, scope, clock.now() - deadAfter));
    for (const run of open.resumable) await send(scope.tenantId, run);
    for (const direction of ['inbound', 'outbound'] as const) {
      if (open.directions.has(direction)) continue;
      const trigger = await dueTrigger(options, scope, direction);
      if (trigger !== null)
        await send(scope.tenantId, await options.runner.request(scope, direction, trigger));
    }
  }
}

async function dueTrigger(
  options: TickOptions,
  scope: Scope,
  direction: Direction,
): Promise<RunTrigger | null> {
  const { db, clock, intervalMinutes, batchThreshold } = options;
  const now = clock.now();
  const { isMapped, stored, lastStartedAt, waiting } = await db.withTenant(scope.tenantId, async (tx) => ({
    isMapped: (await readMappings(tx, scope)).size > 0,
    stored: scheduleOf(await readSchedules(tx, scope), direction),
    lastStartedAt: await lastStart(tx, scope, direction),
    waiting: await waitingRecords(tx, scope, direction, now),
  }));
  const { schedule, timeZone, paused } = stored;
  // Setup is still under way: a run could only say so.
  if (!isMapped || schedule === null || paused) return null;
  const question = { schedule, lastStartedAt, now, timeZone, threshold: batchThreshold, intervalMinutes };
  if (isDue({ ...question, waiting: 0 })) return 'schedule';
  return isDue({ ...question, waiting }) ? 'threshold' : null;
}

/** Records that wait for the next run of a direction: known to be due, or pointed to. */
export async function waitingRecords(
  tx: Tx,
  scope: Scope,
  direction: Direction,
  now: number,
): Promise<number> {
  const side = direction === 'inbound' ? 'platform' : 'salesforce';
  return (await countDue(tx, scope, direction, now)) + (await countHints(tx, scope, side, now));
}
