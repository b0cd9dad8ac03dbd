import { isSyncError } from '../lib/errors.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { Link } from '../store/links.ts';
import { linksToTag, markTagged } from '../store/owed.ts';
import type { Result } from './acknowledge.ts';
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

/**
 * Adds the tags that links owe the platform by what was just done, before it is acknowledged: each link is stored once
 * for both. One that cannot be added now stays owed, and the end of the run tells why.
 */
export async function withTagsAdded(context: RunContext, results: readonly Result[]): Promise<Result[]> {
  let told = [...results];
  for (const tag of new Set(results.flatMap(({ after }) => owedTags(after)))) {
    const owing = told.flatMap(({ after }) => (owedTags(after).includes(tag) ? [after] : []));
    try {
      const done = new Set(await addTag(context, tag, owing));
      told = told.map((result) =>
        done.has(result.after.id) ? { ...result, after: withoutTag(result.after, tag) } : result,
      );
    } catch (error) {
      if (!isSyncError(error)) throw error;
      context.logger.warn({ run: context.run.id, code: error.code, tag }, 'a tag is added later');
    }
  }
  return told;
}

/** Adds the tags that links still owe the platform. One that fails stays owed for the next run. */
export async function addOwedTags(context: RunContext): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const owing = await inTenant(context, (tx) => linksToTag(tx, context.scope, batchSize));
    const tag = owing.flatMap((link) => link.platformTags ?? []).find((name) => !tried.has(name));
    if (tag === undefined) return;
    if (tried.size === 0) await enterStage(context, 'tagging');
    const links = owing.filter((link) => link.platformTags?.includes(tag));
    const done = await addTag(context, tag, links);
    await inTenant(context, (tx) => markTagged(tx, context.scope, done, tag));
    // A full page that made progress may have more of the same tag behind it.
    if (links.length < batchSize || done.length === 0) tried.add(tag);
  }
}

/** Adds one tag to the links' contacts. @returns the ids of the links that do not owe it any more */
async function addTag(context: RunContext, tag: string, links: readonly Link[]): Promise<number[]> {
  const ids = new Map(
    links.flatMap((link) => (link.platformId === null ? [] : [[link.platformId, link] as const])),
  );
  const contacts = [...ids].map(([id, link]) => ({
    id,
    email: typeof link.agreed?.email === 'string' ? link.agreed.email : '',
  }));
  const outcomes = await context.connector.tagContacts(tag, contacts);
  return outcomes.flatMap((outcome) =>
    outcome.kind === 'written' || !outcome.retryable ? (ids.get(outcome.ref)?.id ?? []) : [],
  );
}

/** A request has nothing to tell before it is answered. */
function owedTags({ state, platformId, platformTags: owed }: Link): readonly string[] {
  return state === 'candidate' || platformId === null ? [] : (owed ?? []);
}

function withoutTag(link: Link, tag: string): Link {
  const rest = (link.platformTags ?? []).filter((name) => name !== tag);
  return { ...link, platformTags: rest.length === 0 ? null : rest };
}
