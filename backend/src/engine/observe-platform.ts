import { z } from 'zod';
import type { Connector, ContactCursor, ContactPage, PlatformContact } from '../connectors/connector.ts';
import { moveCursor, readCursor } from '../store/cursors.ts';
import { linksByPlatformIds, saveLinks, type Link } from '../store/links.ts';
import { indexPlatform } from '../store/platform-index.ts';
import type { Tx } from '../store/scope.ts';
import { marginMilliseconds, windowRead, windowStart } from '../sync/cursor.ts';
import { normaliseEmail } from '../sync/identity.ts';
import { beat, enterStage, inTenant, Overtaken, type RunContext } from './context.ts';
import { noteWaiting } from './conflicts.ts';
import { observePlatformValues } from './observe.ts';
import { isCovered, platformGeneration } from './sync-settings.ts';

const positionSchema = z.object({
  readTo: z.number().nullable(),
  settledTo: z.number().nullable(),
  window: z
    .object({
      settles: z.boolean(),
      cursor: z.object({
        since: z.string().nullable(),
        afterId: z.string().nullable(),
        nextSince: z.string().nullable(),
      }),
    })
    .nullable(),
});
type Position = z.infer<typeof positionSchema>;

const fresh: Position = { readTo: null, settledTo: null, window: null };

/**
 * Reads which contacts changed on the platform since the last run and stores it as observations. A page and the
 * cursor behind it are committed together.
 */
export async function observePlatform(context: RunContext): Promise<void> {
  await enterStage(context, 'observing_platform');
  const { scope, clock } = context;
  const generation = platformGeneration(context.settings);
  const stored = await inTenant(context, (tx) => readCursor(tx, scope, 'contact'));
  const isKnown = isCovered(stored?.generation, generation);
  const current = isKnown ? positionSchema.parse(stored?.position) : fresh;
  let version = stored?.version ?? null;
  const start = windowStart(current, clock.now());
  const settles = current.window?.settles ?? start.settles;
  const cursor = current.window?.cursor ?? {
    since: start.from === null ? null : new Date(start.from).toISOString(),
    afterId: null,
    nextSince: null,
  };
  for await (const page of readGroups(context.connector, cursor)) {
    const ended = page.next.since === null ? clock.now() : Date.parse(page.next.since) + marginMilliseconds;
    const next: Position = page.done
      ? { ...windowRead(current, settles, ended), window: null }
      : { ...current, window: { settles, cursor: page.next } };
    const moved = await inTenant(context, async (tx) => {
      await storeContacts(context, tx, page.records);
      return moveCursor(tx, scope, 'contact', { position: next, generation }, version);
    });
    if (!moved) throw new Overtaken('The cursor of contacts was moved by another run.');
    version = version === null ? 0 : version + 1;
    context.progress.observed.platform += page.records.length;
    if (!page.done) await beat(context);
  }
}

/** Pages that are stored together: few transactions, little memory. */
const pagesInGroup = 10;

/** Groups of pages in their order; the next group is read while the caller stores one. */
async function* readGroups(connector: Connector, from: ContactCursor): AsyncGenerator<ContactPage> {
  let reading = readGroup(connector, from);
  for (;;) {
    const group = await reading;
    if (!group.done) {
      reading = readGroup(connector, group.next);
      // Seen when it is awaited; until then it must not end the process.
      reading.catch(() => undefined);
    }
    yield group;
    if (group.done) return;
  }
}

async function readGroup(connector: Connector, from: ContactCursor): Promise<ContactPage> {
  let page = await connector.readContacts(from);
  const records = [...page.records];
  for (let pages = 1; pages < pagesInGroup && !page.done; pages += 1) {
    page = await connector.readContacts(page.next);
    records.push(...page.records);
  }
  return { ...page, records };
}

/** Stores what was read of contacts: who they are, and how far linked ones differ from what was agreed. */
export async function storeContacts(
  context: RunContext,
  tx: Tx,
  contacts: readonly PlatformContact[],
): Promise<void> {
  if (contacts.length === 0) return;
  const { scope, clock } = context;
  await indexPlatform(
    tx,
    scope,
    'contact',
    contacts.map((contact) => ({ platformId: contact.id, key: emailKey(contact.email) })),
  );
  const links = await linksByPlatformIds(
    tx,
    scope,
    'contact',
    contacts.map((contact) => contact.id),
  );
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const changed: Link[] = [];
  for (const link of links) {
    const contact = byId.get(link.platformId ?? '');
    const settings = context.settings.objects.get(link.object);
    if (contact === undefined || settings === undefined) continue;
    const sight = { raw: contact.values, stamp: Date.parse(contact.stamp), account: contact.account };
    const next = observePlatformValues(link, sight, settings.mapping, clock.now());
    if (next !== null) changed.push(next);
  }
  const saved = await saveLinks(tx, scope, changed);
  if (saved.size < changed.length) throw new Overtaken('Links were changed by another run.');
  await noteWaiting(context, tx, changed);
}

/** The key under which a contact is found by its email; null for contacts without a usable one. */
export function emailKey(email: string | null): string | null {
  const normal = normaliseEmail(email);
  return normal.ok ? normal.email : null;
}
