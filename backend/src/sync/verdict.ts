import { sentence, type Sentence } from '../words/told.ts';
import { accountPath } from './account-name.ts';
import { classifyPair, isChoice, type PairKind } from './kinds.ts';
import { isPicklist } from './lenses/textual.ts';
import type { PlatformField, Policy, SalesforceField, SalesforceObject } from './types.ts';

/** Whether two fields can be mapped to each other, how, and why not. */
export type PairVerdict =
  | {
      readonly allowed: true;
      readonly direction: 'both' | 'outbound';
      /** Some values of one side have no counterpart on the other; those are reported, not synced. */
      readonly lossy: boolean;
      readonly defaultPolicy: Policy;
      /** What a person should know before choosing the pair. */
      readonly note?: Sentence;
    }
  | { readonly allowed: false; readonly reason: Sentence };

/** The field that holds a person's wish to receive no mail. */
export const OPT_OUT_FIELD = 'HasOptedOutOfEmail';

/** Platform fields that a formula must not fill: a person's last name and address, and the account's name. */
const identity = new Set(['lastName', 'email', 'account']);

/**
 * Judges a pair by the table of supported combinations (package 1.20 and later of the vendor's mapping cheat
 * sheet). Reasons and notes are sentences for the person who maps.
 */
export function judgePair(
  salesforce: SalesforceField,
  platform: PlatformField,
  object: SalesforceObject,
): PairVerdict {
  const pair = classifyPair(salesforce, platform);
  if (!pair.ok) return { allowed: false, reason: pair.reason };
  if (
    salesforce.calculated &&
    (identity.has(platform.key) || (object === 'Account' && platform.key === 'name'))
  ) {
    return {
      allowed: false,
      reason: sentence(
        '“{field}” is a formula; last name, email address and account name cannot be filled by formulas.',
        { field: salesforce.label },
      ),
    };
  }
  if (salesforce.name === accountPath && !holdsNames(platform)) {
    return {
      allowed: false,
      reason: sentence('“{field}” cannot hold an account’s name; choose a custom field for text.', {
        field: platform.label,
      }),
    };
  }
  const note = noteOn(salesforce, platform, pair.kind);
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

function noteOn(salesforce: SalesforceField, platform: PlatformField, kind: PairKind): Sentence | null {
  if (salesforce.calculated) {
    return sentence(
      'Formulas go to the platform only. A formula’s new value travels with the next change of its record.',
    );
  }
  if (!salesforce.updateable) {
    return sentence('“{field}” can only be read in Salesforce, so it goes to the platform only.', {
      field: salesforce.label,
    });
  }
  if (kind === 'set' && !sameOptions(salesforce, platform)) {
    return sentence(
      'The two fields have different options; a value that the other side lacks is reported and not synced.',
    );
  }
  if (isChoice(platform) && kind !== 'set') {
    return sentence('“{field}” takes only its own options; any other value is reported and not synced.', {
      field: platform.label,
    });
  }
  if (kind === 'date' && salesforce.type.toLowerCase() !== 'date') {
    return sentence('Only texts that hold a date, such as 2026-01-31, are synced from “{field}”.', {
      field: salesforce.label,
    });
  }
  if (kind === 'decimal' && platform.type !== 'currency' && platform.type !== 'number') {
    return sentence(
      'Numbers from “{field}” may have separators and currency signs; they are rounded to {scale} decimals. Texts that are no number are reported and not synced.',
      { field: platform.label, scale: salesforce.scale },
    );
  }
  if (isPicklist(salesforce) && salesforce.restrictedPicklist) {
    return sentence('“{field}” is a restricted picklist; any other value is reported and not synced.', {
      field: salesforce.label,
    });
  }
  return null;
}
