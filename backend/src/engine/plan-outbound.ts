import type { ContactWrite, PlatformContact } from '../connectors/connector.ts';
import { liveLinks, type Link } from '../store/links.ts';
import { forgetPlatform, lookUpPlatform } from '../store/platform-index.ts';
import { catalogue, type ErrorCode } from '../lib/errors.ts';
import { resolveCandidates, type CandidateDecision, type Person } from '../sync/identity.ts';
import { writePlatform } from '../sync/read.ts';
import type { CompiledMapping, FieldConflict, FieldIssue, Values } from '../sync/types.ts';
import type { Result } from './acknowledge.ts';
import { chosenFor, noChoices, type Choices } from './conflicts.ts';
import { inTenant, type RunContext } from './context.ts';
import { shownByConverted } from './converted.ts';
import { knownValues, withObserved, type Resolutions } from './evaluate.ts';
import { isMoved } from './moved.ts';
import { unreadProblem, withPlatformSight } from './observe.ts';
import { outcomeOf } from './outcome.ts';
import { afterFailure, stopDeleted } from './retry.ts';
import { tagOf } from './tags.ts';
import { wantedOn, type Wanted } from './wanted.ts';

/** What is about to be written for one link, or why nothing is. */
export interface Intent {
  readonly before: Link;
  /** The link as it will stand if the write succeeds, but for the written values and a created id. */
  readonly link: Link;
  readonly write: ContactWrite | null;
  readonly written: Values;
  readonly issues: readonly FieldIssue[];
  readonly conflicts: readonly FieldConflict[];
  readonly resolutions: Resolutions;
  /** Fields that cannot be read on the platform, which are not written over. */
  readonly unread: readonly FieldIssue[];
  readonly result: Result | null;
}

/** What a batch of due links comes to. */
export interface OutboundPlan {
  readonly intents: readonly Intent[];
  /** Links of Leads whose Contact takes their place. */
  readonly superseded: readonly Link[];
}

/**
 * Plans what the platform needs of due links, after one more look at the contacts that are about to be changed. A
 * candidate whose contact turns out to be gone is decided anew: another one may have its address by now.
 */
export async function planOutbound(context: RunContext, links: readonly Link[]): Promise<OutboundPlan> {
  const decisions = new Map<string, Decision>();
  const contacts = new Map<string, PlatformContact>();
  for (let open = links; open.length > 0;) {
    const candidates = open.filter((link) => link.state === 'candidate');
    for (const [ref, decision] of await decide(context, candidates)) decisions.set(ref, decision);
    const ids = open.flatMap((link) => platformIdOf(link, decisions) ?? []);
    const read = ids.length === 0 ? [] : await context.connector.readContactsByIds(ids);
    for (const contact of read) contacts.set(contact.id, contact);
    const gone = new Set(ids.filter((id) => !contacts.has(id)));
    if (gone.size > 0)
      await inTenant(context, (tx) => forgetPlatform(tx, context.scope, 'contact', [...gone]));
    open = candidates.filter((link) => gone.has(decidedId(link, decisions) ?? ''));
  }
  const choices = await chosenFor(context, links);
  return {
    intents: links.map((link) =>
      intend(context, link, decisions.get(String(link.id)), contacts, choices.get(link.id) ?? noChoices),
    ),
    superseded: [...decisions.values()].flatMap((decision) =>
      decision.kind === 'take_over' ? [decision.from] : [],
    ),
  };
}

type Decision =
  | Exclude<CandidateDecision, { kind: 'take_over' }>
  | { readonly kind: 'take_over'; readonly platformId: string; readonly from: Link };

/** Who each candidate is on the platform: somebody new, somebody who is there, or nobody that may be synced. */
async function decide(context: RunContext, candidates: readonly Link[]): Promise<Map<string, Decision>> {
  if (candidates.length === 0) return new Map();
  const emails = candidates.flatMap((link) => emailOf(link) ?? []);
  const { known, live } = await inTenant(context, async (tx) => {
    const found = await lookUpPlatform(tx, context.scope, 'contact', emails);
    return {
      known: found,
      live: await liveLinks(
        tx,
        context.scope,
        'contact',
        found.map((entry) => entry.platformId),
      ),
    };
  });
  const owners = new Map(live.map((link) => [String(link.id), link]));
  const decisions = resolveCandidates({
    candidates: candidates.map((link) => ({
      ref: String(link.id),
      object: personOf(link),
      salesforceId: link.salesforceId ?? '',
      email: emailOf(link),
      createdAt: link.salesforceCreatedAt,
    })),
    contacts: known.map((entry) => ({ id: entry.platformId, email: entry.key })),
    links: [...owners].map(([ref, link]) => ({
      ref,
      object: personOf(link),
      platformId: link.platformId ?? '',
      email: emailOf(link),
    })),
  });
  const adopted = candidates.flatMap((link) => {
    const decision = decisions.get(String(link.id));
    return link.object === 'Lead' && decision?.kind === 'adopt' ? decision.platformId : [];
  });
  const converted = await shownByConverted(context, adopted);
  return new Map(
    [...decisions].map(([ref, decision]): [string, Decision] => {
      if (decision.kind === 'adopt' && converted.has(decision.platformId))
        return [ref, { kind: 'refuse', code: 'SYNC_PERSON_IS_CONTACT', holder: null }];
      if (decision.kind !== 'take_over') return [ref, decision];
      const from = owners.get(decision.fromLink);
      if (from === undefined) throw new Error(`The link ${decision.fromLink} vanished while deciding.`);
      return [ref, { kind: 'take_over', platformId: decision.platformId, from }];
    }),
  );
}

