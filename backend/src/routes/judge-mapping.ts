import type { OpenVendors } from '../engine/vendors.ts';
import { accountName, accountPath, withAccountName } from '../sync/account-name.ts';
import { defaultMappings, validateMapping, type MappingProblem } from '../sync/pairs.ts';
import type { ObjectMapping, SalesforceObject } from '../sync/types.ts';
import { sentence } from '../words/told.ts';
import { accountFields, liveFields, mappable } from './sides.ts';

/** The mappings that are saved, as far as they bear on each other. */
export type SavedMappings = ReadonlyMap<SalesforceObject, { readonly value: ObjectMapping }>;

/** Everything that is wrong with a mapping, by both sides' fields as they are now and by the other saved mappings. */
export async function judgeMapping(
  sides: OpenVendors,
  mapping: ObjectMapping,
  saved: SavedMappings,
): Promise<MappingProblem[]> {
  if (mapping.object === 'Account') return judgeAccount(sides, mapping, saved);
  const { salesforce, platform } = await liveFields(sides, mapping.object);
  const account = mapping.object === 'Contact' ? saved.get('Account')?.value : undefined;
  const nameField = account?.enabled === true ? (account.accountNameField ?? null) : null;
  const relating = mapping.fields.find((row) => row.platform === 'account');
  const asksForPlan = nameField !== null || relating !== undefined;
  if (!asksForPlan || (await accountFields(sides)) !== null)
    return validateMapping(mapping, salesforce, platform);
  const problems =
    nameField === null
      ? validateMapping(mapping, salesforce, platform)
      : validateMapping(withAccountName(mapping, nameField), [...salesforce, accountName], platform);
  return relating === undefined ? problems : [...problems, rowWaits(mapping.object, relating.salesforce)];
}

/** The mapping that setup starts with: nothing is related to accounts where the plan has none. */
export async function presetOf(sides: OpenVendors, preset: ObjectMapping): Promise<ObjectMapping> {
  const fields = preset.fields.filter(({ platform }) => platform !== 'account');
  const relates = fields.length < preset.fields.length;
  return relates && (await accountFields(sides)) === null ? { ...preset, fields } : preset;
}

async function judgeAccount(
  sides: OpenVendors,
  mapping: ObjectMapping,
  saved: SavedMappings,
): Promise<MappingProblem[]> {
  const nameField = mapping.accountNameField ?? null;
  const platform = await accountFields(sides);
  if (platform !== null) {
    const salesforce = mappable(await sides.salesforce.describe('Account'), sides);
    const problems = validateMapping(mapping, salesforce, platform);
    return nameField === null ? problems : [...problems, accountsAvailable(nameField)];
  }
  if (nameField === null) return [accountsUnavailable()];
  const contact = saved.get('Contact')?.value ?? defaultMappings().find(({ object }) => object === 'Contact');
  if (contact === undefined) return [];
  const fields = await liveFields(sides, 'Contact');
  return validateMapping(
    withAccountName(contact, nameField),
    [...fields.salesforce, accountName],
    fields.platform,
  )
    .filter(({ salesforce }) => salesforce === accountPath)
    .map((problem) => ({ ...problem, object: 'Account' }));
}

function accountsAvailable(platform: string): MappingProblem {
  return {
    code: 'accounts_available',
    severity: 'error',
    object: 'Account',
    salesforce: accountPath,
    platform,
    message: sentence(
      'The platform has accounts, so a Contact’s account is related there; no contact field holds its name.',
    ),
  };
}

/** A row that was saved while there were accounts harms nothing, and works again should there be some. */
function rowWaits(object: SalesforceObject, salesforce: string): MappingProblem {
  return {
    code: 'accounts_unavailable',
    severity: 'warning',
    object,
    salesforce,
    platform: 'account',
    message: sentence(
      'The platform’s plan has no accounts: “{field}” goes nowhere; map it to another field, or remove the row.',
      { field: salesforce },
    ),
  };
}

function accountsUnavailable(): MappingProblem {
  return {
    code: 'accounts_unavailable',
    severity: 'error',
    object: 'Account',
    salesforce: accountPath,
    platform: null,
    message: sentence(
      'The platform’s plan has no accounts: choose the contact field that holds the Account Name, or switch accounts off.',
    ),
  };
}
