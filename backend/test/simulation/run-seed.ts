import { createHash } from 'node:crypto';
import type { Bench } from './bench.ts';
import { judge, type Violation } from './judge.ts';
import { play, type Played } from './play.ts';
import type { Story } from './story.ts';

/** What came of a story. */
export interface Result {
  readonly violations: readonly Violation[];
  /** Of everything that happened: the same for the same story. */
  readonly fingerprint: string;
  readonly played: Played;
}

export async function runStory(bench: Bench, story: Story): Promise<Result> {
  const played = await play(bench, story);
  const violations = await judge(bench, played);
  const hash = createHash('sha256');
  for (const line of played.world.trace) hash.update(line);
  for (const change of played.world.history.changes) hash.update(JSON.stringify(change));
  return { violations, fingerprint: hash.digest('hex').slice(0, 16), played };
}
