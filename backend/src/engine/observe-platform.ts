import { z } from 'zod';
import type { ContactCursor, ContactPage, PlatformContact } from '../connectors/connector.ts';
import { ahead } from '../lib/ahead.ts';
import { moveCursor, readCursor } from '../store/cursors.ts';
import { addHints, clearHints, hintsAtContacts } from '../store/hints.ts';
import { highestVersion } from '../store/links.ts';
import { marginMilliseconds, windowRead, windowStart } from '../sync/cursor.ts';
import { storeContacts } from './contacts.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';
import { answerHints } from './create-requests.ts';
import { looksAtPlatform } from './looks.ts';
import type { Seen, Takes } from './seen.ts';
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
 * Reads which contacts changed on the platform since the last run and stores it as observations, but for the requests
 * that the run takes on.
 *
 * @returns of each group of pages also the people who are due in Salesforce and known already: those are stored
 */
export async function* observePlatform(context: RunContext, takes: Takes): AsyncGenerator<Seen, void, void> {
  await enterStage(context, 'observing_platform');
  const { scope, clock } = context;
  const generation = platformGeneration(context.settings);
  const known = await inTenant(context, (tx) => readCursor(tx, scope, 'contact'));
  const isKnown = isCovered(known?.generation, generation);
  const current = isKnown ? positionSchema.parse(known?.position) : fresh;
  let version = known?.version ?? null;
  const start = windowStart(current, clock.now());
  const settles = current.window?.settles ?? start.settles;
  const cursor = current.window?.cursor ?? {
    since: start.from === null ? null : new Date(start.from).toISOString(),
    afterId: null,
    nextSince: null,
  };
  for await (const page of ahead(readGroups(context, cursor))) {
    const ended = page.next.since === null ? clock.now() : Date.parse(page.next.since) + marginMilliseconds;
    const next: Position = page.done
      ? { ...windowRead(current, settles, ended), window: null }
      : { ...current, window: { settles, cursor: page.next } };
    const { changed, requested, open } = await inTenant(context, async (tx) => {
      const stored = await storeContacts(context, tx, page.records, page.asked);
      const ids = page.records.map((contact) => contact.id);
      const hints = await hintsAtContacts(tx, scope, ids, page.readFrom);
      const sight = { contacts: page.records, known: stored.known };
      return { ...stored, ...(await answerHints(context, tx, hints, sight, takes)) };
    });
    const read = version;
    version = version === null ? 0 : version + 1;
    yield {
      due: [...changed.filter((link) => link.inboundDue !== null && takes(link)), ...requested],
      async settle() {
        await inTenant(context, async (tx) => {
          await clearHints(tx, scope, open);
          if (await moveCursor(tx, scope, 'contact', { position: next, generation }, read)) return;
          // Another run went on from here, and what it read of those who were unknown then counted for nothing.
          await addHints(tx, scope, requested.flatMap(looksAtPlatform), clock.now());
        });
        context.progress.observed.platform += page.records.length;
      },
    };
    if (!page.done) await beat(context);
  }
}

/** Contacts that are stored together: few transactions, little memory, and a whole batch for Salesforce. */
const contactsInGroup = 1_000;

interface Group extends ContactPage {
  /** When the reading began, in epoch milliseconds: it answers the hints that were given by then. */
  readonly readFrom: number;
  /** How far the links' versions had come then. */
  readonly asked: number;
}

async function* readGroups(context: RunContext, from: ContactCursor): AsyncGenerator<Group, void, void> {
  const { connector, clock } = context;
  let cursor = from;
  let isDone = false;
  while (!isDone) {
    const readFrom = clock.now();
    const asked = await inTenant(context, highestVersion);
    const records: PlatformContact[] = [];
    while (records.length < contactsInGroup && !isDone) {
      const page = await connector.readContacts(cursor, contactsInGroup - records.length);
      records.push(...page.records);
      cursor = page.next;
      isDone = page.done;
    }
    yield { records, next: cursor, done: isDone, readFrom, asked };
  }
}
