import { catalogue } from '../lib/errors.ts';
import { accountNameKey } from '../sync/account-name.ts';
import { readPlatform, readSalesforce } from '../sync/read.ts';
import type { CompiledMapping, FieldIssue, PlatformValue, Side, Values } from '../sync/types.ts';
import type { Link, Problem, SeenMarks } from '../store/links.ts';
import { evaluate, isBetweenSides, isMapped, knownValues, sameValues, withSight } from './evaluate.ts';
import { syncStatus, withMarks } from './marks.ts';
import { isMoved, metAnew } from './moved.ts';
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
  const { link: sighted, issues } = withSalesforceSight(link, record, mapping);
  const marksChanged = !sameMarks(link.salesforceMarks, record.marks);
  const retried =
    record.marks.status === syncStatus.waiting && link.salesforceMarks?.status !== syncStatus.waiting;
  const valuesChanged = !sameValues(knownValues(sighted).salesforce, knownValues(link).salesforce);
  const problem = unreadProblem(issues);
  const isOpen = valuesChanged || isMoved(link) || isStale(link, mapping) || link.state === 'stopped';
  const isNews =
    isOpen ||
    readsOtherwise(link, 'salesforce', problem) ||
    marksChanged ||
    link.salesforceAccountId !== record.accountId;
  if (!isNews) return ifWritten(link, link.inboundDue);
  const seen: Link = {
    ...sighted,
    salesforceMarks: record.marks,
    salesforceAccountId: record.accountId,
  };
  const reconsidered = () => reconsider(seen, mapping, now, { side: 'salesforce', problem });
  if (retried) return lookedForAgain(reconsidered(), now);
  if (isOpen) return reconsidered();
  return readsOtherwise(link, 'salesforce', problem) ? reread(seen, problem, reconsidered) : withMarks(seen);
}

/**
 * A link that somebody wants to be synced now: its platform record is looked at even if nothing is to be written, as
 * nobody tells of its deletion. Where it was deleted, another one is looked for under the record's address or name;
 * what was agreed with the old one does not count for it.
 */
export function lookedForAgain(link: Link, now: number): Link {
  if (link.state === 'linked') return { ...link, outboundDue: now };
  return link.state === 'stopped' && link.stateReason === 'platform_deleted' ? startedAnew(link, now) : link;
}

/** A link as if its record had never had one: what was agreed with another record does not count any more. */
export function startedAnew(link: Link, now: number): Link {
  return {
    ...link,
    state: 'candidate',
    platformId: null,
    platformAccountId: null,
    agreed: null,
    salesforcePending: knownValues(link).salesforce,
    platformPending: null,
    recentWrites: null,
    problem: null,
    attempts: 0,
    outboundDue: now,
    inboundDue: null,
  };
}

/** A link with its Salesforce record's values in place, and the fields that could not be read. */
export function withSalesforceSight(
  link: Link,
  record: ReadRecord,
  mapping: CompiledMapping,
): { link: Link; issues: readonly FieldIssue[] } {
  const { values, issues } = readSalesforce(mapping, record.fields);
  const known = { ...knownValues(link).salesforce, ...values };
  const met = isMoved(link)
    ? { ...metAnew(link, known, { mapping, by: link.stateReason }), stateReason: null }
    : link;
  return { link: withSight(met, 'salesforce', known, record.changedAt), issues };
}

/** What a platform record says of a link's values. */
export interface PlatformSight {
  readonly raw: Readonly<Record<string, PlatformValue>>;
  readonly stamp: number;
  /** The contact's account; null where it has none, or the record is an account. */
  readonly account: { readonly id: string } | null;
}

/**
 * A link with its platform record's values in place, and the fields that could not be read. A relation to an account
 * is told by the account's id: a new name of the same account is no change of the person's, and an account that is
 * gone, or a name that was emptied, takes nobody's account away in Salesforce (deletions never travel).
 */
export function withPlatformSight(
  link: Link,
  { raw, stamp, account }: PlatformSight,
  mapping: CompiledMapping,
): { link: Link; issues: readonly FieldIssue[] } {
  const { values, issues } = readPlatform(mapping, raw);
  const { account: accountName, ...others } = values;
  const isRelated = typeof link.agreed?.account === 'string';
  const isNoNews = isRelated && (account === null || account.id === link.platformAccountId);
  const related = accountName === undefined || isNoNews ? others : values;
  const seen = withoutEmptiedName(related, link, mapping);
  return {
    link: {
      ...withSight(link, 'platform', { ...knownValues(link).platform, ...seen }, stamp),
      platformAccountId: account?.id ?? link.platformAccountId,
    },
    issues,
  };
}

function withoutEmptiedName(values: Values, link: Link, mapping: CompiledMapping): Values {
  const key = accountNameKey(mapping);
  if (key === null || values[key] !== null || typeof link.agreed?.[key] !== 'string') return values;
  const { [key]: _emptied, ...others } = values;
  return others;
}

