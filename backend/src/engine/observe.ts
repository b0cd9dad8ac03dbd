import { readPlatform, readSalesforce } from '../sync/read.ts';
import type { CompiledMapping, FieldIssue, PlatformValue, Side } from '../sync/types.ts';
import type { Link, Marks, Problem } from '../store/links.ts';
import { evaluate, knownValues, sameValues, withObserved } from './evaluate.ts';
import { syncStatus, withMarks } from './marks.ts';
import type { ReadRecord } from './salesforce-records.ts';

/**
 * A link after its Salesforce record was seen. A record that a person marked "Waiting for next sync" again is
 * tried again even if nothing else changed.
 * @returns null when the observation is no news
 */
export function observeRecord(
  link: Link,
  record: ReadRecord,
  mapping: CompiledMapping,
  now: number,
): Link | null {
  const { values, issues } = readSalesforce(mapping, record.fields);
  const known = { ...knownValues(link).salesforce, ...values };
  const marksChanged = !sameMarks(link.salesforceMarks, record.marks);
  const retried =
    record.marks.status === syncStatus.waiting && link.salesforceMarks?.status !== syncStatus.waiting;
  const isNews =
    marksChanged ||
    link.salesforceAccountId !== record.accountId ||
    !sameValues(known, knownValues(link).salesforce) ||
    link.state === 'stopped';
  if (!isNews) return null;
  const seen: Link = {
    ...withObserved(link, 'salesforce', known),
    salesforceMarks: record.marks,
    salesforceChangedAt: record.changedAt,
    salesforceAccountId: record.accountId,
  };
  const valuesChanged = !sameValues(known, knownValues(link).salesforce);
  if (!valuesChanged && !retried && link.state !== 'stopped') return withMarks(seen);
  return reconsider(seen, mapping, now, issueProblem(issues));
}

/** A link after its platform record was seen. @returns null when the observation is no news */
export function observePlatformValues(
  link: Link,
  raw: Readonly<Record<string, PlatformValue>>,
  stamp: number,
  mapping: CompiledMapping,
  now: number,
): Link | null {
  const { values, issues } = readPlatform(mapping, raw);
  const known = { ...knownValues(link).platform, ...values };
  if (sameValues(known, knownValues(link).platform)) return null;
  return reconsider(
    { ...withObserved(link, 'platform', known), platformChangedAt: stamp },
    mapping,
    now,
    issueProblem(issues),
  );
}

/** New knowledge gives a parked link another try. */
function reconsider(link: Link, mapping: CompiledMapping, now: number, problem: Problem | null): Link {
  switch (link.state) {
    case 'linked':
      return evaluate({ ...link, problem: problem ?? waiting(link.problem), attempts: 0 }, mapping, now).link;
    case 'candidate':
      // A request to create the Salesforce record: the platform's newest values count.
      return { ...link, problem, attempts: 0, inboundDue: now };
    case 'stopped':
      // Restored on the side that had deleted it: the pair goes on from its shadow.
      return link.stateReason === 'salesforce_deleted' && link.platformId !== null
        ? evaluate({ ...link, state: 'linked', stateReason: null, problem, attempts: 0 }, mapping, now).link
        : link;
    case 'superseded':
      return link;
  }
}

/** A conflict that waits for a person stays one until the values say otherwise. */
function waiting(problem: Problem | null): Problem | null {
  return problem?.code === 'SYNC_CONFLICT_WAITING' ? problem : null;
}

export function issueProblem(issues: readonly FieldIssue[]): Problem | null {
  const [issue] = issues;
  return issue === undefined
    ? null
    : { code: issue.code, message: issue.message, side: issue.side satisfies Side, field: issue.field };
}

export function sameMarks(a: Marks | null, b: Marks): boolean {
  return a !== null && a.status === b.status && a.id === b.id && a.relation === b.relation;
}
