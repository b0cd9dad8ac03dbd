import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { windows } from '../../src/connectors/activecampaign/manifest.ts';
import { createPacedBudget } from '../../src/engine/governor.ts';
import type { Lane } from '../../src/lib/budget.ts';
import { createTestDatabase } from '../support/database.ts';
import { Activity, VirtualTime } from '../support/virtual-time.ts';
import { Database } from '../../src/store/database.ts';
import type { Tx } from '../../src/store/scope.ts';
import { fc } from '../sync/properties.ts';

const { url, schema, atEnd } = await createTestDatabase();
const activity = new Activity();

/** The service's database, during whose transactions time stands. */
class WatchedDatabase extends Database {
  override withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return activity.of(() => super.withTenant(tenantId, fn));
  }
}

const db = new WatchedDatabase({ url, schema, max: 20 });
atEnd(() => db.close());

/** One part of a run that calls again and again, as soon as its last call was answered. */
interface Caller {
  readonly worker: number;
  readonly lane: Lane;
  readonly start: number;
  readonly calls: readonly {
    readonly isImport: boolean;
    /** How long the vendor takes to answer, and for how long it wants to be left alone (429). Milliseconds. */
    readonly answersAfter: number;
    readonly retryAfter: number | null;
  }[];
}

interface Sent {
  readonly lane: Lane;
  readonly isImport: boolean;
  readonly askedAt: number;
  readonly at: number;
}

interface Trace {
  readonly sent: Sent[];
  readonly holds: { readonly from: number; readonly until: number }[];
}

/** Plays the callers against an account of their own. */
async function play(callers: readonly Caller[], latenesses: readonly number[] = [0]): Promise<Trace> {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  let slept = 0;
  const clock = new VirtualTime(
    Date.parse('2026-03-02T15:00:00Z'),
    activity,
    () => latenesses[(slept += 1) % latenesses.length] ?? 0,
  );
  const trace: Trace = { sent: [], holds: [] };
  const budgets = new Map<string, ReturnType<typeof createPacedBudget>>();
  const budgetOf = ({ worker, lane }: Caller) => {
    const key = `${worker} ${lane}`;
    const budget =
      budgets.get(key) ??
      createPacedBudget({ db, scope, clock, windows, lane: () => lane, counted: () => undefined });
    budgets.set(key, budget);
    return budget;
  };
  const call = async (caller: Caller): Promise<void> => {
    const budget = budgetOf(caller);
    await clock.sleep(caller.start);
    for (const { isImport, answersAfter, retryAfter } of caller.calls) {
      const askedAt = clock.now();
      await budget.take(isImport ? 'imports' : 'requests');
      trace.sent.push({ lane: caller.lane, isImport, askedAt, at: clock.now() });
      await clock.sleep(answersAfter);
      if (retryAfter === null) continue;
      await budget.report({ kind: 'refused', retryAfter });
      trace.holds.push({ from: clock.now(), until: clock.now() + retryAfter });
    }
  };
  await clock.run(Promise.all(callers.map(call)));
  return trace;
}

function expectWithinWindows({ sent, holds }: Trace): void {
  for (const [name, { calls, milliseconds }] of Object.entries(windows)) {
    const times = sent.filter(({ isImport }) => (name === 'imports') === isImport).map(({ at }) => at);
    times.sort((a, b) => a - b);
    for (const [index, time] of times.slice(calls).entries()) {
      expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(milliseconds);
    }
  }
  for (const { from, until } of holds) {
    expect(sent.filter(({ at }) => at > from && at < until)).toEqual([]);
  }
}

