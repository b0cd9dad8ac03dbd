import { explain } from '../lib/errors.ts';
import type { Database } from '../store/database.ts';
import { linksByIds, makeDue, type Link, type LinkSummary } from '../store/links.ts';
import { problemLinkIds } from '../store/problems.ts';
import type { Scope, Tx } from '../store/scope.ts';

/** Why records are not in step, and what helps. */
export interface Cause {
  readonly code: string;
  readonly meaning: string;
  readonly action: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly count: number;
}

/** Problems by cause, the most frequent first. */
export function groupByCause(summaries: readonly LinkSummary[]): Cause[] {
  const counts = new Map<string, number>();
  for (const { problem, state, count } of summaries) {
    if (problem === null || (state !== 'linked' && state !== 'candidate')) continue;
    counts.set(problem, (counts.get(problem) ?? 0) + count);
  }
  return [...counts]
    .map(([code, count]) => {
      const { meaning, action, remedy, retryable } = explain(code);
      return { code, meaning, action, remedy, retryable, count };
    })
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

/** A page of the links that are not in step, by id. */
export async function linksWithProblems(
  tx: Tx,
  scope: Scope,
  filter: { code?: string; afterId?: number; limit: number },
): Promise<Link[]> {
  const links = await linksByIds(tx, scope, await problemLinkIds(tx, scope, filter));
  return links.sort((a, b) => a.id - b.id);
}

const batchSize = 5_000;

/** Gives every record with this cause another try. @returns how many */
export async function retryCause(db: Database, scope: Scope, code: string, now: number): Promise<number> {
  let count = 0;
  for (let afterId: number | undefined = 0; afterId !== undefined;) {
    const filter = { code, afterId, limit: batchSize };
    const ids: number[] = await db.withTenant(scope.tenantId, async (tx) => {
      const page = await problemLinkIds(tx, scope, filter);
      await makeDue(tx, scope, page, now);
      return page;
    });
    count += ids.length;
    afterId = ids.length < batchSize ? undefined : ids.at(-1);
  }
  return count;
}
