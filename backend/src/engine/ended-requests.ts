import { dropEnded, linksBySalesforceIds, type Link } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import type { Result } from './acknowledge.ts';
import { settleWaiting } from './conflicts.ts';
import type { RunContext } from './context.ts';
import { startedAnew } from './observe.ts';
import { answeredRequest } from './requests.ts';

/**
 * Requests whose Salesforce record cannot have their link. One that goes on with a link of its own, as a record that was
 * restored meanwhile, answers the request. One that nobody knows, while the person came to be another one's, is somebody
 * by itself, of whom is told that the person is synced already. A link that has ended for good makes room.
 * @returns what becomes of the requests' links, by id
 */
export async function endedRequests(
  context: RunContext,
  tx: Tx,
  results: readonly Result[],
  outrun: ReadonlySet<number>,
): Promise<Map<number, Link>> {
  const { scope, clock } = context;
  const ended = new Map<number, Link>();
  for (const object of ['Contact', 'Lead'] as const) {
    const met = results.filter(
      (result) =>
        result.after.object === object &&
        isCreation(result) &&
        (result.outcome.kind === 'linked' || outrun.has(result.before.id)),
    );
    if (met.length === 0) continue;
    const ids = met.flatMap(({ after }) => after.salesforceId ?? []);
    const links = await linksBySalesforceIds(tx, scope, object, ids);
    const over: Link[] = [];
    for (const { before, after } of met) {
      const other = links.get(after.salesforceId ?? '');
      const isOutrun = outrun.has(before.id);
      const isKnown = other !== undefined && other.state !== 'candidate';
      if (isKnown && (isOutrun || goesOn(other, after))) ended.set(before.id, answeredRequest(before));
      else if (isOutrun) ended.set(before.id, startedAnew(after, clock.now()));
      else if (isKnown) over.push(other);
    }
    await settleWaiting(context, tx, over);
    await dropEnded(
      tx,
      scope,
      over.map(({ id }) => id),
    );
  }
  return ended;
}

/** Whether the record's own link is alive, or will be when it is seen that the record was restored. */
function goesOn({ state, stateReason, platformId }: Link, found: Link): boolean {
  return (
    state === 'linked' ||
    (state === 'stopped' && stateReason === 'salesforce_deleted' && platformId === found.platformId)
  );
}

/** Whether a Salesforce record was created or found for a request. */
export function isCreation({ before, after }: Result): boolean {
  return before.salesforceId === null && after.salesforceId !== null;
}
