import { accountPath } from './account-name.ts';
import { classifyPair, isChoice, type PairKind } from './kinds.ts';
import { isPicklist } from './lenses/textual.ts';
import type { PlatformField, Policy, SalesforceField, SalesforceObject } from './types.ts';
import { mappingEnglish } from './words/mapping-english.ts';
import type { MappingWords } from './words/mapping-words.ts';

/** Whether two fields can be mapped to each other, how, and why not. */
export type PairVerdict =
  | {
      readonly allowed: true;
      readonly direction: 'both' | 'outbound';
      /** Some values of one side have no counterpart on the other; those are reported, not synced. */
      readonly lossy: boolean;
      readonly defaultPolicy: Policy;
      /** What a person should know before choosing the pair. */
      readonly note?: string;
    }
  | { readonly allowed: false; readonly reason: string };

/** The field that holds a person's wish to receive no mail. */
export const OPT_OUT_FIELD = 'HasOptedOutOfEmail';

/** Platform fields that a formula must not fill: a person's last name and address, and the account's name. */
const identity = new Set(['lastName', 'email', 'account']);

/**
 * Judges a pair by the table of supported combinations (package 1.20 and later of the vendor's mapping cheat
 * sheet). Reasons and notes are sentences for the person who maps, in the language of `words`.
 */
export function judgePair(
  salesforce: SalesforceField,
  platform: PlatformField,
  object: SalesforceObject,
  words: MappingWords = mappingEnglish,
): PairVerdict {
  const pair = classifyPair(salesforce, platform, words);
  if (!pair.ok) return { allowed: false, reason: pair.reason };
  if (
    salesforce.calculated &&
    (identity.has(platform.key) || (object === 'Account' && platform.key === 'name'))
  ) {
    return { allowed: false, reason: words.formulaForIdentity(salesforce.label) };
  }
  if (salesforce.name === accountPath && !holdsNames(platform)) {
    return { allowed: false, reason: words.notForAccountName(platform.label) };
  }
  const note = noteOn(salesforce, platform, pair.kind, words);
  return {
    allowed: true,
    direction: salesforce.calculated || !salesforce.updateable ? 'outbound' : 'both',
    lossy: isLossy(salesforce, platform, pair.kind),
    defaultPolicy: defaultPolicy(salesforce, pair.kind),
    ...(note === null ? {} : { note }),
  };
}

/** The person's own name or telephone number is no account's name, and neither is a date. */
function holdsNames({ key, type, custom }: PlatformField): boolean {
  return key === 'account' || (custom && type !== 'date');
}

function defaultPolicy(salesforce: SalesforceField, kind: PairKind): Policy {
  if (salesforce.name === OPT_OUT_FIELD) return 'most_restrictive';
  return kind === 'set' ? 'union' : 'salesforce';
}

function isLossy(salesforce: SalesforceField, platform: PlatformField, kind: PairKind): boolean {
  switch (kind) {
    case 'set':
      return !sameOptions(salesforce, platform);
    case 'boolean':
    case 'formula':
    case 'paragraph':
      return false;
    case 'date':
      return salesforce.type.toLowerCase() !== 'date';
    case 'decimal':
      return platform.type !== 'number' && (platform.type !== 'currency' || salesforce.scale > 2);
    case 'email':
      return platform.type !== 'email';
    case 'text':
      if (isChoice(platform)) return !(salesforce.restrictedPicklist && sameOptions(salesforce, platform));
      return isPicklist(salesforce) && salesforce.restrictedPicklist;
  }
}

function sameOptions(salesforce: SalesforceField, platform: PlatformField): boolean {
  const ours = new Set(salesforce.picklistValues);
  const theirs = new Set(platform.options.filter((option) => option !== ''));
  return ours.size === theirs.size && [...ours].every((value) => theirs.has(value));
}

function noteOn(
  salesforce: SalesforceField,
  platform: PlatformField,
  kind: PairKind,
  words: MappingWords,
): string | null {
  if (salesforce.calculated) return words.formulaNote;
  if (!salesforce.updateable) return words.readOnlyNote(salesforce.label);
  if (kind === 'set' && !sameOptions(salesforce, platform)) return words.optionsNote;
  if (isChoice(platform) && kind !== 'set') return words.choiceNote(platform.label);
  if (kind === 'date' && salesforce.type.toLowerCase() !== 'date') return words.dateNote(salesforce.label);
  if (kind === 'decimal' && platform.type !== 'currency' && platform.type !== 'number') {
    return words.numberNote(platform.label, salesforce.scale);
  }
  if (isPicklist(salesforce) && salesforce.restrictedPicklist) return words.restrictedNote(salesforce.label);
  return null;
}
