// Plain JavaScript, as the types of the class that it extends are those of a CommonJS module, which it is not.
import { normalize } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Files that take a minute or so, in the order in which they begin: what waits much beside what reckons much. */
const longest = [
  'simulation/simulation.test.ts',
  'e2e/records.test.ts',
  'engine/takeover.test.ts',
  'e2e/setup.test.ts',
  'engine/kill-points-live.test.ts',
  'e2e/spanish.test.ts',
  'engine/kill-points-first.test.ts',
].map(normalize);

/**
 * Begins with the longest files, so that none is left for the end, when one worker would be at it and the others done.
 * jest itself knows only how long files took where it ran them before: nothing in a fresh clone.
 */
export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((a, b) => turnOf(a) - turnOf(b));
  }
}

function turnOf({ path }) {
  const turn = longest.findIndex((file) => path.endsWith(file));
  return turn < 0 ? longest.length : turn;
}
