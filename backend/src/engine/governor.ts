import type { BudgetObservation, CallBudget } from '../lib/budget.ts';
import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import { countDaily, holdWindow, noteDaily, noteRate, readBudgets, reserveSlot } from '../store/budgets.ts';
import type { Database } from '../store/database.ts';
import type { Scope } from '../store/scope.ts';

/** How close to a vendor's rate the pace comes: calls that are late may move together without exceeding any window. */
const paceReserve = 0.9;

/** A call that is later than this has lost its slot to the next ones and takes another. Milliseconds. */
const latestStart = 80;
const slotsTried = 4;

/** Never more than this share of an org's daily calls, whatever the admin sets (all integrations together). */
export const orgShareAtMost = 0.8;

export interface GovernorOptions {
  readonly db: Database;
  readonly scope: Scope;
  readonly clock: Clock;
  /** Calls a second by window, as the vendor documents them. */
  readonly perSecond: Readonly<Record<string, number>>;
  /** Called with each call that is let through. */
  readonly counted: () => void;
}

/**
 * A vendor account's pace, kept in PostgreSQL and so shared by all workers. When the vendor's own answer
 * names another rate than the documented one, every window is scaled by the same factor.
 */
export function createPacedBudget({ db, scope, clock, perSecond, counted }: GovernorOptions): CallBudget {
  let scale: number | null = null;

  async function currentScale(): Promise<number> {
    if (scale !== null) return scale;
    const states = await db.withTenant(scope.tenantId, (tx) => readBudgets(tx, scope));
    const reported = states.find((state) => state.window === 'requests')?.perSecond ?? null;
    return (scale = reported === null ? 1 : reported / (perSecond.requests ?? reported));
  }

  return {
    async take(window) {
      counted();
      const rate = perSecond[window];
      if (rate === undefined) throw new Error(`The budget has no window "${window}".`);
      const interval = 1000 / (rate * paceReserve * (await currentScale()));
      // Faster than any clock could pace: nothing to share.
      if (interval < 0.1) return;
      for (let tried = 1; ; tried += 1) {
        const now = clock.now();
        const slot = await db.withTenant(scope.tenantId, (tx) =>
          reserveSlot(tx, scope, window, now, interval),
        );
        if (slot > now) await clock.sleep(slot - now);
        if (clock.now() - Math.max(slot, now) <= latestStart || tried === slotsTried) return;
      }
    },
    async report(observed: BudgetObservation) {
      if (observed.kind === 'refused') {
        const until = clock.now() + observed.retryAfter;
        await db.withTenant(scope.tenantId, (tx) => holdWindow(tx, scope, 'requests', until));
      } else if (observed.kind === 'rate') {
        const next = observed.requestsPerSecond / (perSecond.requests ?? observed.requestsPerSecond);
        if (next === (await currentScale())) return;
        scale = next;
        await db.withTenant(scope.tenantId, (tx) =>
          noteRate(tx, scope, 'requests', observed.requestsPerSecond),
        );
      }
    },
  };
}

export interface DailyBudgetOptions extends Omit<GovernorOptions, 'perSecond'> {
  /** The part of the org's daily calls that sync may use, 0 to 0.8. */
  readonly share: number;
}

/** An org's daily API calls: refuses a call beyond our share, or when the org as a whole nears its limit (A18). */
export function createDailyBudget({ db, scope, clock, share, counted }: DailyBudgetOptions): CallBudget {
  let reported: { used: number; limit: number } | null = null;
  return {
    async take() {
      const use = await db.withTenant(scope.tenantId, (tx) => countDaily(tx, scope, 1, clock.now()));
      const limit = use.vendorLimit;
      if (limit !== null) {
        if (use.used > limit * share) {
          throw new SyncError(
            'SYNC_SALESFORCE_DAILY_LIMIT',
            `Sync used its share of the org's daily API calls: ${use.used} of ${Math.floor(limit * share)}.`,
          );
        }
        if ((use.vendorUsed ?? 0) >= limit * orgShareAtMost) {
          throw new SyncError(
            'SYNC_SALESFORCE_DAILY_LIMIT',
            `The org has used ${use.vendorUsed} of its ${limit} daily API calls; sync leaves the rest to others.`,
          );
        }
      }
      counted();
    },
    async report(observed) {
      if (observed.kind !== 'daily') return;
      const { used, limit } = observed;
      if (reported !== null && reported.limit === limit && Math.abs(reported.used - used) < limit / 200)
        return;
      reported = { used, limit };
      await db.withTenant(scope.tenantId, (tx) => noteDaily(tx, scope, reported ?? observed));
    },
  };
}
