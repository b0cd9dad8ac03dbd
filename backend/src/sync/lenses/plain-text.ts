import { sentence } from '../../words/told.ts';
import type { Lens, PlatformField, SalesforceField } from '../types.ts';
import { ok, refused, show } from './result.ts';
import { normaliseText } from './text.ts';
import { textualLens, withinLength } from './textual.ts';

/** What Salesforce shows of an encrypted text to a user who may not see it. */
const MASKED = /^(?:[*]{3,}|[xX]{3,})/;

/** One line of text: names, phones, URLs, picklist values, encrypted text. */
export function plainTextLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  const encrypted = salesforce.type.toLowerCase() === 'encryptedstring';
  const lens = textualLens(salesforce, platform, {
    read: (raw) => ok(normaliseText(raw, 'one') || null),
    writeSalesforce: (value) => withinLength(value, salesforce),
  });
  if (!encrypted) return lens;
  return {
    ...lens,
    fromSalesforce: (raw) =>
      typeof raw === 'string' && MASKED.test(raw.trim())
        ? refused(
            'SYNC_VALUE_INVALID',
            sentence(
              '{value} is the mask of “{field}”; the integration user needs the permission View Encrypted Data.',
              { value: show(raw), field: salesforce.label },
            ),
          )
        : lens.fromSalesforce(raw),
  };
}

/** Text of several lines. */
export function paragraphLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  return textualLens(salesforce, platform, {
    read: (raw) => ok(normaliseText(raw, 'many') || null),
    writeSalesforce: (value) => withinLength(value, salesforce),
  });
}
