import { catalogue } from '../lib/errors.ts';
import type { PlatformContact } from '../connectors/connector.ts';
import { clearHints, type StoredHint } from '../store/hints.ts';
import { insertLinks, liveLinks, type Link, type LinkData } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import type { Tx } from '../store/scope.ts';
import { readPlatform } from '../sync/read.ts';
import { sentence, type Told } from '../words/told.ts';
import { settleOutcomes, type RunContext } from './context.ts';
import { tagOf } from './tags.ts';

/**
 * Answers hints at contacts that were read since: a request to create the Salesforce record (A14) becomes a link that
 * is due, or an outcome that says why not. A contact that is not among those read is gone.
 * @returns the new links
 */
export async function answerHints(
  context: RunContext,
  tx: Tx,
  hints: readonly StoredHint[],
  contacts: readonly PlatformContact[],
): Promise<Link[]> {
  const requests = hints.filter((hint) => hint.reason !== 'look');
  const added = requests.length > 0 ? await takeUp(context, tx, requests, contacts) : [];
  await clearHints(tx, context.scope, hints);
  return added;
}

async function takeUp(
  context: RunContext,
  tx: Tx,
  requests: readonly StoredHint[],
  contacts: readonly PlatformContact[],
): Promise<Link[]> {
  const { scope } = context;
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const ids = requests.map((request) => request.recordId);
  const live = await liveLinks(tx, scope, 'contact', ids);
  const links = new Map(live.map((link) => [link.platformId ?? '', link]));
  const verdicts = requests.map((request) => judge(context, request, byId, links));
  const added = await insertLinks(
    tx,
    scope,
    verdicts.flatMap(({ link }) => link ?? []),
  );
  await settleOutcomes(
    context,
    tx,
    verdicts.flatMap(({ outcome }) => outcome ?? []),
  );
  return added;
}

/** What becomes of "create a lead" or "create a contact" for one platform contact. */
function judge(
  context: RunContext,
  hint: StoredHint,
  contacts: ReadonlyMap<string, PlatformContact>,
  links: ReadonlyMap<string, LinkData>,
): { link?: LinkData; outcome?: Outcome } {
  const object = hint.reason === 'create_lead' ? 'Lead' : 'Contact';
  const contact = contacts.get(hint.recordId);
  const settings = context.settings.objects.get(object);
  const tell = (
    kind: Outcome['kind'],
    code: Outcome['code'],
    message: Told,
    synced: LinkData | null = null,
  ): { outcome: Outcome } => ({
    outcome: {
      linkId: null,
      object: synced?.object ?? object,
      salesforceId: synced?.salesforceId ?? null,
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
      sentence('The contact was deleted on the platform before its turn came.'),
    );
  if (settings === undefined)
    return tell(
      'failed',
      'SYNC_MAPPING_MISSING',
      sentence('No field mapping is saved for {object}.', { object: sentence(object) }),
    );
  const linked = links.get(hint.recordId);
  if (linked?.object === object)
    return tell(
      'unchanged',
      null,
      sentence('The contact is synced with this {object} already.', { object }),
      linked,
    );
  if (linked?.object === 'Contact') {
    return tell('skipped', 'SYNC_PERSON_IS_CONTACT', catalogue.SYNC_PERSON_IS_CONTACT.meaning, linked);
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
      fromBackfill: false,
    },
  };
}
