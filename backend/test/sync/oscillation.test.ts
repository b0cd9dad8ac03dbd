import { describe, expect, test } from '@jest/globals';
import { defaultLimits, oscillates, recentWrites, type FieldWrite } from '../../src/sync/oscillation.ts';
import type { Side } from '../../src/sync/types.ts';

const now = 10_000_000;
const minute = 60_000;

/** Writes a minute apart, the last one now: `p1 s2` is 1 to the platform, then 2 to Salesforce. */
function writes(text: string, apart = minute): FieldWrite[] {
  const all = text.split(' ');
  return all.map((word, index) => ({
    side: (word.startsWith('p') ? 'platform' : 'salesforce') satisfies Side,
    at: now - (all.length - 1 - index) * apart,
    value: word.slice(1),
  }));
}

describe('back and forth', () => {
  test.each([
    ['two values for ever', 'pA sa pA sa pA sa pA', true],
    ['as often as two people may', 'pA sa pA sa pA sa', false],
    ['never a value twice', 'p1 s2 p3 s4 p5 s6 p7 s8', false],
    ['never a value twice, but far too often', 'p1 s2 p3 s4 p5 s6 p7 s8 p9 s10 p11 s12 p13', true],
    ['one side only', 'pA pB pA pB pA pB pA pB', false],
    ['a pause in the turns', 'pA sa pA sa pA pA sa pA sa', false],
    ['turns that ended', 'pA sa pA sa pA sa pA sa pB pC', false],
  ])('%s', (_what, text, expected) => {
    expect(oscillates(writes(text), now)).toBe(expected);
  });

  test('counts the last hour only', () => {
    const loop = 'pA sa pA sa pA sa pA';
    expect(oscillates(writes(loop, 9 * minute), now)).toBe(true);
    expect(oscillates(writes(loop, 11 * minute), now)).toBe(false);
  });

  test('the limit is the caller’s', () => {
    expect(oscillates(writes('pA sa pA'), now, { ...defaultLimits, limit: 2 })).toBe(true);
  });

  test('the order in which writes are given means nothing', () => {
    expect(oscillates(writes('pA sa pA sa pA sa pA').reverse(), now)).toBe(true);
  });

  test('no writes are no loop', () => {
    expect(oscillates([], now)).toBe(false);
  });
});

test('writes older than the window, or from the future, need not be kept', () => {
  const [old, recent, future] = [now - 3_600_000, now - 3_599_999, now + 1].map((at): FieldWrite => ({
    side: 'platform',
    at,
    value: 'x',
  }));
  const given = [future, recent, old].filter((write) => write !== undefined);
  expect(recentWrites(given, now)).toEqual([recent]);
});
