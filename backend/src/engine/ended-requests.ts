import { catalogue } from '../lib/errors.ts';
import { dropEnded, linksBySalesforceIds, saveLinks, type Link } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import { sentence } from '../words/told.ts';
import type { Result } from './acknowledge.ts';
import { settleWaiting } from './conflicts.ts';
import type { RunContext } from './context.ts';
import { withMarks } from './marks.ts';
import { startedAnew } from './observe.ts';
import { answeredRequest } from './requests.ts';
import { failedWrite, type WriteFailure } from './retry.ts';

/**
 * Requests whose Salesforce record cannot have their link. One that goes on with the same contact, as a record that was
 * restored meanwhile, answers the request. One that came to be synced with another contact meanwhile is somebody else:
 * the request stays open, and the record, which shows the id of the request's contact by now, is given its own back. One
 * that nobody knows, while the person came to be another one's, is somebody by itself, of whom is told that the person is
 * synced already. A link that has ended for good makes room.
 * @returns what the requests came to instead, by the id of their link
 */
export async function endedRequests(
  context: RunContext,
  tx: Tx,
  results: readonly Result[],
  outrun: ReadonlySet<number>,
): Promise<Map<number, Result>> {
  const { scope, clock } = context;
  const ended = new Map<number, Result>();
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
    const others: Link[] = [];
    for (const result of met) {
      const { before, after } = result;
      const other = links.get(after.salesforceId ?? '');
      const isOutrun = outrun.has(before.id);
      if (other === undefined || other.state === 'candidate') {
        if (isOutrun) ended.set(before.id, { ...result, after: startedAnew(after, clock.now()) });
      } else if (isOutrun || goesOn(other, after)) {
        ended.set(before.id, { ...result, after: answeredRequest(before) });
      } else if (other.state === 'linked') {
        ended.set(before.id, failedWrite(before, 'inbound', recordTaken(other), clock.now()));
        others.push(showing(after.platformId, other));
      } else {
        over.push(other);
      }
    }
    await saveLinks(tx, scope, others);
    await settleWaiting(context, tx, over);
    await dropEnded(
      tx,
      scope,
      over.map(({ id }) => id),
    );
  }
  return ended;
}

/** What a request is told whose record is somebody else's by now. */
function recordTaken({ salesforceId: id }: Link): WriteFailure {
  const code = 'SYNC_SALESFORCE_RECORD_TAKEN';
  const { meaning } = catalogue[code];
  return { code, message: sentence('{meaning} It is {id}.', { meaning, id: id ?? '' }), retryable: true };
}

/** A link whose record shows another contact's id: its own is written back. */
function showing(id: string | null, link: Link): Link {
  const unseen = { status: null, relation: null };
  return withMarks({ ...link, salesforceMarks: { ...unseen, ...link.salesforceMarks, id } });
}

/** Whether the record's own link to the same contact is alive, or will be when it is seen that the record was restored. */
function goesOn({ state, stateReason, platformId }: Link, found: Link): boolean {
  return (
    platformId === found.platformId &&
    (state === 'linked' || (state === 'stopped' && stateReason === 'salesforce_deleted'))
  );
}

/** Whether a Salesforce record was created or found for a request. */
export function isCreation({ before, after }: Result): boolean {
  return before.salesforceId === null && after.salesforceId !== null;
}
