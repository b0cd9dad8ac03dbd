import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createDailyBudget, orgShareAtMost } from '../../src/engine/governor.ts';
import { isSyncError } from '../../src/lib/errors.ts';
import { createTestDatabase } from '../support/database.ts';
import { JumpClock } from '../support/jump-clock.ts';
import { fc } from '../sync/properties.ts';

const { database } = await createTestDatabase();

const hour = 60 * 60_000;
const day = 24 * hour;

/** An org with its rolling count of calls, as Salesforce tells it with every answer. */
class Org {
  readonly limit: number;
  readonly ours: number[] = [];
  readonly others: number[] = [];
  #told = { used: 0, at: 0 };
  /** When it last told, or was last asked. */
  #heardAt = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  answer(now: number): { kind: 'daily'; used: number; limit: number } {
    const used = Org.within(this.ours, now) + Org.within(this.others, now);
    this.#told = { used, at: this.ours.length };
    this.#heardAt = now;
    return { kind: 'daily', used, limit: this.limit };
  }

  /** What may be known of the org's use before a call: what it told last and our calls since. */
  known(): number {
    return this.#told.used + this.ours.length - this.#told.at;
  }

  /** @returns how long nothing was heard of it */
  ask(now: number): number {
    const silence = now - this.#heardAt;
    this.#heardAt = now;
    return silence;
  }

  static within(times: readonly number[], now: number): number {
    return times.filter((time) => time > now - day).length;
  }
}

const steps = fc.array(
  fc.record({
    after: fc.oneof(fc.nat(60_000), fc.nat(3 * 60 * 60_000)),
    worker: fc.nat(2),
    /** Calls of ours at the same time, each by itself or answered together. */
    calls: fc.integer({ min: 1, max: 6 }),
    areTogether: fc.boolean(),
    others: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(25) }),
  }),
  { minLength: 10, maxLength: 30 },
);

test('invariant 8: neither our share of the org’s calls nor four fifths of them are passed in any 24 hours, but to ask once an hour', async () => {
  const refused = { share: 0, org: 0 };
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.integer({ min: 20, max: 120 }),
      fc.constantFrom(0, 0.1, 0.25, 0.5, 0.8, 1),
      async (plan, limit, share) => {
        const clock = new JumpClock();
        const org = new Org(limit);
        const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
        const workers = [0, 1, 2].map(() =>
          createDailyBudget({ db: database, scope, clock, share, counted: () => undefined }),
        );
        // The limit is known from the first answer on, which the connecting got.
        await workers[0]?.report(org.answer(clock.now()));
        const call = async (worker: number): Promise<void> => {
          try {
            await workers[worker]?.take('daily');
          } catch (error) {
            const isOurs = isSyncError(error, 'SYNC_BUDGET_EXHAUSTED');
            if (!isOurs && !isSyncError(error, 'SYNC_SALESFORCE_DAILY_LIMIT')) throw error;
            refused[isOurs ? 'share' : 'org'] += 1;
            return;
          }
          org.ours.push(clock.now());
          if (org.known() > limit * orgShareAtMost) {
            expect(org.ask(clock.now())).toBeGreaterThanOrEqual(hour);
            asked += 1;
          }
          expect(Org.within(org.ours, clock.now())).toBeLessThanOrEqual(limit * share);
        };
        for (const { after, worker, calls, areTogether, others } of plan) {
          clock.advance(after);
          for (let other = 0; other < others; other += 1) org.others.push(clock.now());
          if (areTogether) {
            await Promise.all(Array.from({ length: calls }, () => call(worker)));
            await workers[worker]?.report(org.answer(clock.now()));
          } else {
            for (let made = 0; made < calls; made += 1) {
              await call(worker);
              await workers[(worker + made) % 3]?.report(org.answer(clock.now()));
            }
          }
        }
      },
    ),
    { numRuns: 12 },
  );
  expect(refused.share).toBeGreaterThan(20);
  expect(refused.org).toBeGreaterThan(20);
  expect(asked).toBeGreaterThan(5);
}, 60_000);

test('calls become free again when a day has passed, and refused ones are not counted', async () => {
  const clock = new JumpClock();
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  const budget = createDailyBudget({ db: database, scope, clock, share: 0.5, counted: () => undefined });
  await budget.report({ kind: 'daily', used: 0, limit: 10 });
  const take = () =>
    budget.take('daily').then(
      () => true,
      () => false,
    );
  const taken = async (times: number) => {
    let granted = 0;
    for (let time = 0; time < times; time += 1) granted += (await take()) ? 1 : 0;
    return granted;
  };
  expect(await taken(20)).toBe(5);
  // Past midnight in UTC: the day is no calendar's.
  clock.advance(12 * 60 * 60_000);
  expect(await taken(5)).toBe(0);
  clock.advance(13 * 60 * 60_000);
  await budget.report({ kind: 'daily', used: 0, limit: 10 });
  expect(await taken(5)).toBe(5);
});

test('an org whose calls others have used up is asked once an hour, by one worker, until it has calls again', async () => {
  const clock = new JumpClock();
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  const workers = [0, 1].map(() =>
    createDailyBudget({ db: database, scope, clock, share: 0.5, counted: () => undefined }),
  );
  const granted = async (): Promise<number> => {
    const takes = await Promise.allSettled(workers.map((worker) => worker.take('daily')));
    return takes.filter(({ status }) => status === 'fulfilled').length;
  };
  await workers[0]?.report({ kind: 'daily', used: 100, limit: 100 });
  expect(await granted()).toBe(0);
  clock.advance(hour);
  expect(await granted()).toBe(1);
  await workers[0]?.report({ kind: 'daily', used: 99, limit: 100 });
  clock.advance(hour - 1);
  expect(await granted()).toBe(0);
  clock.advance(1);
  expect(await granted()).toBe(1);
  await workers[1]?.report({ kind: 'daily', used: 10, limit: 100 });
  expect(await granted()).toBe(2);
});
