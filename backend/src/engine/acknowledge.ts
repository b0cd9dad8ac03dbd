import { partition } from '../lib/lists.ts';
import type { FieldConflict, SalesforceObject, Side } from '../sync/types.ts';
import { reopenConflicts } from '../store/conflicts.ts';
import { addHints, type Hint } from '../store/hints.ts';
import { isUnstored } from '../store/link-row.ts';
import { dropCandidates, liveLinks, saveLinks, supersedeLeads, type Link } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import { workedBeside } from '../store/runs.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { indexPlatform, type IndexEntry } from '../store/platform-index.ts';
import { settleOutcomes, inTenant, type RunContext } from './context.ts';
import { endedRequests, isCreation } from './ended-requests.ts';
import { noteWaiting, settleWaiting, storeConflicts } from './conflicts.ts';
import { looksAt, looksAtPlatform, looksAtSalesforce } from './looks.ts';
import { storeNew } from './new-links.ts';
import { takeInOvertaken } from './overtaken.ts';

/** What acting on one link came to. */
export interface Result {
  /** As it was read before acting. */
  readonly before: Link;
  readonly after: Link;
  readonly outcome: Outcome;
  /** Conflicts that the write or a first meeting decided, and those under which a loop was parked. */
  readonly conflicts: readonly FieldConflict[];
  /** Both sides as they were seen before the write; absent where nothing was to be written. */
  readonly seen?: Link;
  /** Set where nothing was to be written to a vendor's record: it stands as it was seen. */
  readonly idle?: true;
  /** Fields for which people chose a value that the side could not take: they are asked again. */
  readonly refused?: readonly string[];
  /** Whether the write reached a record that had been there, whatever else of it failed. */
  readonly found?: boolean;
}

/**
 * Commits what a batch did to a side, in one transaction: outcomes, links with their advanced shadows, conflicts and
 * the platform index. Both records of a link that changed since it was read are looked at again, if one of them was
 * written.
 */
export async function acknowledge(
  context: RunContext,
  side: Side,
  results: readonly Result[],
  rest: {
    superseded?: readonly Link[];
    index?: readonly IndexEntry[];
    hints?: readonly Hint[];
  } = {},
): Promise<void> {
  if (results.length === 0) return;
  const { scope, clock } = context;
  await inTenant(context, async (tx) => {
    const { superseded = [] } = rest;
    const outrun = await outrunBy(tx, scope, results, new Set(superseded.map(({ id }) => id)));
    const ended = await endedRequests(context, tx, results, outrun);
    const told = results.map((result) => ended.get(result.before.id) ?? result);
    const open = new Set([...ended.values()].flatMap(({ after }) => openContact(after)));
    const givingWay = superseded.filter(({ platformId }) => platformId === null || !open.has(platformId));
    // Links that give way go first: a platform record has one live link at any time, and a Salesforce record one link.
    await supersedeLeads(
      tx,
      scope,
      givingWay.map(({ id }) => id),
    );
    await settleWaiting(context, tx, givingWay);
    const [left, own] = partition(
      told,
      (result) => isUntouched(result) || (outrun.has(result.before.id) && !ended.has(result.before.id)),
    );
    for (const object of ['Contact', 'Lead'] as const) {
      await dropCandidates(tx, scope, object, own.flatMap(foundRecord(object)));
    }
    await storeNew(
      context,
      tx,
      left.flatMap(({ before }) => (isUnstored(before) ? before : [])),
    );
    const saved = await saveLinks(
      tx,
      scope,
      own.map((result) => result.after),
    );
    const overtaken = own.filter((result) => !saved.has(result.before.id));
    const known = await takeInOvertaken(context, tx, side, overtaken);
    await addHints(
      tx,
      scope,
      [
        ...(rest.hints ?? []),
        ...overtaken.flatMap(({ before, after, idle = false }) => [
          // Who changed the link knows the records as they are. A look might overtake the next try, and so on for ever.
          ...(idle && !isUnstored(before) ? [] : looksAt(known.get(before.id) ?? after)),
          ...(isUnstored(before) ? looksAt(after) : []),
        ]),
        ...results.flatMap(({ before, after }) => (ended.has(before.id) ? looksAtSalesforce(after) : [])),
        ...(await missedBeside(context, tx, side, own)),
      ],
      clock.now(),
    );
    await indexPlatform(tx, scope, 'contact', rest.index ?? []);
    const decided = own.filter((result) => saved.has(result.before.id));
    await storeConflicts(
      context,
      tx,
      decided.flatMap(({ before, after, conflicts }) =>
        conflicts.map((conflict) => ({
          linkId: before.id,
          conflict,
          reason:
            after.problem?.code === 'SYNC_FIELD_OSCILLATES' && conflict.winner === null
              ? ('oscillation' as const)
              : ('both_changed' as const),
        })),
      ),
    );
    await reopenConflicts(
      tx,
      scope,
      decided.flatMap(({ before, refused = [] }) => refused.map((field) => ({ linkId: before.id, field }))),
    );
    await noteWaiting(
      context,
      tx,
      decided.map((result) => result.after),
    );
    await settleOutcomes(
      context,
      tx,
      told.map(({ before, outcome }) => ({
        ...outcome,
        linkId: known.get(before.id)?.id ?? outcome.linkId,
      })),
    );
    await context.rehearsal?.keep(tx, context, results);
  });
}

