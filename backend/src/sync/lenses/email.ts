import { sentence } from '../../words/told.ts';
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
            sentence('{value} is not an email address, which “{field}” takes.', {
              value: show(value),
              field: salesforce.label,
            }),
          ),
  });
}
