import { catalogue } from '../lib/errors.ts';
import { clearHints, dueHints, type StoredHint } from '../store/hints.ts';
import { insertLinks, linksByPlatformIds, type LinkData } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import { forgetPlatform } from '../store/platform-index.ts';
import type { PlatformContact } from '../connectors/connector.ts';
import { readPlatform } from '../sync/read.ts';
import { inTenant, settleOutcomes, type RunContext } from './context.ts';
import { observeSalesforceRecords } from './observe-salesforce.ts';
import { storeContacts } from './observe-platform.ts';
import { readByIds } from './read-by-ids.ts';
import { tagOf } from './tags.ts';

const batchSize = 2_000;

/** Looks at the Salesforce records that something pointed to. Those that cannot be read any more are left as they are. */
export async function followSalesforceHints(context: RunContext): Promise<void> {
  for (;;) {
    const hints = await inTenant(context, (tx) =>
      dueHints(tx, context.scope, 'salesforce', context.clock.now(), batchSize),
    );
    if (hints.length === 0) return;
    for (const settings of context.settings.objects.values()) {
      const ids = hints.filter((hint) => hint.object === settings.object).map((hint) => hint.recordId);
      if (ids.length === 0) continue;
      await observeSalesforceRecords(context, settings, await readByIds(context, settings, ids));
    }
    await inTenant(context, (tx) => clearHints(tx, context.scope, hints));
  }
}

/** Looks at the contacts that webhooks pointed to, and takes up requests to create their Salesforce record (A14). */
export async function followPlatformHints(context: RunContext): Promise<void> {
  for (;;) {
    const hints = await inTenant(context, (tx) =>
      dueHints(tx, context.scope, 'platform', context.clock.now(), batchSize),
    );
    if (hints.length === 0) return;
    const ids = [...new Set(hints.filter((hint) => hint.object === 'contact').map((hint) => hint.recordId))];
    const contacts = new Map(
      (await context.connector.readContactsByIds(ids)).map((contact) => [contact.id, contact]),
    );
    await inTenant(context, async (tx) => {
      await storeContacts(context, tx, [...contacts.values()]);
      await forgetPlatform(
        tx,
        context.scope,
        'contact',
        ids.filter((id) => !contacts.has(id)),
      );
      const links = await linksByPlatformIds(tx, context.scope, 'contact', ids);
      const requests = hints
        .filter((hint) => hint.reason !== 'look')
        .map((hint) => judgeRequest(context, hint, contacts, links));
      await insertLinks(
        tx,
        context.scope,
        requests.flatMap((request) => request.link ?? []),
      );
      await settleOutcomes(
        context,
        tx,
        requests.flatMap((request) => request.outcome ?? []),
      );
      await clearHints(tx, context.scope, hints);
    });
    context.progress.observed.platform += contacts.size;
  }
}

/** What becomes of "create a lead" or "create a contact" for one platform contact. */
function judgeRequest(
  context: RunContext,
  hint: StoredHint,
  contacts: ReadonlyMap<string, PlatformContact>,
  links: readonly LinkData[],
): { link?: LinkData; outcome?: Outcome } {
  const object = hint.reason === 'create_lead' ? 'Lead' : 'Contact';
  const contact = contacts.get(hint.recordId);
  const settings = context.settings.objects.get(object);
  const tell = (
    kind: Outcome['kind'],
    code: Outcome['code'],
    message: string,
    salesforceId: string | null = null,
  ): { outcome: Outcome } => ({
    outcome: {
      linkId: null,
      object,
      salesforceId,
      platformId: hint.recordId,
      kind,
      code,
      message,
      written: [],
      issues: [],
    },
  });
  if (contact === undefined)
    return tell(
      'failed',
      'SYNC_RECORD_GONE',
      'The contact was deleted on the platform before its turn came.',
    );
  if (settings === undefined)
    return tell('failed', 'SYNC_MAPPING_MISSING', `No field mapping is saved for ${object}.`);
  const linked = links.find((link) => link.platformId === hint.recordId && link.state === 'linked');
  if (linked?.object === object)
    return tell('unchanged', null, `The contact is synced with this ${object} already.`, linked.salesforceId);
  if (linked?.object === 'Contact') {
    return tell(
      'skipped',
      'SYNC_PERSON_IS_CONTACT',
      catalogue.SYNC_PERSON_IS_CONTACT.meaning,
      linked.salesforceId,
    );
  }
  const now = context.clock.now();
  return {
    link: {
      object,
      salesforceId: null,
      platformId: contact.id,
      state: 'candidate',
      stateReason: null,
      agreed: null,
      salesforcePending: null,
      platformPending: readPlatform(settings.mapping, contact.values).values,
      salesforceChangedAt: null,
      platformChangedAt: Date.parse(contact.stamp),
      salesforceCreatedAt: null,
      salesforceMarks: null,
      salesforceAccountId: null,
      platformAccountId: contact.account?.id ?? null,
      writeback: null,
      platformTags: [...tagOf('added', object)],
      outboundDue: null,
      inboundDue: now,
      attempts: 0,
      recentWrites: null,
      problem: null,
    },
  };
}
