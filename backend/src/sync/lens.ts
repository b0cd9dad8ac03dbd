import { inEnglish, sentence } from '../words/told.ts';
import { classifyPair, type PairKind } from './kinds.ts';
import { booleanLens } from './lenses/boolean.ts';
import { dateLens } from './lenses/date.ts';
import { decimalLens } from './lenses/decimal.ts';
import { emailLens } from './lenses/email.ts';
import { formulaLens } from './lenses/formula.ts';
import { paragraphLens, plainTextLens } from './lenses/plain-text.ts';
import { refused } from './lenses/result.ts';
import { setLens } from './lenses/set.ts';
import type { Lens, PlatformField, SalesforceField } from './types.ts';

/**
 * The translation between two fields. Values are compared in canonical form, so a difference that one side
 * cannot express (case of an email address, order of options, digits beyond the scale) is no difference.
 *
 * @throws TypeError for a pair that the table of supported combinations refuses; judge it first.
 */
export function createLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const pair = classifyPair(salesforce, platform);
  if (!pair.ok) throw new TypeError(inEnglish(pair.reason));
  const lens = lensOf(pair.kind, salesforce, platform);
  return salesforce.calculated ? { ...lens, toSalesforce: () => readOnly(salesforce) } : lens;
}

function lensOf(kind: PairKind, salesforce: SalesforceField, platform: PlatformField): Lens {
  switch (kind) {
    case 'text':
      return plainTextLens(salesforce, platform);
    case 'paragraph':
      return paragraphLens(salesforce, platform);
    case 'email':
      return emailLens(salesforce, platform);
    case 'decimal':
      return decimalLens(salesforce, platform);
    case 'date':
      return dateLens(salesforce, platform);
    case 'boolean':
      return booleanLens(salesforce, platform);
    case 'set':
      return setLens(salesforce, platform);
    case 'formula':
      return formulaLens(salesforce, platform);
  }
}

function readOnly(salesforce: SalesforceField): ReturnType<typeof refused> {
  return refused(
    'SYNC_VALUE_INVALID',
    sentence('“{field}” is a formula and cannot be written.', { field: salesforce.label }),
  );
}
