import type { PlatformContact } from '../connectors/connector.ts';
import { addHints, type HintReason } from '../store/hints.ts';
import { noteRequestTags } from '../store/request-tags.ts';
import type { Tx } from '../store/scope.ts';
import type { RunContext } from './context.ts';

/** Tags by which a contact is sent to Salesforce (A14), in lower case. */
export const requestTags: Readonly<Record<string, HintReason>> = {
  'create-salesforce-lead': 'create_lead',
  'create-salesforce-contact': 'create_contact',
};

/**
 * Takes up requests by tag from contacts that were read: no webhook tells of tags that other programs set. A tag
 * changes its contact's time of change, so a contact that has a new one is among those read.
 */
export async function takeUpTags(
  context: RunContext,
  tx: Tx,
  contacts: readonly PlatformContact[],
): Promise<void> {
  const tagged = contacts.flatMap(({ id: platformId, tags = [] }) =>
    tags.flatMap(({ id: tagId, name }) => {
      const reason = requestTags[name.toLowerCase()];
      return reason === undefined ? [] : [{ platformId, reason, tagId }];
    }),
  );
  const news = await noteRequestTags(tx, context.scope, tagged);
  const hints = news.map(
    ({ platformId, reason }) =>
      ({ side: 'platform', object: 'contact', recordId: platformId, reason }) as const,
  );
  // The tag was there when the contact was read, so what was read answers the request.
  await addHints(tx, context.scope, hints, 0);
}