function personOf(link: Link): Person {
  return link.object === 'Lead' ? 'Lead' : 'Contact';
}

function emailOf(link: Link): string | null {
  const email = knownValues(link).salesforce.email;
  return typeof email === 'string' ? email : null;
}

function platformIdOf(link: Link, decisions: ReadonlyMap<string, Decision>): string | null {
  return decidedId(link, decisions) ?? link.platformId;
}

/** The contact that a candidate was decided to be; null for others, and for those who are nobody there. */
function decidedId(link: Link, decisions: ReadonlyMap<string, Decision>): string | null {
  const decision = decisions.get(String(link.id));
  return decision !== undefined && 'platformId' in decision ? decision.platformId : null;
}

function intend(
  context: RunContext,
  before: Link,
  decision: Decision | undefined,
  contacts: ReadonlyMap<string, PlatformContact>,
  choices: Choices,
): Intent {
  const settings = context.settings.objects.get(before.object);
  if (settings === undefined)
    return done(before, { ...before, outboundDue: null }, 'skipped', 'SYNC_MAPPING_MISSING');
  if (decision?.kind === 'refuse') {
    const problem = {
      code: decision.code,
      message: catalogue[decision.code].meaning,
      side: 'salesforce' as const,
      field: 'email',
      ...(decision.holder === null ? {} : { rival: Number(decision.holder.ref) }),
    };
    return done(
      before,
      afterFailure(before, 'outbound', { ...problem, retryable: false }, 0),
      'failed',
      decision.code,
    );
  }
  const platformId =
    decision !== undefined && 'platformId' in decision ? decision.platformId : before.platformId;
  const contact = platformId === null ? undefined : contacts.get(platformId);
  // Nobody who was deleted there is created again; somebody under the same address is linked.
  const wasThere = before.state === 'linked' || before.stateReason === 'platform_deleted';
  if (wasThere && contact === undefined)
    return done(before, stopDeleted(before), 'stopped', 'SYNC_RECORD_GONE');
  return contact === undefined
    ? intendCreation(before, settings.mapping)
    : intendUpdate(context, before, contact, settings.mapping, choices);
}

function intendCreation(before: Link, mapping: CompiledMapping): Intent {
  const { salesforce } = knownValues(before);
  const wanted = Object.fromEntries(
    mapping.fields
      .filter((field) => field.direction !== 'inbound')
      .flatMap((field) => {
        const value = salesforce[field.platform];
        return value === undefined || value === null ? [] : [[field.platform, value]];
      }),
  );
  // A new contact is empty wherever nothing is written.
  const empty = Object.fromEntries(mapping.fields.map((field) => [field.platform, null]));
  const link = { ...withObserved(before, 'platform', empty), state: 'linked' as const };
  return withWrite(
    before,
    mapping,
    { link, values: wanted, conflicts: [], resolutions: {} },
    { id: null, email: emailOf(before) ?? '' },
  );
}

function intendUpdate(
  context: RunContext,
  before: Link,
  contact: PlatformContact,
  mapping: CompiledMapping,
  choices: Choices,
): Intent {
  const now = context.clock.now();
  const sight = { raw: contact.values, stamp: Date.parse(contact.stamp), account: contact.account };
  const { link: sighted, issues } = withPlatformSight(before, sight, mapping);
  const seen: Link = {
    ...sighted,
    platformId: contact.id,
    state: 'linked',
    // Its Salesforce record is yet to be looked at, and what is empty there to be judged.
    stateReason: isMoved(before) ? before.stateReason : null,
    problem: unreadProblem(issues) ?? sighted.problem,
  };
  const wanted = wantedOn('platform', seen, mapping, now, {
    choices,
    unread: new Set(issues.map((issue) => issue.field)),
  });
  const target = { id: contact.id, email: contact.email ?? '' };
  return { ...withWrite(before, mapping, wanted, target), unread: issues };
}

/** Turns canonical values into a write, leaving out what the platform's fields cannot hold. */
function withWrite(
  before: Link,
  mapping: CompiledMapping,
  { values: wanted, ...rest }: Wanted,
  target: { id: string | null; email: string },
): Intent {
  const { fields, issues } = writePlatform(mapping, wanted);
  const written = Object.fromEntries(Object.entries(wanted).filter(([key]) => fields[key] !== undefined));
  const { email, account, ...values } = fields;
  const tags = before.state === 'candidate' ? tagOf('created', before.object) : (before.platformTags ?? []);
  const isNeeded = target.id === null || Object.keys(fields).length > 0 || tags.length > 0;
  const write: ContactWrite | null = isNeeded
    ? {
        ref: String(before.id),
        id: target.id,
        email: target.email,
        ...(target.id !== null && typeof email === 'string' && email !== target.email
          ? { newEmail: email }
          : {}),
        values,
        ...(account === undefined ? {} : { accountName: typeof account === 'string' ? account : null }),
        addTags: tags,
      }
    : null;
  return { before, write, written, issues, unread: [], result: null, ...rest };
}

function done(before: Link, after: Link, kind: 'skipped' | 'failed' | 'stopped', code: ErrorCode): Intent {
  const outcome = outcomeOf(before, kind, {
    code,
    message: after.problem?.message ?? catalogue[code].meaning,
  });
  return {
    before,
    link: after,
    write: null,
    written: {},
    issues: [],
    conflicts: [],
    resolutions: {},
    unread: [],
    result: { before, after, outcome, conflicts: [] },
  };
}
