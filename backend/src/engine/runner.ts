import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { catalogue, isSyncError, SyncError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Database } from '../store/database.ts';
import { queueDryRun, readDryRun, sweepDryRuns } from '../store/dry-runs.ts';
import {
  endRun,
  giveBackRun,
  openRuns,
  queueRun,
  runsWait,
  startRun,
  type Run,
  type RunTrigger,
} from '../store/runs.ts';
import type { Scope } from '../store/scope.ts';
import { readMappings, readSelections } from '../store/settings.ts';
import { countsDays } from '../sync/selection.ts';
import type { Direction } from '../sync/types.ts';
import { inEnglish, sentence } from '../words/told.ts';
import type { RunContext } from './context.ts';
import { Growth } from './growth.ts';
import { packageFields } from './marks.ts';
import { pretendPlatform, pretendSalesforce } from './pretence.ts';
import { Progress } from './progress.ts';
import { Rehearsal } from './rehearsal.ts';
import { executeRun, pausing } from './run.ts';
import { SchemaCache } from './schema-cache.ts';
import { compileSettings, type SyncSettings } from './sync-settings.ts';
import { Turn } from './turn.ts';
import type { OpenVendors, Vendors } from './vendors.ts';

/** A worker that gave no sign of life for so long is dead, and its run may be taken over. Milliseconds. */
export const deadAfter = 30_000;

/** A run that has waited for so long found no worker free. Milliseconds. */
const longWait = 1_000;

const batchSize = 2_000;

/** What became of a worker's turn with a run. */
export type TurnEnd = 'succeeded' | 'failed' | 'paused' | 'lost' | 'given_back' | 'not_mine';

export interface RunnerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly vendors: Vendors;
  /** People acted on at a time; 2,000 by default: a group of full imports, one read of Salesforce. */
  readonly batchSize?: number;
}

