import type { LinkData, Marks, Problem, SeenMarks } from '../store/links.ts';
import type { SalesforceField } from '../sync/types.ts';
import { inEnglish } from '../words/told.ts';

/** The values of the package field "ActiveCampaign Sync Status"; force-app holds the same list. */
export const syncStatus = {
  waiting: 'Waiting for next sync',
  synced: 'Synced successfully',
  noEmail: 'Failed: no email address',
  repeatedEmail: 'Failed: email used by another record',
  valueRefused: 'Failed: value refused',
  refusedBySalesforce: 'Failed: refused by Salesforce',
  refusedByPlatform: 'Failed: refused by ActiveCampaign',
  conflict: 'Waiting for a decision',
  stopped: 'Stopped: record deleted',
} as const;

/** API names of the package's fields on Lead, Contact and Account. */
export interface PackageFields {
  readonly status: string;
  readonly id: string;
  readonly relation: string;
  /** How often people edited the record; the package's trigger counts. */
  readonly edit: string;
  /** Into it goes, with everything that we write, the number of the edit that we have read. */
  readonly acknowledged: string;
}

/** @param namespace of the installed managed package; empty for unlocked builds and scratch orgs */
export function packageFields(namespace: string): PackageFields {
  const prefix = namespace === '' ? '' : `${namespace}__`;
  return {
    status: `${prefix}ActiveCampaign_Sync_Status__c`,
    id: `${prefix}ActiveCampaign_ID__c`,
    relation: `${prefix}ActiveCampaign_Relation_Sync_Status__c`,
    edit: `${prefix}ActiveCampaign_Edit__c`,
    acknowledged: `${prefix}ActiveCampaign_Acknowledged_Edit__c`,
  };
}

/** What a selection of flagged records looks at. */
export function selectionNames({ status }: PackageFields): { syncStatus: string; waitingValue: string } {
  return { syncStatus: status, waitingValue: syncStatus.waiting };
}

/** Whether the org's package counts edits and the connected user may say which one was read: older versions do not. */
export function countsEdits(fields: readonly SalesforceField[], names: PackageFields): boolean {
  return (
    fields.some(({ name }) => name === names.edit) &&
    fields.some(({ name, updateable }) => name === names.acknowledged && updateable)
  );
}

/**
 * What a row that is written says of the edit that it has seen. It tells the package's trigger that the sync writes,
 * and keeps an edit made since from being shown as synced.
 */
export function acknowledgedEdit(
  marks: SeenMarks | null,
  { names, counts }: { names: PackageFields; counts: boolean },
): Record<string, number> {
  return counts ? { [names.acknowledged]: marks?.edit ?? 0 } : {};
}

const relationLength = 255;

/** The status that a record with this problem shows. */
export function statusOfProblem(problem: Problem): string {
  if (problem.code === 'SYNC_CONFLICT_WAITING' || problem.code === 'SYNC_FIELD_OSCILLATES')
    return syncStatus.conflict;
  if (problem.code === 'SYNC_EMAIL_MISSING') return syncStatus.noEmail;
  if (problem.code === 'SYNC_VALUE_REQUIRED' && problem.field === 'email') return syncStatus.noEmail;
  if (
    problem.code === 'SYNC_EMAIL_REPEATED' ||
    problem.code === 'SYNC_PLATFORM_EMAIL_TAKEN' ||
    problem.code === 'SYNC_PERSON_IS_CONTACT'
  )
    return syncStatus.repeatedEmail;
  if (problem.code.startsWith('SYNC_VALUE_') || problem.code === 'SYNC_EMAIL_INVALID')
    return syncStatus.valueRefused;
  return problem.side === 'salesforce' ? syncStatus.refusedBySalesforce : syncStatus.refusedByPlatform;
}

/** What the package fields of a link's Salesforce record should show; null where they are to be left alone. */
function wantedMarks(link: LinkData): Partial<Marks> | null {
  if (link.salesforceId === null || (link.state === 'superseded' && link.problem === null)) return null;
  if (link.state === 'stopped')
    return link.stateReason === 'platform_deleted' ? { status: syncStatus.stopped } : null;
  const id = link.state === 'linked' ? { id: link.platformId } : {};
  if (link.problem !== null) {
    return {
      ...id,
      status: statusOfProblem(link.problem),
      relation: inEnglish(link.problem.message).slice(0, relationLength),
    };
  }
  // Work is under way: the status follows when it is done.
  if (link.state === 'candidate' || link.outboundDue !== null) return null;
  const account = link.object === 'Contact' ? link.agreed?.account : null;
  const relation =
    typeof account === 'string' ? `In step with the account "${account}"`.slice(0, relationLength) : null;
  return { ...id, status: syncStatus.synced, relation };
}

/** The link with its write-back: those package fields that do not show yet what they should. */
export function withMarks<T extends LinkData>(link: T): T {
  const wanted = wantedMarks(link);
  if (wanted === null) return link.writeback === null ? link : { ...link, writeback: null };
  const have = link.salesforceMarks;
  const writeback = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => (have?.[name as keyof Marks] ?? null) !== value),
  ) as Partial<Marks>; // The keys come from a Partial<Marks>.
  return { ...link, writeback: Object.keys(writeback).length === 0 ? null : writeback };
}
