import type { Link, LinkData, Problem } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import { catalogue } from '../lib/errors.ts';
import { normaliseEmail } from '../sync/identity.ts';
import { readSalesforce } from '../sync/read.ts';
import type { CompiledMapping } from '../sync/types.ts';
import { sameMarks, unreadProblem } from './observe.ts';
import { sameValues } from './evaluate.ts';
import { syncStatus, withMarks } from './marks.ts';
import type { ReadRecord } from './salesforce-records.ts';
import type { ObjectSettings } from './sync-settings.ts';

/**
 * A selected Salesforce record without a link: due to be found or created on the platform.
 * @param fromBackfill - Whether a first, complete read brought it.
 */
export function candidateFrom(
  settings: ObjectSettings,
  record: ReadRecord,
  now: number,
  fromBackfill: boolean,
): LinkData {
  const { values, issues } = readSalesforce(settings.mapping, record.fields);
  const problem =
    settings.object === 'Account'
      ? unreadProblem(issues)
      : (emailProblem(settings.mapping, record.fields) ?? unreadProblem(issues));
  return withMarks({
    object: settings.object,
    salesforceId: record.id,
    platformId: null,
    state: 'candidate',
    stateReason: null,
    agreed: null,
    salesforcePending: values,
    platformPending: null,
    salesforceChangedAt: record.changedAt,
    platformChangedAt: null,
    salesforceCreatedAt: record.createdAt,
    salesforceMarks: record.marks,
    salesforceAccountId: record.accountId,
    platformAccountId: null,
    writeback: null,
    platformTags: null,
    outboundDue: blocks(problem) ? null : now,
    inboundDue: null,
    attempts: 0,
    recentWrites: null,
    problem,
    fromBackfill,
  });
}

/** A candidate after its Salesforce record was seen again. @returns null when the observation is no news */
export function observeCandidate(
  link: Link,
  settings: ObjectSettings,
  record: ReadRecord,
  now: number,
): Link | null {
  const seen = candidateFrom(settings, record, now, link.fromBackfill);
  const retried =
    record.marks.status === syncStatus.waiting && link.salesforceMarks?.status !== syncStatus.waiting;
  const isForgotten = link.outboundDue === null && link.problem === null;
  if (!retried && !isForgotten && sameValues(seen.salesforcePending, link.salesforcePending)) {
    return sameMarks(link.salesforceMarks, record.marks)
      ? null
      : withMarks({ ...link, salesforceMarks: seen.salesforceMarks });
  }
  return { ...link, ...seen };
}

/** Whether a candidate cannot be created at all with this problem; other fields' problems do not stop it. */
function blocks(problem: Problem | null): boolean {
  return problem !== null && problem.code.startsWith('SYNC_EMAIL_');
}

/** What keeps a person's record from being anybody's: its address is missing or none. */
export function emailProblem(
  mapping: CompiledMapping,
  fields: Readonly<Record<string, unknown>>,
): Problem | null {
  const field = mapping.fields.find((candidate) => candidate.platform === 'email');
  const raw = field === undefined ? null : fields[field.salesforce];
  const email = normaliseEmail(typeof raw === 'string' ? raw : null);
  return email.ok
    ? null
    : { code: email.code, message: catalogue[email.code].meaning, side: 'salesforce', field: 'email' };
}

/**
 * A candidate that cannot go on is told of where it was seen; the others when they are acted on.
 * @param before - As it was known, if it was: where nothing but the package's own fields differs, it was told of then.
 */
export function outcomeOfCandidate(link: Link, before?: Link): Outcome[] {
  if (link.state !== 'candidate' || link.problem === null || !blocks(link.problem)) return [];
  if (link.salesforcePending === before?.salesforcePending) return [];
  return [
    {
      linkId: link.id,
      object: link.object,
      salesforceId: link.salesforceId,
      platformId: null,
      kind: 'failed',
      code: link.problem.code,
      message: link.problem.message,
      written: [],
      issues: [],
    },
  ];
}
