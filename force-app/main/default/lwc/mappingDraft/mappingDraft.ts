import type { ObjectMapping } from 'service';
import type { MappingRow } from 'c/pairing';

export function isComplete({ salesforce, platform }: MappingRow): boolean {
  return salesforce !== '' && platform !== '';
}

export function isBlank({ salesforce, platform }: MappingRow): boolean {
  return salesforce === '' && platform === '';
}

/**
 * A mapping in the form in which the service takes it.
 * @param hasAccounts whether the ActiveCampaign plan does; without them one contact field holds the account name
 */
export function bodyOf(
  { object, enabled, fields, accountNameField }: ObjectMapping,
  hasAccounts: boolean,
): string {
  if (object !== 'Account' || hasAccounts) return JSON.stringify({ enabled, fields });
  return JSON.stringify({ enabled, fields: [], ...(enabled ? { accountNameField } : {}) });
}