/** A link after its platform record was seen. @returns null when the observation is no news */
export function observePlatformValues(
  link: Link,
  sight: PlatformSight,
  mapping: CompiledMapping,
  now: number,
): Link | null {
  const { link: seen, issues } = withPlatformSight(link, sight, mapping);
  const problem = unreadProblem(issues);
  const reconsidered = () => reconsider(seen, mapping, now, { side: 'platform', problem });
  if (isStale(link, mapping) || !sameValues(knownValues(seen).platform, knownValues(link).platform))
    return reconsidered();
  if (readsOtherwise(link, 'platform', problem)) return reread(seen, problem, reconsidered);
  return seen.platformAccountId === link.platformAccountId
    ? ifWritten(link, link.outboundDue)
    : { ...link, platformAccountId: seen.platformAccountId };
}

/**
 * A sight without news of a side that is due to be written, as another run may be doing: to be saved all the same, so
 * that the one who hears the answer knows that it may be older than what was seen here.
 */
function ifWritten(link: Link, due: number | null): Link | null {
  return due === null ? null : link;
}

/** Whether a link stands still without a reason, or for one that is none any more. */
function isStale(link: Link, mapping: CompiledMapping): boolean {
  return isForgotten(link) || waitsForNothing(link, mapping);
}

/** Whether it differs in a field that is not mapped any more, or waits for a decision on one that goes one way by now. */
function waitsForNothing(link: Link, mapping: CompiledMapping): boolean {
  const { state, problem, salesforcePending, platformPending } = link;
  if (state !== 'linked') return false;
  if (!isMapped(salesforcePending, mapping) || !isMapped(platformPending, mapping)) return true;
  if (problem === null || !isBetweenSides(problem)) return false;
  const { fields, asleep = [] } = mapping;
  return fields.some(
    ({ platform: field, direction }) =>
      direction !== 'both' &&
      !asleep.includes(field) &&
      salesforcePending?.[field] !== undefined &&
      platformPending?.[field] !== undefined,
  );
}

/** Whether the sides differ and nothing is to be done about it: the field or its object could not be written before. */
function isForgotten({ state, problem, outboundDue, inboundDue, ...link }: Link): boolean {
  return (
    state === 'linked' &&
    outboundDue === null &&
    inboundDue === null &&
    (link.salesforcePending !== null || link.platformPending !== null) &&
    (problem === null || problem.code === 'SYNC_SALESFORCE_FIELD_READ_ONLY')
  );
}

/** Whether what cannot be read on a side is news. Another problem that the link has goes before. */
function readsOtherwise(link: Link, side: Side, problem: Problem | null): boolean {
  const known = link.problem;
  const isOfReading = known?.unread === true && known.side === side;
  if (problem === null) return isOfReading;
  return known === null || (isOfReading && (known.code !== problem.code || known.field !== problem.field));
}

/** A link of which nothing is new but what cannot be read; what can be read again is another try. */
function reread(seen: Link, problem: Problem | null, reconsidered: () => Link): Link {
  return problem === null ? reconsidered() : withMarks({ ...seen, problem });
}

/** New knowledge of a side gives a parked link another try. */
function reconsider(
  link: Link,
  mapping: CompiledMapping,
  now: number,
  { side, problem }: { side: Side; problem: Problem | null },
): Link {
  switch (link.state) {
    case 'linked':
      return evaluate({ ...link, problem: problem ?? lasting(link.problem, side), attempts: 0 }, mapping, now)
        .link;
    case 'candidate':
      // A request to create the Salesforce record: the platform's newest values count.
      return { ...link, problem, attempts: 0, inboundDue: now };
    case 'stopped':
      // Restored on the side that had deleted it: the pair goes on from its shadow.
      return link.stateReason === 'salesforce_deleted' && link.platformId !== null
        ? evaluate({ ...link, state: 'linked', stateReason: null, problem, attempts: 0 }, mapping, now).link
        : withMarks(link);
    case 'superseded':
      // Somebody works on a Lead whose person is synced as a Contact: it says so.
      return withMarks({
        ...link,
        problem: {
          code: 'SYNC_PERSON_IS_CONTACT',
          message: catalogue.SYNC_PERSON_IS_CONTACT.meaning,
          side: 'salesforce',
          field: 'email',
        },
      });
  }
}

/** A conflict waits for a person until the values say otherwise, and what the other side holds is as unreadable as before. */
function lasting(problem: Problem | null, seen: Side): Problem | null {
  const isUnread = problem?.unread === true && problem.side !== seen;
  return isUnread || problem?.code === 'SYNC_CONFLICT_WAITING' ? problem : null;
}

/** What keeps a side's values from being read. */
export function unreadProblem(issues: readonly FieldIssue[]): Problem | null {
  const problem = issueProblem(issues);
  return problem && { ...problem, unread: true };
}

export function issueProblem(issues: readonly FieldIssue[]): Problem | null {
  const [issue] = issues;
  return issue === undefined
    ? null
    : { code: issue.code, message: issue.message, side: issue.side satisfies Side, field: issue.field };
}

export function sameMarks(a: SeenMarks | null, b: SeenMarks): boolean {
  return (
    a !== null && a.status === b.status && a.id === b.id && a.relation === b.relation && a.edit === b.edit
  );
}
