import { isUnstored } from '../store/link-row.ts';
import { linksByIds, saveLinks, type Link } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import { canonicalEquals } from '../sync/merge.ts';
import type { CompiledMapping, FieldConflict, Side, Values } from '../sync/types.ts';
import type { Result } from './acknowledge.ts';
import { noteWaiting, storeConflicts } from './conflicts.ts';
import type { RunContext } from './context.ts';
import { evaluate, knownValues, withObserved } from './evaluate.ts';
import { storedMeanwhile } from './new-links.ts';

/**
 * Acknowledges what was written of links that another run changed meanwhile. The newer knowledge stays, and what the
 * write brought about is taken in below it: whom it created, and that both sides held the written values then. Whether
 * they still do is for another look to say; without that, somebody who set a value back would seem to have done nothing.
 * An edit that another run saw and the write may have gone over is told as a conflict (invariant 2).
 *
 * @param side - The side that was written to.
 * @returns the links as they stand now, by the ids that the results have
 */
export async function takeInOvertaken(
  context: RunContext,
  tx: Tx,
  side: Side,
  overtaken: readonly Result[],
): Promise<Map<number, Link>> {
  if (overtaken.length === 0) return new Map();
  const { scope, settings, clock } = context;
  const added = overtaken.flatMap(({ before }) => (isUnstored(before) ? before : []));
  const others = await storedMeanwhile(context, tx, added);
  const idOf = ({ before }: Result): number => others.get(before.id)?.id ?? before.id;
  const stored = await linksByIds(tx, scope, overtaken.map(idOf), { lock: true });
  const links = new Map(stored.map((link) => [link.id, link]));
  const known = new Map<number, Link>();
  const taken: Link[] = [];
  const writtenOver: { linkId: number; conflict: FieldConflict; reason: 'written_over' }[] = [];
  for (const result of overtaken) {
    const link = links.get(idOf(result));
    if (link === undefined) continue;
    const mapping = settings.objects.get(link.object)?.mapping;
    const next = takenIn(link, result, side, mapping, clock.now());
    known.set(result.before.id, next);
    if (next !== link) taken.push(next);
    for (const conflict of editsWrittenOver(link, result, side, mapping)) {
      writtenOver.push({ linkId: link.id, conflict, reason: 'written_over' });
    }
  }
  await saveLinks(tx, scope, taken);
  await storeConflicts(context, tx, writtenOver);
  await noteWaiting(context, tx, taken);
  return known;
}

/** A link with what a write came to that it was overtaken by; the same link where that is nothing. */
function takenIn(
  link: Link,
  { before, after, idle }: Result,
  side: Side,
  mapping: CompiledMapping | undefined,
  now: number,
): Link {
  // Created for a request whose person is another one's by now.
  if (after.state === 'candidate' && link.salesforceId === null && after.salesforceId !== null)
    return { ...after, id: link.id, version: link.version };
  const isCreated =
    (link.platformId === null && after.platformId !== null) ||
    (link.salesforceId === null && after.salesforceId !== null);
  const known: Link = isCreated
    ? {
        ...link,
        platformId: link.platformId ?? after.platformId,
        salesforceId: link.salesforceId ?? after.salesforceId,
        platformTags: side === 'platform' ? (after.platformTags ?? link.platformTags) : link.platformTags,
        state: 'linked',
        stateReason: null,
      }
    : link;
  // Nothing was written: who changed the link may know better how the records are.
  if (idle === true) return known;
  // It went on with another record since: of that one nothing was written.
  const isSame = known.platformId === after.platformId && known.salesforceId === after.salesforceId;
  const agreed = isSame ? newlyAgreed(known, before, after) : {};
  if (mapping === undefined || known.state !== 'linked' || Object.keys(agreed).length === 0) return known;
  const { salesforce, platform } = knownValues(known);
  const told: Link = {
    ...known,
    agreed: { ...known.agreed, ...agreed },
    attempts: after.attempts,
    problem:
      known.problem === null || known.problem.code === before.problem?.code ? after.problem : known.problem,
    recentWrites:
      after.recentWrites === null ? known.recentWrites : { ...known.recentWrites, ...after.recentWrites },
  };
  const isOn = (other: Side): Values => (other === side ? agreed : {});
  const seen = withObserved(
    withObserved(told, 'salesforce', { ...salesforce, ...isOn('salesforce') }),
    'platform',
    { ...platform, ...isOn('platform') },
  );
  return evaluate(seen, mapping, now).link;
}

/** Values of the written side that another run saw, of which the write did not know. */
function editsWrittenOver(
  link: Link,
  { before, after, seen = before, outcome }: Result,
  side: Side,
  mapping: CompiledMapping | undefined,
): FieldConflict[] {
  const isSame = link.salesforceId === after.salesforceId && link.platformId === after.platformId;
  if (before.state !== 'linked' || !isSame) return [];
  const then = knownValues(seen)[side];
  const stored = knownValues(link)[side];
  const now = knownValues(after)[side];
  const written = new Set(outcome.written);
  return (mapping?.fields ?? []).flatMap(({ platform: field, policy }) => {
    const [edited, value] = [stored[field], now[field]];
    if (!written.has(field) || edited === undefined || value === undefined) return [];
    if (canonicalEquals(edited, value) || canonicalEquals(edited, then[field])) return [];
    const winner = side === 'platform' ? 'salesforce' : 'platform';
    const sides = { salesforce: value, platform: value, [side]: edited };
    return { field, base: link.agreed?.[field], ...sides, policy, winner, value };
  });
}

/** What the write had both sides agree on, where nothing else was agreed on since. */
function newlyAgreed(link: Link, before: Link, after: Link): Values {
  return Object.fromEntries(
    Object.entries(after.agreed ?? {}).filter(
      ([field, value]) =>
        !canonicalEquals(before.agreed?.[field], value) &&
        canonicalEquals(before.agreed?.[field], link.agreed?.[field]),
    ),
  );
}
