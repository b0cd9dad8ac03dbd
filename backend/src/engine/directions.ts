import { lastStart } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { readSchedules, scheduleOf, type StoredSchedule } from '../store/settings.ts';
import { nextNoticed, nextRun } from '../sync/schedule.ts';
import type { Direction } from '../sync/types.ts';
import { waitingRecords } from './ticks.ts';

/** How the batches of a direction stand. Times are milliseconds. */
export interface DirectionState extends StoredSchedule {
  /** Null while no batch is to come by itself. */
  readonly nextRunAt: number | null;
  readonly lastRunAt: number | null;
  /** Records that wait for the next run. */
  readonly waiting: number;
}

export async function readDirection(
  tx: Tx,
  scope: Scope,
  direction: Direction,
  { now, intervalMinutes }: { now: number; intervalMinutes: number },
): Promise<DirectionState> {
  const stored = scheduleOf(await readSchedules(tx, scope), direction);
  const { schedule, paused, timeZone, noticedAt } = stored;
  const lastRunAt = await lastStart(tx, scope, direction);
  return {
    ...stored,
    nextRunAt:
      schedule === null || paused
        ? null
        : Math.min(
            nextRun(schedule, lastRunAt, now, timeZone, intervalMinutes),
            nextNoticed(noticedAt, lastRunAt, now) ?? Infinity,
          ),
    lastRunAt,
    waiting: await waitingRecords(tx, scope, direction, now),
  };
}
