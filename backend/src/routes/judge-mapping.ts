import type { OpenVendors } from '../engine/vendors.ts';
import { accountName, accountPath, withAccountName } from '../sync/account-name.ts';
import { defaultMappings, validateMapping, type MappingProblem } from '../sync/pairs.ts';
import type { ObjectMapping, SalesforceObject } from '../sync/types.ts';
import type { MappingWords } from '../sync/words/mapping-words.ts';
import { accountFields, liveFields, mappable } from './sides.ts';

/** The mappings that are saved, as far as they bear on each other. */
export type SavedMappings = ReadonlyMap<SalesforceObject, { readonly value: ObjectMapping }>;

/** Everything that is wrong with a mapping, by both sides' fields as they are now and by the other saved mappings. */
export async function judgeMapping(
  sides: OpenVendors,
  mapping: ObjectMapping,
  saved: SavedMappings,
  words: MappingWords,
): Promise<MappingProblem[]> {
  if (mapping.object === 'Account') return judgeAccount(sides, mapping, saved, words);
  const { salesforce, platform } = await liveFields(sides, mapping.object);
  const account = mapping.object === 'Contact' ? saved.get('Account')?.value : undefined;
  const nameField = account?.enabled === true ? (account.accountNameField ?? null) : null;
  const relating = mapping.fields.find((row) => row.platform === 'account');
  const asksForPlan = nameField !== null || relating !== undefined;
  if (!asksForPlan || (await accountFields(sides)) !== null)
    return validateMapping(mapping, salesforce, platform, words);
  const problems =
    nameField === null
      ? validateMapping(mapping, salesforce, platform, words)
      : validateMapping(withAccountName(mapping, nameField), [...salesforce, accountName], platform, words);
  return relating === undefined
    ? problems
    : [...problems, rowWaits(mapping.object, relating.salesforce, words)];
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
  words: MappingWords,
): Promise<MappingProblem[]> {
  const nameField = mapping.accountNameField ?? null;
  const platform = await accountFields(sides);
  if (platform !== null) {
    const salesforce = mappable(await sides.salesforce.describe('Account'), sides);
    const problems = validateMapping(mapping, salesforce, platform, words);
    return nameField === null ? problems : [...problems, accountsAvailable(nameField, words)];
  }
  if (nameField === null) return [accountsUnavailable(words)];
  const contact = saved.get('Contact')?.value ?? defaultMappings().find(({ object }) => object === 'Contact');
  if (contact === undefined) return [];
  const fields = await liveFields(sides, 'Contact');
  return validateMapping(
    withAccountName(contact, nameField),
    [...fields.salesforce, accountName],
    fields.platform,
    words,
  )
    .filter(({ salesforce }) => salesforce === accountPath)
    .map((problem) => ({ ...problem, object: 'Account' }));
}

function accountsAvailable(platform: string, words: MappingWords): MappingProblem {
  return {
    code: 'accounts_available',
    severity: 'error',
    object: 'Account',
    salesforce: accountPath,
    platform,
    message: words.accountsAvailable,
  };
}

/** A row that was saved while there were accounts harms nothing, and works again should there be some. */
function rowWaits(object: SalesforceObject, salesforce: string, words: MappingWords): MappingProblem {
  return {
    code: 'accounts_unavailable',
    severity: 'warning',
    object,
    salesforce,
    platform: 'account',
    message: words.rowWaitsForAccounts(salesforce),
  };
}

function accountsUnavailable(words: MappingWords): MappingProblem {
  return {
    code: 'accounts_unavailable',
    severity: 'error',
    object: 'Account',
    salesforce: accountPath,
    platform: null,
    message: words.accountsUnavailable,
  };
}
