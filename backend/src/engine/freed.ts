import { linksByIds, linksByPlatformIds, type Link } from '../store/links.ts';
import { blockedLinks, tryAgain } from '../store/freed.ts';
import { forgetPlatform, indexPlatform, lookUpPlatform } from '../store/platform-index.ts';
import type { ErrorCode } from '../lib/errors.ts';
import { accountKey } from './account-writes.ts';
import { inTenant, type RunContext } from './context.ts';
import { knownValues } from './evaluate.ts';
import { emailKey } from './contacts.ts';

const batchSize = 2_000;

/** Records that another one of Salesforce keeps out. */
const keptOut: readonly ErrorCode[] = [
  'SYNC_EMAIL_REPEATED',
  'SYNC_PERSON_IS_CONTACT',
  'SYNC_ACCOUNT_NAME_SHARED',
];

/** Whom one run asks the platform about: a page of contacts. */
const mostRivals = 100;

/** After so many refusals only a change of the record itself is a reason to try again. */
const mostAttempts = 5;

/** Makes links due whose rival has let go of the address, or the name, for which they were refused. */
export async function tryFreed(context: RunContext): Promise<void> {
  await tryKeptOut(context);
  await tryTaken(context);
}

/**
 * Makes links due that were kept out by another record which has let go of its address, or its name, since.
 * @returns how many
 */
export async function tryKeptOut(context: RunContext): Promise<number> {
  const { scope, clock } = context;
  let count = 0;
  for (let afterId: number | undefined = 0; afterId !== undefined;) {
    const from: number = afterId;
    afterId = await inTenant(context, async (tx) => {
      const blocked = await blockedLinks(tx, scope, keptOut, from, batchSize);
      const known = blocked.filter(({ rival }) => rival !== null);
      const ids = known.flatMap(({ id, rival }) => (rival === null ? [] : [id, rival]));
      const links = new Map(
        (ids.length === 0 ? [] : await linksByIds(tx, scope, ids)).map((link) => [link.id, link]),
      );
      const freed = known.filter(({ id, rival }) => !holds(links.get(rival ?? 0), links.get(id)));
      await tryAgain(
        tx,
        scope,
        freed.map(({ id }) => id),
        clock.now(),
      );
      count += freed.length;
      return blocked.length < batchSize ? undefined : blocked.at(-1)?.id;
    });
  }
  return count;
}

/** Whether the rival still has what the other one wants. */
function holds(rival: Link | undefined, wanting: Link | undefined): boolean {
  if (rival === undefined || wanting === undefined) return false;
  if (rival.state !== 'linked' && rival.state !== 'candidate') return false;
  const side = rival.state === 'linked' ? 'platform' : 'salesforce';
  const key = keyOf(wanting, 'salesforce');
  return key !== null && key === keyOf(rival, side);
}

function keyOf(link: Link, side: 'salesforce' | 'platform'): string | null {
  const values = knownValues(link)[side];
  if (link.object === 'Account') return typeof values.name === 'string' ? accountKey(values.name) : null;
  return typeof values.email === 'string' ? emailKey(values.email) : null;
}

/**
 * Links whose new address another contact of the platform has: free again when that contact is gone or has another
 * address, or is about to get one in the same batch, as when two people exchange theirs.
 */
async function tryTaken(context: RunContext): Promise<void> {
  const { scope, clock } = context;
  const taken = await inTenant(context, async (tx) => {
    const blocked = await blockedLinks(tx, scope, ['SYNC_PLATFORM_EMAIL_TAKEN'], 0, mostRivals);
    const links = await linksByIds(
      tx,
      scope,
      blocked.map(({ id }) => id),
    );
    const wanted = new Map(links.map((link) => [link, keyOf(link, 'salesforce')]));
    const keys = [...wanted.values()].filter((key) => key !== null);
    const rivals = keys.length === 0 ? [] : await lookUpPlatform(tx, scope, 'contact', keys);
    const owners = await linksByPlatformIds(
      tx,
      scope,
      'contact',
      rivals.map((rival) => rival.platformId),
    );
    return { wanted, rivals, owners };
  });
  if (taken.wanted.size === 0) return;
  const leaving = new Set(
    taken.owners
      .filter((owner) => owner.outboundDue !== null && owner.outboundDue <= clock.now() && isMoving(owner))
      .map((owner) => owner.platformId),
  );
  const asked = [...new Set(taken.rivals.map((rival) => rival.platformId))]
    .filter((id) => !leaving.has(id))
    .slice(0, mostRivals);
  const contacts = asked.length === 0 ? [] : await context.connector.readContactsByIds(asked);
  const current = new Map(contacts.map((contact) => [contact.id, emailKey(contact.email)]));
  const staying = new Set(
    taken.rivals
      .filter(({ platformId, key }) => !leaving.has(platformId) && current.get(platformId) === key)
      .map(({ key }) => key),
  );
  const freed = [...taken.wanted].flatMap(([link, key]) =>
    key === null || staying.has(key) || link.attempts >= mostAttempts ? [] : [link.id],
  );
  await inTenant(context, async (tx) => {
    await forgetPlatform(
      tx,
      scope,
      'contact',
      asked.filter((id) => !current.has(id)),
    );
    await indexPlatform(
      tx,
      scope,
      'contact',
      [...current].map(([platformId, key]) => ({ platformId, key })),
    );
    await tryAgain(tx, scope, freed, clock.now());
  });
}

/** Whether a link's contact is to get another address. */
function isMoving(link: Link): boolean {
  return keyOf(link, 'salesforce') !== keyOf(link, 'platform');
}