/**
 * Records that were written as somebody's for the first time while another run was at work: it may have read a newer
 * edit of them and not have known whose they are. What a first read brings is left to be found when it is read once
 * more, as one that takes hours is seldom alone.
 */
async function missedBeside(
  { scope, run }: RunContext,
  tx: Tx,
  side: Side,
  results: readonly Result[],
): Promise<Hint[]> {
  const met = results.filter(
    ({ before, after }) => before.state === 'candidate' && after.state === 'linked' && !before.fromBackfill,
  );
  if (met.length === 0 || !(await workedBeside(tx, scope, run.id))) return [];
  return met.flatMap(({ before, after }) => {
    // Of somebody without a link, another run has not even noted that the record is gone.
    if (isUnstored(before)) return looksAt(after);
    return side === 'platform' ? looksAtPlatform(after) : looksAtSalesforce(after);
  });
}

/**
 * Whether nothing was done about a stored link: it was overtaken before it was written. There is nothing to store, and
 * whoever changed it knows it as it is. A look for its sake would be a change itself, which might overtake the next
 * try, and so on for ever.
 */
export function isUntouched({ before, after }: Result): boolean {
  return after === before && !isUnstored(before);
}

/** Whether the link came to a contact or account that was there before, which another one may have come to as well. */
export function isTaking({ before, after, outcome, found = false }: Result): boolean {
  return (
    before.state === 'candidate' &&
    after.state === 'linked' &&
    (before.platformId !== null || outcome.kind === 'linked' || found)
  );
}

/**
 * Links that were about to take a contact or account which another link came to have meanwhile: they stay as they
 * are, due, and it is decided anew whose it is.
 * @param superseded links that give way to them
 */
async function outrunBy(
  tx: Tx,
  scope: Scope,
  results: readonly Result[],
  superseded: ReadonlySet<number>,
): Promise<Set<number>> {
  const outrun = new Set<number>();
  for (const kind of ['contact', 'account'] as const) {
    const taking = results.filter(
      (result) => (result.after.object === 'Account') === (kind === 'account') && isTaking(result),
    );
    if (taking.length === 0) continue;
    const ids = taking.flatMap(({ after }) => after.platformId ?? []);
    const live = (await liveLinks(tx, scope, kind, ids)).filter(({ id }) => !superseded.has(id));
    const owners = new Map(live.map(({ platformId, id }) => [platformId, id]));
    for (const { after } of taking) {
      if ((owners.get(after.platformId) ?? after.id) !== after.id) outrun.add(after.id);
    }
  }
  return outrun;
}

/** The contact that a request goes on to ask a record for: whoever is synced with it does not give way yet. */
function openContact({ state, platformId }: Link): string[] {
  return state === 'candidate' && platformId !== null ? [platformId] : [];
}

/** The Salesforce record that a request was answered with, which may have been about to be synced by itself. */
function foundRecord(object: SalesforceObject): (result: Result) => string[] {
  return (result) =>
    result.after.object === object && isCreation(result) ? [result.after.salesforceId ?? ''] : [];
}
