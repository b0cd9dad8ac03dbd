import { catalogue } from '../lib/errors.ts';
import { clearHints, dueHints, type StoredHint } from '../store/hints.ts';
import { highestVersion, linksByPlatformIds, saveLinks } from '../store/links.ts';
import { forgetPlatform } from '../store/platform-index.ts';
import type { Tx } from '../store/scope.ts';
import type { Side } from '../sync/types.ts';
import { noteWaiting } from './conflicts.ts';
import { storeContacts } from './contacts.ts';
import { inTenant, Overtaken, settleOutcomes, type RunContext } from './context.ts';
import { answerHints } from './create-requests.ts';
import { observeSalesforceRecords } from './observe-salesforce.ts';
import { outcomeOf } from './outcome.ts';
import { readByIds } from './read-by-ids.ts';
import { stopDeleted } from './retry.ts';
import { takesNobody } from './seen.ts';
import { readVanished } from './vanished.ts';

const batchSize = 2_000;

/**
 * Batches of the hints that are due by now, and how far the links' versions had come then. A hint comes once, also where
 * it is renewed meanwhile: another run may ask for a look whenever this one has looked, and so on for ever.
 */
async function* hintsDue(
  context: RunContext,
  side: Side,
): AsyncGenerator<{ hints: readonly StoredHint[]; asked: number }, void, void> {
  const from = context.clock.now();
  const told = new Set<string>();
  const keyOf = ({ object, recordId, reason }: StoredHint): string => `${object} ${recordId} ${reason}`;
  for (;;) {
    const [due, asked] = await inTenant(context, (tx) =>
      Promise.all([dueHints(tx, context.scope, side, from, batchSize), highestVersion(tx)]),
    );
    const hints = due.filter((hint) => !told.has(keyOf(hint)));
    if (hints.length === 0) return;
    for (const hint of hints) told.add(keyOf(hint));
    yield { hints, asked };
  }
}

/** Looks at the Salesforce records that something pointed to, wherever they went. */
export async function followSalesforceHints(context: RunContext): Promise<void> {
  for await (const { hints, asked } of hintsDue(context, 'salesforce')) {
    for (const settings of context.settings.objects.values()) {
      const ids = hints.filter((hint) => hint.object === settings.object).map((hint) => hint.recordId);
      if (ids.length === 0) continue;
      const living = await readByIds(context, settings, ids);
      const found = new Set(living.map(({ id }) => id));
      const gone = await readVanished(
        context,
        settings,
        ids.filter((id) => !found.has(id)),
      );
      await observeSalesforceRecords(context, settings, [...living, ...gone], asked);
    }
    await inTenant(context, (tx) => clearHints(tx, context.scope, hints));
  }
}

/** Looks at the contacts that something pointed to, unless they were read since. */
export async function followPlatformHints(context: RunContext): Promise<void> {
  const { scope } = context;
  for await (const { hints, asked } of hintsDue(context, 'platform')) {
    const ids = [...new Set(hints.filter((hint) => hint.object === 'contact').map((hint) => hint.recordId))];
    const contacts = await context.connector.readContactsByIds(ids);
    const found = new Set(contacts.map((contact) => contact.id));
    await inTenant(context, async (tx) => {
      const { known } = await storeContacts(context, tx, contacts, asked);
      const gone = ids.filter((id) => !found.has(id));
      await forgetPlatform(tx, scope, 'contact', gone);
      await stopGone(context, tx, gone);
      await answerHints(context, tx, hints, { contacts, known }, takesNobody);
    });
    context.progress.observed.platform += contacts.length;
  }
}

/** Ends the links of contacts that turned out to be deleted, and the requests to create their records. */
async function stopGone(context: RunContext, tx: Tx, ids: readonly string[]): Promise<void> {
  const links = await linksByPlatformIds(tx, context.scope, 'contact', ids);
  const stopped = links.map(stopDeleted);
  const saved = await saveLinks(tx, context.scope, stopped);
  if (saved.size < links.length) throw new Overtaken('Links were changed by another run.');
  await noteWaiting(context, tx, stopped);
  const { meaning: message } = catalogue.SYNC_RECORD_GONE;
  await settleOutcomes(
    context,
    tx,
    links.map((link) => outcomeOf(link, 'stopped', { code: 'SYNC_RECORD_GONE', message })),
  );
}