const lane = fc.constantFrom<Lane>('live', 'backfill');
const callers = fc.array(
  fc.record({
    worker: fc.nat(2),
    lane,
    start: fc.oneof(fc.constant(0), fc.nat(6_000)),
    calls: fc.array(
      fc.record({
        isImport: fc.boolean(),
        answersAfter: fc.oneof(fc.nat(30), fc.nat(3_000)),
        retryAfter: fc.oneof(
          { weight: 15, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((seconds) => seconds * 1_000) },
        ),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  { minLength: 1, maxLength: 8 },
);
/** Sleepers of a busy machine: a little late always, and now and then a stall. */
const latenesses = fc.array(
  fc.oneof({ weight: 15, arbitrary: fc.nat(75) }, { weight: 1, arbitrary: fc.nat(2_000) }),
  { minLength: 1, maxLength: 40 },
);

/** Callers that go on and on, without a pause between two calls. */
function eager(count: number, of: Lane, calls: number, isImport = false): Caller[] {
  return Array.from({ length: count }, (_, worker) => ({
    worker,
    lane: of,
    start: 0,
    calls: Array.from({ length: calls }, () => ({ isImport, answersAfter: 1, retryAfter: null })),
  }));
}

/** The time from one call to the next at the pace that is kept. */
const pace = (windows.requests.milliseconds + windows.requests.shift) / windows.requests.calls;

describe('invariant 8: whatever the traffic', () => {
  test('no window of the vendor is exceeded anywhere, and a wish to be left alone is heeded by all workers', async () => {
    await fc.assert(
      fc.asyncProperty(callers, latenesses, async (traffic, late) => {
        const trace = await play(traffic, late);
        expectWithinWindows(trace);
        expect(trace.sent).toHaveLength(traffic.reduce((sum, { calls }) => sum + calls.length, 0));
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('no more than a hundred imports are sent in any minute, by many callers at once', async () => {
    const trace = await play([...eager(4, 'live', 20, true), ...eager(4, 'backfill', 25, true)], [0, 5, 60]);
    expectWithinWindows(trace);
  }, 30_000);

  test('a call that a stall of the machine made late takes another slot', async () => {
    const trace = await play(eager(8, 'live', 8), [0, 10, 0, 70, 500, 0, 0]);
    expectWithinWindows(trace);
  }, 30_000);

  test('a call is made as soon as the pace allows: no slot is lost to another call of a backfill', async () => {
    const { sent } = await play([...eager(2, 'live', 15), ...eager(3, 'backfill', 15)]);
    const duration = Math.max(...sent.map(({ at }) => at)) - Math.min(...sent.map(({ at }) => at));
    expect(duration).toBeLessThan(sent.length * pace * 1.02);
  });
});

describe('live calls and those of a backfill', () => {
  test('a live call passes calls of a backfill, however many wait', async () => {
    const live = eager(1, 'live', 1).map((caller) => ({ ...caller, start: 1_000 }));
    const { sent } = await play([...eager(12, 'backfill', 4), ...live]);
    const [call] = sent.filter((each) => each.lane === 'live');
    expect((call?.at ?? Infinity) - (call?.askedAt ?? 0)).toBeLessThan(2 * pace + 1);
  });

  test('at random: between a live call’s wish and its sending, few calls of a backfill are sent', async () => {
    let waited = 0;
    await fc.assert(
      fc.asyncProperty(callers, async (traffic) => {
        const calm = traffic.map((caller) => ({
          ...caller,
          calls: caller.calls.map((call) => ({ ...call, isImport: false, retryAfter: null })),
        }));
        const { sent } = await play(calm);
        for (const { askedAt, at } of sent.filter((each) => each.lane === 'live')) {
          const between = sent.filter((each) => each.at > askedAt && each.at < at);
          const passed = between.filter((each) => each.lane === 'live').length;
          expect(between.length - passed).toBeLessThanOrEqual(2 + Math.ceil(passed / 4));
          waited += at > askedAt ? 1 : 0;
        }
      }),
      { numRuns: 12 },
    );
    expect(waited).toBeGreaterThan(30);
  }, 60_000);

  test('a backfill gets its part where live calls never end', async () => {
    const { sent } = await play([...eager(4, 'live', 20), ...eager(2, 'backfill', 8)]);
    const order = sent.sort((a, b) => a.at - b.at).map((each) => each.lane);
    const whileLive = order.slice(0, order.lastIndexOf('live'));
    expect(whileLive.filter((each) => each === 'backfill').length).toBeGreaterThanOrEqual(8);
  });
});
