import { SyncError } from '../lib/errors.ts';
import { liveLinks, linksBySalesforceIds, type Link } from '../store/links.ts';
import type { Scope, Tx } from '../store/scope.ts';
import { knownValues } from './evaluate.ts';

/** A person whom both sides know. */
export interface SyncedPerson {
  readonly link: Link;
  readonly platformId: string;
  /** The address under which the platform knows them; null when it knows none. */
  readonly email: string | null;
}

/**
 * The person behind a Lead or Contact. A Lead whose person is synced as a Contact is that person.
 * @param salesforceId 18 characters
 * @throws SyncError SYNC_RECORD_NOT_SYNCED
 */
export async function findSyncedPerson(
  tx: Tx,
  scope: Scope,
  object: 'Lead' | 'Contact',
  salesforceId: string,
): Promise<SyncedPerson> {
  const own = (await linksBySalesforceIds(tx, scope, object, [salesforceId])).get(salesforceId);
  const link = own?.state === 'superseded' ? await heirOf(tx, scope, own) : own;
  if (link?.state !== 'linked' || link.platformId === null) {
    throw new SyncError('SYNC_RECORD_NOT_SYNCED', undefined, { object, salesforceId });
  }
  const { email } = knownValues(link).platform;
  return { link, platformId: link.platformId, email: typeof email === 'string' ? email : null };
}

async function heirOf(tx: Tx, scope: Scope, superseded: Link): Promise<Link | undefined> {
  if (superseded.platformId === null) return undefined;
  const live = await liveLinks(tx, scope, 'contact', [superseded.platformId]);
  return live[0];
}
