import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Database } from '../store/database.ts';
import { countHints } from '../store/hints.ts';
import { countDue } from '../store/links.ts';
import { connectedPairs } from '../store/pairs.ts';
import { lastStart, openRuns, type Run, type RunTrigger } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { readMappings, readSchedules, scheduleOf } from '../store/settings.ts';
import { isDue, nextNoticed } from '../sync/schedule.ts';
import type { Direction } from '../sync/types.ts';
import { deadAfter, type Runner } from './runner.ts';

export interface TickOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runner: Runner;
  readonly intervalMinutes: number;
  readonly batchThreshold: number;
  /** Hands a run to the queue. */
  readonly send: (tenantId: string, run: Run) => Promise<void>;
}

/** Pairs that are looked at side by side: the database answers several while one answer is on its way. */
const atOnce = 4;

/**
 * Starts the batches that are due, of every connection: by the clock, or because enough records wait. Hands runs that
 * wait, and those of dead workers, to the queue again, so that a lost message loses nothing. A pair that cannot be
 * looked at keeps no other from it.
 */
export async function tick(options: TickOptions): Promise<void> {
  const pairs = (await connectedPairs(options.db))[Symbol.iterator]();
  const lookAtSome = async (): Promise<void> => {
    for (const scope of pairs) {
      try {
        await lookAt(options, scope);
      } catch (error) {
        options.logger.error({ ...scope, err: error }, 'a connection could not be looked at');
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lookAtSome));
}

async function lookAt(options: TickOptions, scope: Scope): Promise<void> {
  const { db, clock, runner, send } = options;
  const now = clock.now();
  const { resumable, due } = await db.withTenant(scope.tenantId, async (tx) => {
    const open = await openRuns(tx, scope, now - deadAfter);
    return { resumable: open.resumable, due: await dueRuns(options, tx, scope, open.directions) };
  });
  for (const run of resumable) await send(scope.tenantId, run);
  for (const { direction, trigger } of due)
    await send(scope.tenantId, await runner.request(scope, direction, trigger));
}

interface DueRun {
  readonly direction: Direction;
  readonly trigger: RunTrigger;
}

/** Which batches are to start now; none in a direction in which one is under way. */
async function dueRuns(
  { clock, intervalMinutes, batchThreshold }: TickOptions,
  tx: Tx,
  scope: Scope,
  underWay: ReadonlySet<Direction>,
): Promise<DueRun[]> {
  const directions = (['inbound', 'outbound'] as const).filter((direction) => !underWay.has(direction));
  if (directions.length === 0) return [];
  // Setup is still under way: a run could only say so.
  if ((await readMappings(tx, scope)).size === 0) return [];
  const now = clock.now();
  const schedules = await readSchedules(tx, scope);
  const due: DueRun[] = [];
  for (const direction of directions) {
    const { schedule, timeZone, paused, noticedAt } = scheduleOf(schedules, direction);
    if (schedule === null || paused) continue;
    const lastStartedAt = await lastStart(tx, scope, direction);
    const question = { schedule, lastStartedAt, now, timeZone, threshold: batchThreshold, intervalMinutes };
    if (nextNoticed(noticedAt, lastStartedAt, now) === now) due.push({ direction, trigger: 'notice' });
    else if (isDue({ ...question, waiting: 0 })) due.push({ direction, trigger: 'schedule' });
    else if (isDue({ ...question, waiting: await waitingRecords(tx, scope, direction, now) }))
      due.push({ direction, trigger: 'threshold' });
  }
  return due;
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
