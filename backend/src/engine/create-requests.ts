import { catalogue } from '../lib/errors.ts';
import type { PlatformContact } from '../connectors/connector.ts';
import { partition } from '../lib/lists.ts';
import { clearHints, type StoredHint } from '../store/hints.ts';
import { numberLinks, saveLinks, type Link, type LinkData } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import type { Tx } from '../store/scope.ts';
import { readPlatform } from '../sync/read.ts';
import { sentence, type Told } from '../words/told.ts';
import { Overtaken, settleOutcomes, type RunContext } from './context.ts';
import { storeNew } from './new-links.ts';
import type { Takes } from './seen.ts';
import { tagOf } from './tags.ts';

/** Contacts that were read, and the links that they had then. */
interface Sight {
  readonly contacts: readonly PlatformContact[];
  readonly known: readonly Link[];
}

/** What hints came to. */
export interface Answers {
  /** Requests that the run takes on: their links are not stored. */
  readonly requested: readonly Link[];
  /** The hints that gave them, to be cleared when they are. */
  readonly open: readonly StoredHint[];
}

/**
 * Answers hints at contacts that were read since: a request to create the Salesforce record (A14) becomes a link that
 * is due, or an outcome that says why not. A contact that is not among those read is gone.
 */
export async function answerHints(
  context: RunContext,
  tx: Tx,
  hints: readonly StoredHint[],
  sight: Sight,
  takes: Takes,
): Promise<Answers> {
  const requests = hints.filter((hint) => hint.reason !== 'look');
  const requested = requests.length > 0 ? await takeUp(context, tx, requests, sight, takes) : [];
  const ids = new Set(requested.map(({ platformId }) => platformId));
  const [open, answered] = partition(requests, ({ recordId }) => ids.has(recordId));
  await clearHints(tx, context.scope, [...hints.filter((hint) => hint.reason === 'look'), ...answered]);
  return { requested, open };
}

async function takeUp(
  context: RunContext,
  tx: Tx,
  requests: readonly StoredHint[],
  { contacts, known }: Sight,
  takes: Takes,
): Promise<readonly Link[]> {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const [live, asked] = partition(known, ({ state }) => state === 'linked');
  const links = new Map(live.map((link) => [link.platformId ?? '', link]));
  const [again, news] = partition(requests, (request) => asked.some((link) => isFor(link, request)));
  await tryAgain(
    context,
    tx,
    asked.filter((link) => again.some((request) => isFor(link, request))),
  );
  const verdicts = news.map((request) => judge(context, request, byId, links));
  const numbered = await numberLinks(
    tx,
    verdicts.flatMap(({ link }) => link ?? []),
  );
  const [requested, left] = partition(numbered, takes);
  await storeNew(context, tx, left);
  await settleOutcomes(
    context,
    tx,
    verdicts.flatMap(({ outcome }) => outcome ?? []),
  );
  return requested;
}

/** Whoever is asked for again is due already, or was parked and is tried again. */
async function tryAgain({ scope, clock }: RunContext, tx: Tx, asked: readonly Link[]): Promise<void> {
  const parked = asked.filter(({ inboundDue }) => inboundDue === null);
  const due = parked.map((link) => ({ ...link, inboundDue: clock.now(), attempts: 0 }));
  const saved = await saveLinks(tx, scope, due);
  if (saved.size < due.length) throw new Overtaken('Links were changed by another run.');
}

function isFor({ object, platformId }: Link, { reason, recordId }: StoredHint): boolean {
  return object === objectOf(reason) && platformId === recordId;
}

function objectOf(reason: StoredHint['reason']): 'Lead' | 'Contact' {
  return reason === 'create_lead' ? 'Lead' : 'Contact';
}

/** What becomes of "create a lead" or "create a contact" for one platform contact. */
function judge(
  context: RunContext,
  hint: StoredHint,
  contacts: ReadonlyMap<string, PlatformContact>,
  links: ReadonlyMap<string, LinkData>,
): { link?: LinkData; outcome?: Outcome } {
  const object = objectOf(hint.reason);
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
