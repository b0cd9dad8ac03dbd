import { expect, test } from '@jest/globals';
import type { Clock } from '../../src/lib/clock.ts';
import { CommonClock } from '../../src/lib/common-clock.ts';
import { fc } from '../sync/properties.ts';

const noon = Date.parse('2026-03-02T12:00:00Z');

/** A process whose clock is ahead of the server's, and the ways of its questions, each taken in turn. Milliseconds. */
function processOf(ahead: number, trips: readonly { there: number; back: number }[]) {
  let now = noon;
  let asked = 0;
  const own: Clock = { now: () => now + ahead, sleep: async (milliseconds) => void (now += milliseconds) };
  const clock = new CommonClock({
    own,
    ask: async () => {
      const { there, back } = trips[(asked += 1) % trips.length] ?? { there: 0, back: 0 };
      now += there;
      const told = now;
      now += back;
      return told;
    },
  });
  return { clock, trueNow: () => now, pass: (milliseconds: number) => void (now += milliseconds) };
}

const trip = fc.record({ there: fc.nat(200), back: fc.nat(200) });

test('processes whose clocks differ by hours agree on the time', async () => {
  const slow = processOf(-3 * 3_600_000, [{ there: 1, back: 1 }]);
  const fast = processOf(3_600_000, [{ there: 1, back: 1 }]);
  await Promise.all([slow.clock.measure(), fast.clock.measure()]);
  expect(slow.clock.now()).toBe(slow.trueNow());
  expect(fast.clock.now()).toBe(fast.trueNow());
});

test('the time is wrong by half of the quickest answer’s round trip at most', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.array(trip, { minLength: 5, maxLength: 5 }),
      async (ahead, trips) => {
        const { clock, trueNow } = processOf(ahead, trips);
        await clock.measure();
        const quickest = Math.min(...trips.map(({ there, back }) => there + back));
        expect(Math.abs(clock.now() - trueNow())).toBeLessThanOrEqual(quickest / 2 + 1);
      },
    ),
  );
});

test('between measurements it goes on with the process’s own clock', async () => {
  const process = processOf(5_000, [{ there: 2, back: 2 }]);
  await process.clock.measure();
  await process.clock.sleep(60_000);
  process.pass(1_000);
  expect(process.clock.now()).toBe(process.trueNow());
});

test('a server that does not answer leaves the clock as it was', async () => {
  let isUp = true;
  const own: Clock = { now: () => noon + 7_000, sleep: async () => undefined };
  const clock = new CommonClock({
    own,
    ask: async () => {
      if (!isUp) throw new Error('no answer');
      return noon;
    },
  });
  await clock.measure();
  isUp = false;
  await expect(clock.measure()).rejects.toThrow('no answer');
  expect(clock.now()).toBe(noon);
});
