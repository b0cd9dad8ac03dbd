import { isSyncError } from '../../lib/errors.ts';
import type { ActiveCampaignClient } from './client.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/** The answer was lost on the way: the call may have worked. */
export function isUnheard(error: unknown): boolean {
  return isSyncError(error, 'SYNC_PLATFORM_UNREACHABLE') || isSyncError(error, 'SYNC_PLATFORM_UNAVAILABLE');
}

/**
 * Creates something that may stand only once, by a call that must not be blindly repeated: after a failure it is
 * looked for, as another caller or our own unheard call may have made it, and only then tried again.
 */
export async function createOnce(
  client: ActiveCampaignClient,
  create: () => Promise<string>,
  find: () => Promise<string | undefined>,
): Promise<{ id: string; created: boolean }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { id: await create(), created: true };
    } catch (error) {
      const made = await find();
      if (made !== undefined) return { id: made, created: false };
      if (!isUnheard(error) || attempt >= ATTEMPTS) throw error;
      await client.clock.sleep(PAUSE_MS * attempt);
    }
  }
}
