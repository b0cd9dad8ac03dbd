import type { Link, Problem } from '../store/links.ts';
import type { Direction, FieldIssue } from '../sync/types.ts';
import type { Result } from './acknowledge.ts';
import { withMarks } from './marks.ts';
import { outcomeOf } from './outcome.ts';

/** First wait after a failure that may pass by itself; doubled each time, up to the longest. Milliseconds. */
const firstPause = 30_000;
const longestPause = 60 * 60_000;

/** How long to wait after so many failed attempts. */
function pauseAfter(attempts: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.max(0, attempts - 1));
}

/**
 * A link after its write failed: due again after a pause where trying again may help, else parked with the
 * problem until one of the two records changes.
 */
export function afterFailure(
  link: Link,
  direction: Direction,
  failure: Problem & { retryable: boolean },
  now: number,
): Link {
  const { retryable, ...problem } = failure;
  const attempts = link.attempts + 1;
  const due = retryable ? now + pauseAfter(attempts) : null;
  return withMarks({
    ...link,
    attempts,
    problem: retryable && attempts < 3 ? link.problem : problem,
    ...(direction === 'outbound' ? { outboundDue: due } : { inboundDue: due }),
  });
}

/**
 * A link after acting on it: what could not be written (a value that the other side cannot hold, a loop) is not due
 * again by itself; it stays parked until one of the two records changes.
 */
export function afterWrite(evaluated: Link, direction: Direction, hasIssues: boolean): Link {
  if (!hasIssues && evaluated.problem?.code !== 'SYNC_FIELD_OSCILLATES') return evaluated;
  return withMarks({
    ...evaluated,
    ...(direction === 'outbound' ? { outboundDue: null } : { inboundDue: null }),
  });
}

/** Why a vendor did not take a write. */
export interface WriteFailure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** What becomes of a link whose write failed: nothing of it counts as done. */
export function failedWrite(
  before: Link,
  direction: Direction,
  { code, message, retryable }: WriteFailure,
  now: number,
  issues: readonly FieldIssue[] = [],
): Result {
  const side = direction === 'outbound' ? 'platform' : 'salesforce';
  const after = afterFailure(before, direction, { code, message, side, retryable }, now);
  return { before, after, outcome: outcomeOf(after, 'failed', { code, message, issues }), conflicts: [] };
}

/** Problems that outlive a successful write of other fields. */
export function keptProblem(link: Link): Problem | null {
  return link.problem?.code === 'SYNC_CONFLICT_WAITING' || link.problem?.code === 'SYNC_FIELD_OSCILLATES'
    ? link.problem
    : null;
}

/** A link whose platform record was deleted: nothing is deleted in Salesforce, and nothing is due. */
export function stopDeleted(link: Link): Link {
  return withMarks({
    ...link,
    state: 'stopped',
    stateReason: 'platform_deleted',
    outboundDue: null,
    inboundDue: null,
  });
}