/** Takes up runs and carries them out; one for each process that works. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #schemas: SchemaCache;
  #isStopping = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#schemas = new SchemaCache(options.clock);
  }

  /** Queues a run, or answers the one that waits already. */
  async request(scope: Scope, direction: Direction, trigger: RunTrigger): Promise<Run> {
    const { db, clock } = this.#options;
    return db.withTenant(scope.tenantId, (tx) =>
      queueRun(tx, scope, { id: randomUUID(), direction, trigger, now: clock.now() }),
    );
  }

  /** Queues a dry run, or answers the one that has not ended. */
  async requestDryRun(scope: Scope): Promise<Run> {
    const { db, clock } = this.#options;
    return db.withTenant(scope.tenantId, async (tx) => {
      await sweepDryRuns(tx, scope);
      return queueDryRun(tx, scope, { id: randomUUID(), now: clock.now() });
    });
  }

  /** Lets go of the runs under way as soon as what they have done is stored; other workers go on with them. */
  stop(): void {
    this.#isStopping = true;
  }

  /** A connection's runs that a worker may take up now. */
  async resumable(scope: Scope): Promise<Run[]> {
    const { db, clock } = this.#options;
    const { resumable } = await db.withTenant(scope.tenantId, (tx) =>
      openRuns(tx, scope, clock.now() - deadAfter),
    );
    return resumable;
  }

  /** Carries out a run, or a turn of it, unless it has ended or another worker has it. */
  async work(tenantId: string, runId: string): Promise<TurnEnd> {
    const { db, clock, logger } = this.#options;
    const now = clock.now();
    const run = await db.withTenant(tenantId, (tx) =>
      startRun(tx, tenantId, runId, { now, deadBefore: now - deadAfter }),
    );
    if (run === null) return 'not_mine';
    const scope = { tenantId, connectionId: run.connectionId };
    const progress = new Progress(run);
    let rehearsal: Rehearsal | null = null;
    let context: RunContext;
    try {
      rehearsal = run.trigger === 'dry_run' ? await this.#rehearsal(tenantId, run.id) : null;
      context = await this.#prepare(scope, run, progress, rehearsal);
    } catch (error) {
      const known = isSyncError(error);
      logger.error({ run: run.id, err: error }, 'the run could not be prepared');
      const state = known && (!error.retryable || pausing.includes(error.code)) ? 'paused' : 'failed';
      const told = known
        ? { code: error.code, message: error.told }
        : { code: 'SYNC_INTERNAL', message: catalogue.SYNC_INTERNAL.meaning };
      await db.withTenant(tenantId, (tx) =>
        endRun(tx, tenantId, run.id, { state, error: told, progress: progress.snapshot(), now: clock.now() }),
      );
      await this.#sweep(rehearsal);
      return state;
    }
    const ended = await executeRun(context);
    // Fields may have changed under the mapping: the next run looks again.
    if (ended === 'failed') this.#schemas.forget((rehearsal?.of ?? scope).connectionId);
    if (ended !== 'lost') {
      await this.#sweep(rehearsal);
      return ended;
    }
    const gaveBack = await db.withTenant(tenantId, (tx) =>
      giveBackRun(tx, tenantId, run.id, progress.snapshot(), clock.now()),
    );
    return gaveBack ? 'given_back' : 'lost';
  }

  /** The settings of a connection as runs see them; also what previews and record views are made from. */
  async settings(scope: Scope, sides: OpenVendors): Promise<SyncSettings> {
    const { db } = this.#options;
    const { mappings, selections } = await db.withTenant(scope.tenantId, async (tx) => ({
      mappings: await readMappings(tx, scope),
      selections: await readSelections(tx, scope),
    }));
    const inUse = [...mappings.values()].flatMap(({ value }) => (value.enabled ? [value] : []));
    if (inUse.length === 0) throw new SyncError('SYNC_MAPPING_MISSING');
    const live = await this.#schemas.read(scope.connectionId, sides, inUse);
    const timeZone = countsDays([...selections.values()].map(({ value }) => value))
      ? await this.#schemas.timeZone(scope.connectionId, sides)
      : null;
    return {
      ...compileSettings(mappings, selections, live, packageFields(sides.packageNamespace)),
      timeZone,
    };
  }

  /** Makes the next look at fields a fresh one. */
  forgetFields(connectionId: string): void {
    this.#schemas.forget(connectionId);
  }

  async #rehearsal(tenantId: string, id: string): Promise<Rehearsal> {
    const dryRun = await this.#options.db.withTenant(tenantId, (tx) => readDryRun(tx, tenantId, id));
    if (dryRun === null) throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such dry run.'));
    return new Rehearsal(tenantId, dryRun);
  }

  /** Removes what a dry run worked on. Should the process die before, the next request of one does. */
  async #sweep(rehearsal: Rehearsal | null): Promise<void> {
    if (rehearsal === null) return;
    const { of } = rehearsal;
    await this.#options.db.withTenant(of.tenantId, (tx) => sweepDryRuns(tx, of));
  }

  async #prepare(
    scope: Scope,
    run: Run,
    progress: Progress,
    rehearsal: Rehearsal | null,
  ): Promise<RunContext> {
    const { db, clock, logger, vendors } = this.#options;
    // A dry run works on a copy under a connection id of its own; vendors and settings are those of the real one.
    const real = rehearsal?.of ?? scope;
    const sides = await vendors.open(real, {
      counted: {
        salesforce: () => (progress.calls.salesforce += 1),
        platform: () => (progress.calls.platform += 1),
      },
      lane: () => (progress.backfill || rehearsal !== null ? 'backfill' : 'live'),
    });
    const settings = await this.settings(real, sides);
    const unusable = settings.problems.filter((problem) => problem.severity === 'error');
    if (unusable.length > 0) {
      const problems = unusable.map((problem) => ({ ...problem, message: inEnglish(problem.message) }));
      logger.warn({ run: run.id, problems }, 'settings cannot be used now');
    }
    return {
      scope,
      run,
      db,
      clock,
      logger,
      salesforce: rehearsal === null ? sides.salesforce : pretendSalesforce(sides.salesforce),
      connector:
        rehearsal === null ? sides.connector : pretendPlatform(sides.connector, () => rehearsal.isActing),
      rehearsal,
      settings,
      renewSettings: () => {
        this.#schemas.forget(real.connectionId);
        return this.settings(real, sides);
      },
      names: packageFields(sides.packageNamespace),
      progress,
      batchSize: this.#options.batchSize ?? batchSize,
      turn: new Turn({
        clock,
        othersWait: () => runsWait(db, clock.now() - longWait),
        isStopping: () => this.#isStopping,
      }),
      growth: new Growth(),
      notice: null,
      get backfill() {
        return progress.backfill;
      },
      set backfill(isBackfill) {
        progress.backfill = isBackfill;
      },
    };
  }
}
