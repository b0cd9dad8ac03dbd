import type { Bench } from './bench.ts';
import { narrate } from './narrate.ts';
import { runStory } from './run-seed.ts';
import { shrink } from './shrink.ts';
import { regressions } from './regressions.ts';
import { tell, type Story } from './story.ts';

/** What is played: the story of a seed, or one of the kept ones by what it is about. */
export type Tale = number | string;

/** What a tale came to, as it is told between processes. */
export interface TaleReport {
  readonly tale: Tale;
  readonly ok: boolean;
  readonly fingerprint: string;
  readonly milliseconds: number;
  /** What was broken, how to see it again, and the shortest story that breaks it. */
  readonly lines: readonly string[];
}

export interface TaleOptions {
  /** Plays it twice and compares. */
  readonly isChecked: boolean;
  readonly isShrunk: boolean;
  /** Prints the story, everything that the network carried, and the shortest one as `regressions/` keeps it. */
  readonly isTold: boolean;
}

export async function reportTale(bench: Bench, tale: Tale, options: TaleOptions): Promise<TaleReport> {
  const began = performance.now();
  const story = storyOf(tale);
  const title = typeof tale === 'number' ? `Seed ${tale}` : `"${tale}"`;
  const result = await runStory(bench, story);
  const { fingerprint, violations, played } = result;
  const lines: string[] = [];
  if (options.isChecked) {
    const again = await runStory(bench, story);
    if (again.fingerprint !== fingerprint) {
      const [first, second] = [played.world.trace, again.played.world.trace];
      const place = first.findIndex((line, index) => line !== second[index]);
      lines.push(
        `${title} went two ways:`,
        `  ${first[place] ?? 'the end'}`,
        `  ${second[place] ?? 'the end'}`,
      );
    }
  }
  const [first] = violations;
  if (first !== undefined) {
    lines.push(...violations.map(({ invariant, words }) => `${title} broke "${invariant}": ${words}`));
    const which = typeof tale === 'number' ? `--seeds 1 --from ${tale}` : '--regressions';
    lines.push(`Again: npm run simulate -- ${which} --tell`);
    if (options.isShrunk) {
      const short = await shrink(bench, story, first.invariant);
      const words = short.result.violations.find(({ invariant }) => invariant === first.invariant)?.words;
      lines.push(
        `The shortest story found (${short.story.steps.length} of ${story.steps.length} steps):`,
        ...narrate(short.story, short.result.played.undone).map((line) => `  ${line}`),
        `  → ${words ?? first.words}`,
        ...(options.isTold ? [JSON.stringify(short.story)] : []),
      );
    }
  }
  if (options.isTold) {
    lines.push(...narrate(story, played.undone), ...played.world.trace, ...played.world.log);
    lines.push(...played.world.history.changes.map((change) => JSON.stringify(change)));
  }
  const ok = violations.length === 0 && !lines.some((line) => line.includes('went two ways'));
  return { tale, ok, fingerprint, milliseconds: performance.now() - began, lines };
}

function storyOf(tale: Tale): Story {
  if (typeof tale === 'number') return tell(tale);
  const kept = regressions.find(({ about }) => about === tale);
  if (kept === undefined) throw new Error(`No story is kept about "${tale}".`);
  return kept.story;
}
