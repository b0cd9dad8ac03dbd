import type { BudgetObservation, CallBudget, Lane } from '../lib/budget.ts';
import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import {
  claimDaily,
  claimSlot,
  holdAccount,
  noteDaily,
  noteRate,
  readBudgets,
  readHold,
  type DailyUse,
} from '../store/budgets.ts';
import type { Database } from '../store/database.ts';
import type { Scope } from '../store/scope.ts';
import { sentence } from '../words/told.ts';

/**
 * A call that is later than this has lost its slot to the next ones and takes another. With the way to the vendor and
 * what workers may be wrong about the time it stays below a window's `shift`. Milliseconds.
 */
const latestStart = 70;
const slotsTried = 4;

/** Where live calls go on and on, each call of a backfill lets so many of them pass. */
const liveInRow = 4;

/** Never more than this share of an org's daily calls, whatever the admin sets (all integrations together). */
export const orgShareAtMost = 0.8;

/** How often an org that was near its limit is asked whether calls have become free. Milliseconds. */
const askEvery = 60 * 60_000;

/** From this part of the bound on, every report of the org's use counts; before it small changes are not stored. */
const nearBound = 0.9;

/** So many calls in any span of time. */
export interface Window {
  readonly calls: number;
  readonly milliseconds: number;
  /** By how much calls may move together on their way without exceeding the window, in milliseconds. */
  readonly shift: number;
}

export interface GovernorOptions {
  readonly db: Database;
  readonly scope: Scope;
  readonly clock: Clock;
  /** As the vendor documents them; the one that its answers speak of is called `requests`. */
  readonly windows: Readonly<Record<string, Window>>;
  /** What the caller's work is at the moment. */
  readonly lane: () => Lane;
  /** Called with each call that is let through. */
  readonly counted: () => void;
}

/**
 * A vendor account's pace, kept in PostgreSQL and so shared by all workers. When the vendor's own answer
 * names another rate than the documented one, every window is scaled by the same factor. Live calls pass those of
 * a backfill, which still gets one slot of five where live calls never end.
 */
export function createPacedBudget(options: GovernorOptions): CallBudget {
  const { db, scope, clock, windows, lane, counted } = options;
  let scale: number | null = null;
  const lastClaims = new Map<string, Promise<unknown>>();

  async function currentScale(): Promise<number> {
    if (scale !== null) return scale;
    const states = await db.withTenant(scope.tenantId, (tx) => readBudgets(tx, scope));
    const reported = states.find((state) => state.window === 'requests')?.perSecond ?? null;
    return (scale = reported === null ? 1 : scaleOf(reported));
  }

  function scaleOf(requestsPerSecond: number): number {
    const { requests } = windows;
    return requests === undefined
      ? 1
      : (requestsPerSecond * requests.milliseconds) / (1_000 * requests.calls);
  }

  /** One of our calls after the other asks for a slot, so that many that wait ask no more often than one. */
  function nextSlot(window: string, interval: number): Promise<number> {
    const before = lastClaims.get(window) ?? Promise.resolve();
    const claim = before.then(() => claimNext(window, interval));
    lastClaims.set(
      window,
      claim.catch(() => undefined),
    );
    return claim;
  }

  async function claimNext(window: string, interval: number): Promise<number> {
    for (;;) {
      const now = clock.now();
      const answer = await db.withTenant(scope.tenantId, (tx) =>
        claimSlot(tx, scope, { window, lane: lane(), now, interval, liveInRow }),
      );
      if (answer.kind === 'slot') return Math.max(answer.at, now);
      await clock.sleep(Math.max(1, answer.at - now));
    }
  }

  /** Waits for a slot. @returns whether it may be used: the vendor may have asked for a pause after it was claimed */
  async function reach(window: string, slot: number): Promise<boolean> {
    const rest = slot - clock.now();
    if (rest <= 0) return true;
    await clock.sleep(rest);
    const held = await db.withTenant(scope.tenantId, (tx) => readHold(tx, scope, window));
    return held <= slot;
  }

  return {
    async take(window) {
      counted();
      const known = windows[window];
      if (known === undefined) throw new Error(`The budget has no window "${window}".`);
      const interval = (known.milliseconds + known.shift) / (known.calls * (await currentScale()));
      // Faster than any clock could pace: nothing to share.
      if (interval < 0.1) return;
      for (let late = 0; late < slotsTried;) {
        const slot = await nextSlot(window, interval);
        if (!(await reach(window, slot))) continue;
        if (clock.now() - slot <= latestStart) return;
        late += 1;
      }
    },
    async report(observed: BudgetObservation) {
      if (observed.kind === 'refused') {
        const until = clock.now() + observed.retryAfter;
        await db.withTenant(scope.tenantId, (tx) => holdAccount(tx, scope, until));
      } else if (observed.kind === 'rate') {
        const next = scaleOf(observed.requestsPerSecond);
        if (next === (await currentScale())) return;
        scale = next;
        await db.withTenant(scope.tenantId, (tx) =>
          noteRate(tx, scope, 'requests', observed.requestsPerSecond),
        );
      }
    },
  };
}

