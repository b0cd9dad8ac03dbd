import { isSyncError } from '../lib/errors.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { Link } from '../store/links.ts';
import { linksToTag, markTagged } from '../store/owed.ts';
import type { Outcome } from '../store/outcomes.ts';
import type { Result } from './acknowledge.ts';
import { enterStage, inTenant, settleOutcomes, type RunContext } from './context.ts';
import { outcomeOf } from './outcome.ts';
import type { Notice } from './settings-notice.ts';

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
 * for both. One that is not added now stays owed, and the end of the run tries again and tells why.
 */
export async function withTagsAdded(context: RunContext, results: readonly Result[]): Promise<Result[]> {
  let told = [...results];
  for (const tag of new Set(results.flatMap(({ after }) => owedTags(after)))) {
    const owing = told.flatMap(({ after }) => (owedTags(after).includes(tag) ? [after] : []));
    try {
      const done = new Set((await addTag(context, tag, owing)).added);
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

/**
 * Adds the tags that links still owe the platform. One that fails stays owed for the next run, and this one tells why;
 * one that the platform refuses this contact is owed no more, which is told of its record.
 */
export async function addOwedTags(context: RunContext): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const owing = await inTenant(context, (tx) => linksToTag(tx, context.scope, batchSize));
    const tag = owing.flatMap((link) => link.platformTags ?? []).find((name) => !tried.has(name));
    if (tag === undefined) return;
    if (tried.size === 0) await enterStage(context, 'tagging');
    const links = owing.filter((link) => link.platformTags?.includes(tag));
    const { added, refused, left } = await addTag(context, tag, links);
    const done = [...added, ...refused.map(({ linkId }) => linkId)];
    await inTenant(context, async (tx) => {
      await markTagged(tx, context.scope, done, tag);
      await settleOutcomes(context, tx, refused);
    });
    context.notice ??= left;
    // A full page that made progress may have more of the same tag behind it.
    if (links.length < batchSize || done.length === 0) tried.add(tag);
  }
}

interface Tagging {
  /** The ids of links whose contact has the tag. */
  readonly added: readonly number[];
  /** Of links whose contact cannot have it. */
  readonly refused: readonly (Outcome & { readonly linkId: number })[];
  /** Why it is still to be added to some; null where it is not. */
  readonly left: Notice | null;
}

/** Adds one tag to the links' contacts. */
async function addTag(context: RunContext, tag: string, links: readonly Link[]): Promise<Tagging> {
  const byContact = new Map(
    links.flatMap((link) => (link.platformId === null ? [] : [[link.platformId, link] as const])),
  );
  const contacts = [...byContact].map(([id, link]) => ({
    id,
    email: typeof link.agreed?.email === 'string' ? link.agreed.email : '',
  }));
  const added: number[] = [];
  const refused: Tagging['refused'][number][] = [];
  let left: Notice | null = null;
  for (const outcome of await context.connector.tagContacts(tag, contacts)) {
    const link = byContact.get(outcome.ref);
    if (link === undefined) continue;
    if (outcome.kind === 'written') {
      added.push(link.id);
      continue;
    }
    const { code, message, retryable } = outcome;
    if (retryable) left ??= { code, message };
    else refused.push({ ...outcomeOf(link, 'failed', { code, message }), linkId: link.id });
  }
  return { added, refused, left };
}

/** A request has nothing to tell before it is answered. */
function owedTags({ state, platformId, platformTags: owed }: Link): readonly string[] {
  return state === 'candidate' || platformId === null ? [] : (owed ?? []);
}

function withoutTag(link: Link, tag: string): Link {
  const rest = (link.platformTags ?? []).filter((name) => name !== tag);
  return { ...link, platformTags: rest.length === 0 ? null : rest };
}
