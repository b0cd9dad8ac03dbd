import type { Hint } from '../store/hints.ts';
import type { Link } from '../store/links.ts';
import type { SalesforceObject } from '../sync/types.ts';

/** A look at a Salesforce record. */
export function lookAtRecord(object: SalesforceObject, recordId: string): Hint {
  return { side: 'salesforce', object, recordId, reason: 'look' };
}

/** A look at the link's Salesforce record. */
export function looksAtSalesforce({ object, salesforceId }: Link): Hint[] {
  return salesforceId === null ? [] : [lookAtRecord(object, salesforceId)];
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