export interface DailyBudgetOptions extends Omit<GovernorOptions, 'windows' | 'lane'> {
  /** The part of the org's daily calls that sync may use, 0 to 0.8. */
  readonly share: number;
}

/**
 * An org's API calls in any 24 hours: refuses a call beyond our share, or when the org as a whole nears its limit
 * (A18). Before the org told its limit, which it does with every answer, nothing is refused. As nothing but an answer
 * tells that others' calls have become free again, one call an hour is let through to ask.
 */
export function createDailyBudget({ db, scope, clock, share, counted }: DailyBudgetOptions): CallBudget {
  const ourShare = Math.min(share, orgShareAtMost);
  let reported: { used: number; limit: number } | null = null;
  let callsSince = 0;

  const isWithinShare = ({ used, vendorLimit }: DailyUse) =>
    vendorLimit === null || used + 1 <= vendorLimit * ourShare;
  const isWithinOrg = ({ vendorUsed, vendorLimit }: DailyUse) =>
    vendorLimit === null || (vendorUsed ?? 0) + 1 <= vendorLimit * orgShareAtMost;

  return {
    async take() {
      const use = await db.withTenant(scope.tenantId, (tx) =>
        claimDaily(tx, scope, {
          now: clock.now(),
          mayCall: (before) => isWithinShare(before) && isWithinOrg(before),
          mayAsk: isWithinShare,
          askEvery,
        }),
      );
      if (!use.granted) {
        const limit = use.vendorLimit ?? 0;
        throw isWithinShare(use)
          ? new SyncError(
              'SYNC_SALESFORCE_DAILY_LIMIT',
              sentence(
                'The org has used {used} of its {limit} daily API calls; sync leaves the rest to others.',
                { used: use.vendorUsed ?? 0, limit },
              ),
            )
          : new SyncError(
              'SYNC_BUDGET_EXHAUSTED',
              sentence('Sync used its share of the org’s daily API calls: {used} of {share}.', {
                used: use.used,
                share: Math.floor(limit * ourShare),
              }),
            );
      }
      callsSince += 1;
      counted();
    },
    async report(observed) {
      if (observed.kind !== 'daily') return;
      const { used, limit } = observed;
      const isFar = used < limit * orgShareAtMost * nearBound;
      const few = limit / 200;
      const isKnown = reported?.limit === limit && Math.abs(reported.used - used) < few && callsSince < few;
      if (isFar && isKnown) return;
      reported = { used, limit };
      callsSince = 0;
      await db.withTenant(scope.tenantId, (tx) => noteDaily(tx, scope, { used, limit, now: clock.now() }));
    },
  };
}
