import { catalogue } from '../lib/errors.ts';
import { clearHints, dueHints } from '../store/hints.ts';
import { highestVersion, linksByPlatformIds, saveLinks } from '../store/links.ts';
import { forgetPlatform } from '../store/platform-index.ts';
import type { Tx } from '../store/scope.ts';
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
 * Looks at the Salesforce records that something pointed to, wherever they went. What is pointed to meanwhile is left to
 * a later look: another run may ask for one whenever this one looks, and so on for ever.
 */
export async function followSalesforceHints(context: RunContext): Promise<void> {
  const { clock, scope } = context;
  const from = clock.now();
  for (;;) {
    const [hints, asked] = await inTenant(context, (tx) =>
      Promise.all([dueHints(tx, scope, 'salesforce', from, batchSize), highestVersion(tx)]),
    );
    if (hints.length === 0) return;
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
    await inTenant(context, (tx) => clearHints(tx, scope, hints));
  }
}

/** Looks at the contacts that something pointed to by now, unless they were read since. */
export async function followPlatformHints(context: RunContext): Promise<void> {
  const { clock, scope } = context;
  const from = clock.now();
  for (;;) {
    const [hints, asked] = await inTenant(context, (tx) =>
      Promise.all([dueHints(tx, scope, 'platform', from, batchSize), highestVersion(tx)]),
    );
    if (hints.length === 0) return;
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
