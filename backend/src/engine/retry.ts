import type { Link, Problem } from '../store/links.ts';
import { canonicalEquals } from '../sync/merge.ts';
import type { Direction, FieldIssue, Side, Values } from '../sync/types.ts';
import { type Told } from '../words/told.ts';
import type { Result } from './acknowledge.ts';
import { isBetweenSides, knownValues } from './evaluate.ts';
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

/** What acting on a link in one direction came to. */
export interface Acted {
  readonly before: Link;
  /** The link as it stands now, evaluated anew. */
  readonly evaluated: Link;
  readonly direction: Direction;
  readonly written: Values;
  readonly hasIssues: boolean;
}

/**
 * A link after acting on it: what could not be written (a value that the other side cannot hold, a loop) is not due
 * again by itself; it stays parked until one of the two records changes. Neither is the other direction where it waits
 * or is parked, unless something new was seen on the way: it is as it was, and two parked directions would go on to wake
 * each other.
 */
export function afterWrite({ before, evaluated, direction, written, hasIssues }: Acted): Link {
  const isParked = hasIssues || evaluated.problem?.code === 'SYNC_FIELD_OSCILLATES';
  const [own, other] =
    direction === 'outbound'
      ? (['outboundDue', 'inboundDue'] as const)
      : (['inboundDue', 'outboundDue'] as const);
  const isOtherAsBefore =
    evaluated[other] !== null &&
    evaluated[other] !== before[other] &&
    (before[other] !== null || before.problem !== null) &&
    !sawNews(before, evaluated, direction === 'outbound' ? 'platform' : 'salesforce', written);
  if (!isParked && !isOtherAsBefore) return evaluated;
  return withMarks({
    ...evaluated,
    ...(isParked ? { [own]: null } : {}),
    ...(isOtherAsBefore ? { [other]: before[other] } : {}),
  });
}

/** Whether a side turned out to hold values that were not known before, and that are not what was written there. */
function sawNews(before: Link, after: Link, side: Side, written: Values): boolean {
  const [then, now] = [knownValues(before)[side], knownValues(after)[side]];
  return Object.entries(now).some(
    ([field, value]) => written[field] === undefined && !canonicalEquals(then[field], value),
  );
}

/** Why a vendor did not take a write. */
export interface WriteFailure {
  readonly code: string;
  readonly message: Told;
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

/**
 * The problem that outlives a successful write to a side: what stands between both sides, what cannot be read, and what
 * the other side refused of a linked pair. `evaluate` drops the latter where nothing is left to be written there.
 */
export function keptProblem(before: Link, { problem }: Link, written: Side): Problem | null {
  if (problem === null || problem.unread === true) return problem;
  return isBetweenSides(problem) || (before.state === 'linked' && problem.side !== written) ? problem : null;
}

/** What is to be told of a link that was acted on: what could not be written, else what cannot be read. */
export function toldProblem(
  issue: Problem | null,
  { problem }: Link,
): Pick<Problem, 'code' | 'message'> | null {
  return issue ?? (problem?.unread === true ? problem : null);
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
