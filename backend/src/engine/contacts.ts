import type { PlatformContact } from '../connectors/connector.ts';
import { addHints } from '../store/hints.ts';
import { linksByPlatformIds, saveLinks, type Link } from '../store/links.ts';
import { indexPlatform } from '../store/platform-index.ts';
import type { Tx } from '../store/scope.ts';
import { normaliseEmail } from '../sync/identity.ts';
import { Overtaken, type RunContext } from './context.ts';
import { noteWaiting } from './conflicts.ts';
import { looksAtPlatform } from './looks.ts';
import { observePlatformValues } from './observe.ts';
import { isOutrun } from './outrun.ts';
import { takeUpTags } from './request-tags.ts';

export interface StoredContacts {
  /** The contacts' live links and open requests, as they are stored now. */
  readonly known: readonly Link[];
  /** Those of which something was new, as they are stored now. */
  readonly changed: readonly Link[];
}

/**
 * Stores what was read of contacts: who they are, and how far linked ones differ from what was agreed.
 *
 * @param asked - How far the links' versions had come when they were asked for.
 */
export async function storeContacts(
  context: RunContext,
  tx: Tx,
  contacts: readonly PlatformContact[],
  asked: number,
): Promise<StoredContacts> {
  if (contacts.length === 0) return { known: [], changed: [] };
  const { scope, clock } = context;
  await indexPlatform(
    tx,
    scope,
    'contact',
    contacts.map((contact) => ({ platformId: contact.id, key: emailKey(contact.email) })),
  );
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const links = await linksByPlatformIds(tx, scope, 'contact', [...byId.keys()]);
  const changed: Link[] = [];
  const outrun: Link[] = [];
  for (const link of links) {
    const contact = byId.get(link.platformId ?? '');
    const settings = context.settings.objects.get(link.object);
    if (contact === undefined || settings === undefined) continue;
    const sight = { raw: contact.values, stamp: Date.parse(contact.stamp), account: contact.account };
    const next = observePlatformValues(link, sight, settings.mapping, clock.now());
    if (next !== null) (isOutrun(link, next, asked) ? outrun : changed).push(next);
  }
  const saved = await saveLinks(tx, scope, changed);
  if (saved.size < changed.length) throw new Overtaken('Links were changed by another run.');
  await addHints(tx, scope, outrun.flatMap(looksAtPlatform), clock.now());
  await noteWaiting(context, tx, changed);
  await takeUpTags(context, tx, contacts);
  const stored = changed.map((link) => ({ ...link, version: saved.get(link.id) ?? link.version }));
  const byLink = new Map(stored.map((link) => [link.id, link]));
  return { known: links.map((link) => byLink.get(link.id) ?? link), changed: stored };
}

/** The key under which a contact is found by its email; null for contacts without a usable one. */
export function emailKey(email: string | null): string | null {
  const normal = normaliseEmail(email);
  return normal.ok ? normal.email : null;
}
