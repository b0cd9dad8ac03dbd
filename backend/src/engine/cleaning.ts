import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Database } from '../store/database.ts';
import { sweepDryRuns } from '../store/dry-runs.ts';
import { connectedPairs } from '../store/pairs.ts';
import {
  deleteOldDryRuns,
  deleteOldOutcomes,
  deleteOldRuns,
  deleteSettledConflicts,
} from '../store/retention.ts';
import type { Scope, Tx } from '../store/scope.ts';

export interface CleaningOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long runs, outcomes and settled conflicts are kept. Days. */
  readonly keepDays: number;
  /** How long runs are kept that found nothing to do. Hours. */
  readonly keepIdleHours: number;
}

/** Rows that one transaction deletes: it holds nobody up. */
const batchSize = 1_000;

const hour = 60 * 60_000;

/**
 * Deletes what is older than it is kept, of every connection, a small batch at a time. A connection that cannot be
 * cleaned keeps no other from it.
 */
export async function clean(options: CleaningOptions): Promise<void> {
  for (const scope of await connectedPairs(options.db)) {
    try {
      await cleanPair(options, scope);
    } catch (error) {
      options.logger.error({ ...scope, err: error }, 'what is old could not be deleted');
    }
  }
}

async function cleanPair(options: CleaningOptions, scope: Scope): Promise<void> {
  const { db, clock, keepDays, keepIdleHours } = options;
  const before = clock.now() - keepDays * 24 * hour;
  const idleBefore = clock.now() - keepIdleHours * hour;
  const steps: ((tx: Tx) => Promise<number>)[] = [
    (tx) => deleteOldOutcomes(tx, scope, before, batchSize),
    (tx) => deleteOldRuns(tx, scope, { before, idleBefore }, batchSize),
    (tx) => deleteSettledConflicts(tx, scope, before, batchSize),
    (tx) => deleteOldDryRuns(tx, scope, before, batchSize),
  ];
  await db.withTenant(scope.tenantId, (tx) => sweepDryRuns(tx, scope));
  for (const step of steps) {
    while ((await db.withTenant(scope.tenantId, step)) > 0);
  }
}
