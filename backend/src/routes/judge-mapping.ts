import type { OpenVendors } from '../engine/vendors.ts';
import { accountName, accountPath, withAccountName } from '../sync/account-name.ts';
import { defaultMappings, validateMapping, type MappingProblem } from '../sync/pairs.ts';
import type { ObjectMapping, SalesforceObject } from '../sync/types.ts';
import type { MappingWords } from '../sync/words/words.ts';
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
  const account = saved.get('Account')?.value;
  const nameField = account?.enabled === true ? (account.accountNameField ?? null) : null;
  if (mapping.object === 'Lead' || nameField === null || (await accountFields(sides)) !== null)
    return validateMapping(mapping, salesforce, platform, words);
  return validateMapping(withAccountName(mapping, nameField), [...salesforce, accountName], platform, words);
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
