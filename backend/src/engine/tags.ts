import type { SalesforceObject } from '../sync/types.ts';
import { linksToTag, markTagged } from '../store/links.ts';
import { enterStage, inTenant, type RunContext } from './context.ts';

/** Tags that tell on the platform where a contact came from; segments and automations there build on them. */
export const platformTags = {
  created: { Lead: 'created-from-salesforce-lead', Contact: 'created-from-salesforce-contact' },
  added: { Lead: 'added-to-salesforce-lead', Contact: 'added-to-salesforce-contact' },
  converted: 'salesforce-lead-converted-to-contact',
} as const;

export function tagOf(kind: 'created' | 'added', object: SalesforceObject): readonly string[] {
  return object === 'Account' ? [] : [platformTags[kind][object]];
}

/** Several full imports, so that one is sent while another is waited for. */
const batchSize = 4_000;

/** Adds the tags that links still owe the platform. One that fails stays owed for the next run. */
export async function addOwedTags(context: RunContext): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const owing = await inTenant(context, (tx) => linksToTag(tx, context.scope, batchSize));
    const tag = owing.flatMap((link) => link.platformTags ?? []).find((name) => !tried.has(name));
    if (tag === undefined) return;
    if (tried.size === 0) await enterStage(context, 'tagging');
    const links = owing.filter((link) => link.platformTags?.includes(tag));
    const ids = new Map(
      links.flatMap((link) => (link.platformId === null ? [] : [[link.platformId, link] as const])),
    );
    const contacts = [...ids].map(([id, link]) => ({
      id,
      email: typeof link.agreed?.email === 'string' ? link.agreed.email : '',
    }));
    const outcomes = await context.connector.tagContacts(tag, contacts);
    const done = outcomes.flatMap((outcome) =>
      outcome.kind === 'written' || !outcome.retryable ? (ids.get(outcome.ref)?.id ?? []) : [],
    );
    await inTenant(context, (tx) => markTagged(tx, context.scope, done, tag));
    // A full page that made progress may have more of the same tag behind it.
    if (links.length < batchSize || done.length === 0) tried.add(tag);
  }
}
