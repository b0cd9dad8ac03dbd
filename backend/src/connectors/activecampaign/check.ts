import { isSyncError, SyncError } from '../../lib/errors.ts';
import { sentence } from '../../words/told.ts';
import type { ActiveCampaignClient } from './client.ts';
import { PlatformRefusal, toSyncError } from './errors.ts';
import { accountSettings, me } from './schemas.ts';

/**
 * Whether address and key open an account, and which (API reference, "Retrieve logged-in user",
 * "Retrieve account information"; the latter is for administrators alone).
 * @throws SyncError SYNC_PLATFORM_UNAUTHORIZED for a wrong key, SYNC_PLATFORM_UNREACHABLE for a wrong address
 */
export async function check(
  client: ActiveCampaignClient,
  host: string,
): Promise<{ accountName: string; userName: string; contactLimit: number | null }> {
  const { user } = await whoAmI(client);
  const settings = await optional(client.get('/settings/account', [], accountSettings));
  const name = [user.firstName, user.lastName].filter((part) => part !== '').join(' ');
  return {
    accountName: settings?.account || (host.split('.')[0] ?? host),
    userName: name || user.username || user.email,
    contactLimit: settings?.subscriber_limit ?? null,
  };
}

async function whoAmI(client: ActiveCampaignClient) {
  try {
    return await client.get('/users/me', [], me);
  } catch (error) {
    // The vendor answers a wrong key with 403, and a name that is no account with a page of its own.
    if (error instanceof PlatformRefusal && (error.status === 401 || error.status === 403)) {
      throw new SyncError('SYNC_PLATFORM_UNAUTHORIZED', undefined, { status: error.status });
    }
    const isNoAccount =
      isSyncError(error, 'SYNC_PLATFORM_ANSWER_UNEXPECTED') ||
      (error instanceof PlatformRefusal && error.status === 404);
    if (isNoAccount) {
      throw new SyncError(
        'SYNC_PLATFORM_UNREACHABLE',
        sentence('There is no ActiveCampaign account at this address.'),
      );
    }
    throw error instanceof PlatformRefusal ? toSyncError(error) : error;
  }
}

async function optional<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PlatformRefusal) return null;
    throw error;
  }
}
