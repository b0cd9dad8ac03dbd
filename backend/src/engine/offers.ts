import { SyncError } from '../lib/errors.ts';
import type { AutomationOffer } from '../store/settings.ts';

/** A campaign or an automation. */
export interface Offerable {
  readonly id: string;
  readonly name: string;
}

/** Whether record pages offer a campaign or automation: the admin chose it, or, without a choice, its name holds "Salesforce". */
export function isOffered({ id, name }: Offerable, chosen: readonly string[] | null): boolean {
  return chosen === null ? /salesforce/i.test(name) : chosen.includes(id);
}

/**
 * Lets only what is offered pass. The platform is asked for names only where these decide.
 * @throws SyncError SYNC_AUTOMATION_OFF, SYNC_NOT_OFFERED
 */
export async function assertOffered(
  offer: AutomationOffer,
  kind: 'campaign' | 'automation',
  id: string,
  list: () => Promise<readonly Offerable[]>,
): Promise<void> {
  if (!offer.enabled) throw new SyncError('SYNC_AUTOMATION_OFF');
  const chosen = kind === 'campaign' ? offer.campaignIds : offer.automationIds;
  const isAllowed =
    chosen === null
      ? (await list()).some((item) => item.id === id && isOffered(item, chosen))
      : chosen.includes(id);
  if (!isAllowed) throw new SyncError('SYNC_NOT_OFFERED', undefined, { kind, id });
}
