import { canonicalEmail, isEmail } from '../email.ts';
import type { Lens, PlatformField, SalesforceField } from '../types.ts';
import { ok, refused, show } from './result.ts';
import { textualLens, withinLength } from './textual.ts';

/** Addresses in lower case. Salesforce takes only valid ones. */
export function emailLens(salesforce: SalesforceField, platform: PlatformField): Lens {
  return textualLens(salesforce, platform, {
    read: (raw) => ok(canonicalEmail(raw) || null),
    writeSalesforce: (value) =>
      isEmail(value)
        ? withinLength(value, salesforce)
        : refused(
            'SYNC_VALUE_INVALID',
            `${show(value)} is not an email address, which “${salesforce.label}” takes.`,
          ),
  });
}
