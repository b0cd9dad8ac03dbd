import type { Connector } from '../connectors/connector.ts';
import type { Clock } from '../lib/clock.ts';
import { partition } from '../lib/lists.ts';
import type { Logger } from '../lib/logger.ts';
import type { Salesforce } from '../salesforce/types.ts';
import type { Database } from '../store/database.ts';
import type { Outcome } from '../store/outcomes.ts';
import { addOutcomes } from '../store/outcomes.ts';
import type { Run } from '../store/runs.ts';
import { beatRun } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { SyncError } from '../lib/errors.ts';
import { refreshStatistics } from '../store/statistics.ts';
import type { Growth } from './growth.ts';
import type { PackageFields } from './marks.ts';
import type { Progress } from './progress.ts';
import type { SyncSettings } from './sync-settings.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { Notice } from './settings-notice.ts';
import type { Turn } from './turn.ts';

/** Everything that one run works with. */
export interface RunContext {
  readonly scope: Scope;
  readonly run: Run;
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly salesforce: Salesforce;
  readonly connector: Connector;
  /** Compiled anew when a field turns out to have gone. */
  settings: SyncSettings;
  /** The settings against fields that are looked at afresh. */
  readonly renewSettings: () => Promise<SyncSettings>;
  readonly names: PackageFields;
  readonly progress: Progress;
  readonly turn: Turn;
  readonly growth: Growth;
  /** Of a dry run, whose writes reach no vendor; null in every other run. */
  readonly rehearsal: Rehearsal | null;
  /** People acted on at a time. */
  readonly batchSize: number;
  /** Set once the run reads everything or writes what such a read brought: its calls let live ones pass. */
  backfill: boolean;
  /** What the run could not do and leaves to a later one, beyond what its settings make it do without. */
  notice: Notice | null;
}

export function inTenant<T>(context: RunContext, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return context.db.withTenant(context.scope.tenantId, fn);
}

/**
 * Stores outcomes in the transaction that carries what they tell of. A write that was overtaken is not told of yet:
 * its record is due still, and what becomes of it in the end is its outcome.
 */
export async function settleOutcomes(
  context: RunContext,
  tx: Tx,
  outcomes: readonly Outcome[],
): Promise<void> {
  const { overtaken } = context.progress;
  const [open, settled] = partition(outcomes, ({ code }) => code === 'SYNC_PLATFORM_WRITE_OVERTAKEN');
  await storeOutcomes(context, tx, settled);
  for (const { salesforceId } of settled) overtaken.delete(salesforceId);
  for (const outcome of open) overtaken.set(outcome.salesforceId, outcome);
}

/** Tells of the overtaken writes whose records the run did not come to again; to be called at its end. */
export async function settleOvertaken(context: RunContext, tx: Tx): Promise<void> {
  const { overtaken } = context.progress;
  await storeOutcomes(context, tx, [...overtaken.values()]);
  overtaken.clear();
}

async function storeOutcomes(context: RunContext, tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  await addOutcomes(tx, context.scope.tenantId, context.run.id, outcomes, context.clock.now());
  context.progress.count(outcomes);
}

/** Says what the run is doing and that it is alive. @throws SyncError when the run was taken over. */
export async function enterStage(context: RunContext, stage: string): Promise<void> {
  context.progress.stage = stage;
  context.turn.enter(stage);
  await stillMine(context);
}

/**
 * Says that the run is alive and got on; to be called where all that was done is stored.
 * @throws SyncError SYNC_RUN_TAKEN_OVER when another worker has the run now, or is to have it
 */
export async function beat(context: RunContext): Promise<void> {
  await stillMine(context);
  if (await context.turn.isOver()) throw new SyncError('SYNC_RUN_TAKEN_OVER');
}

async function stillMine(context: RunContext): Promise<void> {
  const mine = await inTenant(context, (tx) =>
    beatRun(tx, context.scope.tenantId, context.run.id, context.progress.snapshot(), context.clock.now()),
  );
  if (!mine) throw new SyncError('SYNC_RUN_TAKEN_OVER');
  const { backfill, rehearsal, progress, growth, db } = context;
  // A dry run's copy is as new to the database as what a complete read brings.
  if (
    (backfill || rehearsal !== null) &&
    growth.isNews(progress.observed.salesforce + progress.observed.platform)
  ) {
    await refreshStatistics(db);
  }
}

/** Another run of the same connection stored something in between: what was read must be looked at again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const attemptsWhenOvertaken = 5;

/**
 * Runs an observation again when another run got in between; what both store is the same.
 * @param observe is told what to call whenever it got on for good
 */
export async function retryOvertaken(observe: (gotOn: () => void) => Promise<void>): Promise<void> {
  let attempt = 0;
  const gotOn = (): void => {
    attempt = 0;
  };
  for (;;) {
    attempt += 1;
    try {
      await observe(gotOn);
      return;
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === attemptsWhenOvertaken) throw error;
    }
  }
}
