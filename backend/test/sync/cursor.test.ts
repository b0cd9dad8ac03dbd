import { expect, test } from '@jest/globals';
import { windowRead, windowStart, type WindowState } from '../../src/sync/cursor.ts';
import { fc } from './properties.ts';

const minute = 60_000;
const overlap = 10 * minute;
const start = Date.parse('2026-03-02T15:00:00Z');

/** A row as the vendor has it: a transaction that takes long makes it visible after its stamp. */
interface Row {
  readonly stamp: number;
  readonly visibleAt: number;
}

/** A run at a time; one that is cut reads and stores nothing of its window's end. */
interface Run {
  readonly at: number;
  readonly isCut: boolean;
  /** How far the service's clock is ahead of the vendor's. */
  readonly skew: number;
}

const rows = fc.array(
  fc.record({
    after: fc.oneof(fc.nat(2_000), fc.nat(3 * 60 * minute)),
    lateBy: fc.oneof(fc.constant(0), fc.nat(5_000), fc.nat(overlap)),
  }),
  { minLength: 1, maxLength: 30 },
);
const runs = fc.array(
  fc.record({
    gap: fc.oneof(fc.integer({ min: 1, max: 15_000 }), fc.nat(12 * minute), fc.nat(90 * minute)),
    isCut: fc.nat(9).map((one) => one === 0),
    skew: fc.integer({ min: -2 * minute, max: 2 * minute }),
  }),
  { minLength: 1, maxLength: 40 },
);

/** How often each row was read, by runs as engine and vendor do them: the vendor tells its time in whole seconds. */
function play(world: readonly Row[], history: readonly Run[]): Map<Row, number[]> {
  const read = new Map(world.map((row): [Row, number[]] => [row, []]));
  let state: WindowState = { readTo: null, settledTo: null };
  for (const { at, isCut, skew } of history) {
    const { from, settles } = windowStart(state, at + skew);
    for (const row of world) {
      if (row.visibleAt <= at && row.stamp <= at && (from === null || row.stamp >= from))
        read.get(row)?.push(at);
    }
    if (!isCut) state = windowRead(state, settles, Math.floor(at / 1_000) * 1_000);
  }
  return read;
}

function historyOf(plan: readonly { gap: number; isCut: boolean; skew: number }[]): Run[] {
  let at = start;
  return plan.map(({ gap, isCut, skew }) => ({ at: (at += gap), isCut, skew }));
}

test('no row is missed, whenever runs come or are cut, and however late rows show within the overlap', () => {
  fc.assert(
    fc.property(rows, runs, (plan, schedule) => {
      const world = plan.map(({ after, lateBy }) => ({
        stamp: start + after,
        visibleAt: start + after + lateBy,
      }));
      const history = historyOf(schedule);
      const end = Math.max(...world.map((row) => row.visibleAt), history.at(-1)?.at ?? 0);
      const quiet = [0, 25 * minute, 50 * minute].map((after) => ({
        at: end + after,
        isCut: false,
        skew: 0,
      }));
      for (const [row, times] of play(world, [...history, ...quiet])) {
        expect({ ...row, times: times.length }).not.toMatchObject({ times: 0 });
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a row that was read again after the overlap is not read once more', () => {
  fc.assert(
    fc.property(rows, runs, (plan, schedule) => {
      const world = plan.map(({ after }) => ({ stamp: start + after, visibleAt: start + after }));
      const history = historyOf(schedule.map((run) => ({ ...run, isCut: false, skew: 0 })));
      for (const [{ stamp }, times] of play(world, history)) {
        const settled = times.findIndex((time) => time >= stamp + overlap + 1_000);
        const again = settled < 0 ? [] : times.slice(settled + 1);
        expect(again.length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 1_000 },
  );
});
