import type { Hint } from '../store/hints.ts';
import type { Link } from '../store/links.ts';

/** A look at the link's Salesforce record. */
export function looksAtSalesforce({ object, salesforceId }: Link): Hint[] {
  return salesforceId === null
    ? []
    : [{ side: 'salesforce', object, recordId: salesforceId, reason: 'look' }];
}

/**
 * A look at the link's contact or account. A link that goes on after it had ended needs one: nobody noted what
 * happened there meanwhile.
 */
export function looksAtPlatform({ object, platformId }: Link): Hint[] {
  return platformId === null
    ? []
    : [
        {
          side: 'platform',
          object: object === 'Account' ? 'account' : 'contact',
          recordId: platformId,
          reason: 'look',
        },
      ];
}

/** A look at both records of the link. */
export function looksAt(link: Link): Hint[] {
  return [...looksAtSalesforce(link), ...looksAtPlatform(link)];
}
