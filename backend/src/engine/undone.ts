import { highestVersion, type Link } from '../store/links.ts';
import { canonicalEquals } from '../sync/merge.ts';
import { observeAccounts } from './accounts.ts';
import { storeContacts } from './contacts.ts';
import { inTenant, type RunContext } from './context.ts';
import { knownValues } from './evaluate.ts';

/**
 * Whether a Salesforce record holds another value by now than the one that was to be written of it to the platform.
 * That one may stand there nevertheless: written by a process that died, or by a call whose answer was lost. What the
 * contact or account holds is to be seen before the new value is stored, as nobody could tell our own write from an
 * edit of the platform's any more; and who set a value back would seem to have done nothing.
 *
 * @param next - The link as it would go on from what was read of the record.
 */
export function isUndone(link: Link, next: Link): boolean {
  const { state, outboundDue, platformId, salesforcePending } = link;
  if (state !== 'linked' || outboundDue === null || platformId === null) return false;
  const { salesforce } = knownValues(next);
  return Object.entries(salesforcePending ?? {}).some(
    ([field, value]) => !canonicalEquals(value, salesforce[field] ?? null),
  );
}

/** Looks at the contacts or accounts of such links, which are all of one kind. */
export async function lookAtPlatform(context: RunContext, links: readonly Link[]): Promise<void> {
  if (links.some(({ object }) => object === 'Account')) return observeAccounts(context);
  const asked = await inTenant(context, highestVersion);
  const contacts = await context.connector.readContactsByIds(
    links.flatMap(({ platformId }) => platformId ?? []),
  );
  await inTenant(context, (tx) => storeContacts(context, tx, contacts, asked));
  context.progress.observed.platform += contacts.length;
}
