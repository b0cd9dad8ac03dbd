import type { Bench } from './bench.ts';
import { runStory, type Result } from './run-seed.ts';
import type { Step, Story } from './story.ts';

const attemptsAtMost = 120;

/** A story that still breaks the same invariant with as few steps as can be found, and what came of it. */
export async function shrink(
  bench: Bench,
  story: Story,
  invariant: string,
): Promise<{ story: Story; result: Result }> {
  let best = { story, result: await runStory(bench, story) };
  let attempts = 0;
  for (let size = Math.ceil(story.steps.length / 2); size >= 1 && attempts < attemptsAtMost;) {
    let hasShrunk = false;
    for (let start = 0; start < best.story.steps.length && attempts < attemptsAtMost;) {
      const steps = without(best.story.steps, start, size);
      attempts += 1;
      const candidate = { ...story, steps };
      const result = await runStory(bench, candidate);
      if (result.violations.some((violation) => violation.invariant === invariant)) {
        best = { story: candidate, result };
        hasShrunk = true;
      } else start += size;
    }
    if (size === 1 && !hasShrunk) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return best;
}

function without(steps: readonly Step[], start: number, size: number): Step[] {
  return [...steps.slice(0, start), ...steps.slice(start + size)];
}
