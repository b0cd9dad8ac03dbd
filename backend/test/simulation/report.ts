import type { Bench } from './bench.ts';
import { narrate } from './narrate.ts';
import { runStory } from './run-seed.ts';
import { shrink } from './shrink.ts';
import { tell } from './story.ts';

/** What a seed came to, as it is told between processes. */
export interface SeedReport {
  readonly seed: number;
  readonly ok: boolean;
  readonly fingerprint: string;
  readonly milliseconds: number;
  /** What was broken, how to see it again, and the shortest story that breaks it. */
  readonly lines: readonly string[];
}

export interface SeedOptions {
  /** Runs the seed twice and compares. */
  readonly isChecked: boolean;
  readonly isShrunk: boolean;
  /** Prints the story and everything that the network carried. */
  readonly isTold: boolean;
}

export async function reportSeed(bench: Bench, seed: number, options: SeedOptions): Promise<SeedReport> {
  const began = performance.now();
  const story = tell(seed);
  const result = await runStory(bench, story);
  const { fingerprint, violations, played } = result;
  const lines: string[] = [];
  if (options.isChecked) {
    const again = await runStory(bench, story);
    if (again.fingerprint !== fingerprint) {
      const [first, second] = [played.world.trace, again.played.world.trace];
      const place = first.findIndex((line, index) => line !== second[index]);
      lines.push(
        `Seed ${seed} went two ways:`,
        `  ${first[place] ?? 'the end'}`,
        `  ${second[place] ?? 'the end'}`,
      );
    }
  }
  const [first] = violations;
  if (first !== undefined) {
    lines.push(...violations.map(({ invariant, words }) => `Seed ${seed} broke "${invariant}": ${words}`));
    lines.push(`Again: npm run simulate -- --seeds 1 --from ${seed} --tell`);
    if (options.isShrunk) {
      const short = await shrink(bench, story, first.invariant);
      const words = short.result.violations.find(({ invariant }) => invariant === first.invariant)?.words;
      lines.push(
        `The shortest story found (${short.story.steps.length} of ${story.steps.length} steps):`,
        ...narrate(short.story, short.result.played.undone).map((line) => `  ${line}`),
        `  → ${words ?? first.words}`,
      );
    }
  }
  if (options.isTold) {
    lines.push(...narrate(story, played.undone), ...played.world.trace, ...played.world.log);
    lines.push(...played.world.history.changes.map((change) => JSON.stringify(change)));
  }
  const ok = violations.length === 0 && !lines.some((line) => line.includes('went two ways'));
  return { seed, ok, fingerprint, milliseconds: performance.now() - began, lines };
}
