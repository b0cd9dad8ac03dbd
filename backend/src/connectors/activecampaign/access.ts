import { isSyncError, SyncError, type ErrorCode } from '../../lib/errors.ts';
import type { FailedWrite } from '../connector.ts';
import type { ActiveCampaignClient } from './client.ts';
import { failed, PlatformRefusal, toSyncError } from './errors.ts';
import { me } from './schemas.ts';

/**
 * Turns refusals into the service's own errors. The vendor denies a wrong key and a missing right alike by 403;
 * whether the key still tells whom it belongs to tells them apart.
 * @throws SyncError only
 */
export async function explained<T>(client: ActiveCampaignClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof PlatformRefusal ? await explain(client, error) : error;
  }
}

const ofRecords: ReadonlySet<ErrorCode> = new Set(['SYNC_RECORD_GONE', 'SYNC_PLATFORM_REFUSED']);

/** The same of reading lists: what is refused there tells of no record. @throws SyncError only */
export async function explainedList<T>(client: ActiveCampaignClient, work: () => Promise<T>): Promise<T> {
  try {
    return await explained(client, work);
  } catch (error) {
    if (!isSyncError(error) || !ofRecords.has(error.code)) throw error;
    throw new SyncError('SYNC_PLATFORM_ANSWER_UNEXPECTED', error.told, error.details, { cause: error });
  }
}

/** Tried again like what a failed connection left, but the other items may fare better. */
const ofOneItem: ReadonlySet<ErrorCode> = new Set([
  'SYNC_PLATFORM_ANSWER_UNEXPECTED',
  'SYNC_PLATFORM_FORBIDDEN',
  'SYNC_PLATFORM_TAGS_REFUSED',
]);

/**
 * The outcome of one item whose own call failed.
 * @throws SyncError where not the item but the connection is the matter, which would befall every other item
 */
export async function failedItem(
  client: ActiveCampaignClient,
  ref: string,
  error: unknown,
): Promise<FailedWrite> {
  const known = error instanceof PlatformRefusal ? await explain(client, error) : error;
  if (!isSyncError(known)) throw known;
  const isOfConnection = known.retryable || known.code === 'SYNC_PLATFORM_UNAUTHORIZED';
  if (isOfConnection && !ofOneItem.has(known.code)) throw known;
  const message = error instanceof PlatformRefusal ? error.message : known.told;
  return failed(ref, known.code, message);
}

/** What a refusal means, see `explained`. */
export async function explain(client: ActiveCampaignClient, refusal: PlatformRefusal): Promise<SyncError> {
  const isDenial = refusal.status === 403 && !refusal.isNotFound;
  if (!isDenial || (await keyWorks(client))) return toSyncError(refusal);
  return new SyncError('SYNC_PLATFORM_UNAUTHORIZED', undefined, { status: 403 }, { cause: refusal });
}

async function keyWorks(client: ActiveCampaignClient): Promise<boolean> {
  try {
    await client.get('/users/me', [], me);
    return true;
  } catch (error) {
    return !(error instanceof PlatformRefusal);
  }
}
