import { partition } from '../lib/lists.ts';
import { addHints } from '../store/hints.ts';
import { isUnstored } from '../store/link-row.ts';
import {
  linksByPlatformIds,
  linksBySalesforceIds,
  saveLinks,
  unchangedLinks,
  type Link,
} from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import type { RunContext } from './context.ts';
import { looksAt } from './looks.ts';

/**
 * Stores links that are new. Where somebody else stored the record's link meanwhile, it is looked at once more, as
 * nobody can tell who saw it last.
 * @returns those that were stored
 */
export async function storeNew(
  { scope, clock }: RunContext,
  tx: Tx,
  links: readonly Link[],
): Promise<Link[]> {
  const saved = await saveLinks(tx, scope, links);
  const [stored, outrun] = partition(links, ({ id }) => saved.has(id));
  await addHints(tx, scope, outrun.flatMap(looksAt), clock.now());
  return stored.map((link) => ({ ...link, version: saved.get(link.id) ?? link.version }));
}

/** What others stored meanwhile of the people of links that are not stored yet: their links, by the id of the latter. */
export async function storedMeanwhile(
  { scope }: RunContext,
  tx: Tx,
  people: readonly Link[],
): Promise<Map<number, Link>> {
  const found = new Map<number, Link>();
  const [requests, records] = partition(people, ({ salesforceId }) => salesforceId === null);
  for (const object of ['Contact', 'Lead'] as const) {
    const own = records.filter((link) => link.object === object);
    if (own.length === 0) continue;
    const ids = own.flatMap(({ salesforceId }) => salesforceId ?? []);
    const others = await linksBySalesforceIds(tx, scope, object, ids);
    for (const { id, salesforceId } of own) {
      const other = others.get(salesforceId ?? '');
      if (other !== undefined) found.set(id, other);
    }
  }
  if (requests.length === 0) return found;
  const ids = requests.flatMap(({ platformId }) => platformId ?? []);
  const others = await linksByPlatformIds(tx, scope, 'contact', ids);
  const byContact = new Map(others.map((link) => [link.platformId, link]));
  for (const { id, platformId } of requests) {
    const other = byContact.get(platformId);
    if (other !== undefined) found.set(id, other);
  }
  return found;
}

/** Which links are as they were read: stored with the same version, or not stored by anybody yet. @returns their ids */
export async function unchangedOf(
  context: RunContext,
  tx: Tx,
  links: readonly Link[],
): Promise<ReadonlySet<number>> {
  const [added, known] = partition(links, isUnstored);
  const others = await storedMeanwhile(context, tx, added);
  const unchanged = known.length === 0 ? [] : await unchangedLinks(tx, context.scope, known);
  return new Set([...unchanged, ...added.flatMap(({ id }) => (others.has(id) ? [] : id))]);
}
