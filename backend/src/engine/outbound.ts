import type { SavedContact, WriteOptions, WriteOutcome } from '../connectors/connector.ts';
import { ahead } from '../lib/ahead.ts';
import { catalogue } from '../lib/errors.ts';
import { partition } from '../lib/lists.ts';
import { sideBySide } from '../lib/side-by-side.ts';
import type { Hint } from '../store/hints.ts';
import type { Link } from '../store/links.ts';
import { lookUpPlatform, type IndexEntry } from '../store/platform-index.ts';
import { sentence } from '../words/told.ts';
import { acknowledge, type Result } from './acknowledge.ts';
import { noteDecided, refusedChoices } from './conflicts.ts';
import { enterStage, inTenant, type RunContext } from './context.ts';
import { dueBatches, type Batch } from './due.ts';
import { evaluate, knownValues, withWritten } from './evaluate.ts';
import { unchangedOf } from './new-links.ts';
import { issueProblem } from './observe.ts';
import { emailKey } from './contacts.ts';
import { noteWrites } from './oscillation.ts';
import { outcomeOf } from './outcome.ts';
import { planOutbound, type Intent, type OutboundPlan } from './plan-outbound.ts';
import {
  afterFailure,
  afterWrite,
  failedWrite,
  keptProblem,
  toldProblem,
  type WriteFailure,
} from './retry.ts';
import { PeopleUnderWay } from './under-way.ts';
import { withMarksWritten } from './writeback.ts';

/** Batches that are written at once: the ids of one's new contacts are read while the next one's imports are sent. */
const batchesWritten = 2;

interface Written extends Batch {
  /** Links of Leads whose Contact took their place. */
  readonly superseded: readonly Link[];
  readonly results: readonly Result[];
}

interface Shown extends Written {
  readonly hints: readonly Hint[];
}

/**
 * Writes to the platform what Salesforce's people need there: creations, adoptions and updates (A12).
 * @returns on how many links it acted
 */
export async function writePeopleOutbound(context: RunContext): Promise<number> {
  await enterStage(context, 'writing_platform');
  let acted = 0;
  for (;;) {
    const now = await writeOutbound(context, dueBatches(context, 'outbound'));
    if (now === 0) return acted;
    acted += now;
  }
}

/**
 * Writes batches of due links. While some are written, the next one is planned, and those before are shown in
 * Salesforce and acknowledged. Who has to wait for an earlier batch's answer is left due.
 * @returns on how many links it acted
 */
export async function writeOutbound(context: RunContext, batches: AsyncIterable<Batch>): Promise<number> {
  let acted = 0;
  const underWay = new PeopleUnderWay(context);
  const planned = ahead(plan(context, batches, underWay));
  const writing = sideBySide(planned, (batch) => writeBatch(context, batch), batchesWritten);
  for await (const { links, superseded, results, hints, settle } of ahead(show(context, ahead(writing)))) {
    const index = results.flatMap(indexEntry);
    await acknowledge(context, 'platform', results, { superseded, hints, index });
    underWay.remove(links);
    await settle();
    acted += results.length;
  }
  return acted;
}

type Planned = Batch & OutboundPlan;

async function* plan(
  context: RunContext,
  batches: AsyncIterable<Batch>,
  underWay: PeopleUnderWay,
): AsyncGenerator<Planned, void, void> {
  for await (const { links: due, settle } of batches) {
    const links = await underWay.add(due);
    yield { links, settle, ...(await planOutbound(context, links)) };
  }
}

async function* show(
  context: RunContext,
  batches: AsyncIterable<Written>,
): AsyncGenerator<Shown, void, void> {
  for await (const batch of batches) yield { ...batch, ...(await withMarksWritten(context, batch.results)) };
}

async function writeBatch(context: RunContext, { intents, ...batch }: Planned): Promise<Written> {
  await noteDecided(context, intents);
  const [quiet, live] = partition(intents, isBackfill);
  const answers = [
    ...(await writeContacts(context, quiet, { backfill: true })),
    ...(await writeContacts(context, live, { backfill: false })),
  ];
  const answered = new Map(answers.map((answer) => [answer.ref, answer]));
  const results = intents.map(
    (intent) => intent.result ?? resultOf(context, intent, answered.get(String(intent.before.id))),
  );
  return { ...batch, results };
}

/** A person whom a first read brought is created without a sound, whichever run does it; edits are live. */
function isBackfill({ before }: Intent): boolean {
  return before.state === 'candidate' && before.fromBackfill;
}

async function writeContacts(
  context: RunContext,
  intents: readonly Intent[],
  { backfill }: Pick<WriteOptions, 'backfill'>,
): Promise<WriteOutcome[]> {
  const writes = intents.flatMap((intent) => intent.write ?? []);
  if (writes.length === 0) return [];
  // All of the run's calls stand back from now on: what is left to do is mostly of this kind.
  if (backfill) context.backfill = true;
  const planned = new Map(intents.map(({ before }) => [String(before.id), before]));
  const creations = new Map(writes.flatMap(({ id, ref, email }) => (id === null ? [[ref, email]] : [])));
  const stillMeant = (refs: readonly string[]): Promise<ReadonlySet<string>> =>
    inTenant(context, async (tx) => {
      const [added, known] = partition(refs, (ref) => creations.has(ref));
      const links = known.flatMap((ref) => planned.get(ref) ?? []);
      const unchanged = await unchangedOf(context, tx, links);
      // Somebody who was not there when the creation was planned is to be met, not to be written over.
      const keyOf = (ref: string): string => emailKey(creations.get(ref) ?? null) ?? '';
      const there = await lookUpPlatform(tx, context.scope, 'contact', added.map(keyOf));
      const taken = new Set(there.map(({ key }) => key));
      return new Set([...[...unchanged].map(String), ...added.filter((ref) => !taken.has(keyOf(ref)))]);
    });
  return context.connector.writeContacts(writes, { backfill, stillMeant });
}

function resultOf(context: RunContext, intent: Intent, answer: WriteOutcome | undefined): Result {
  const { before, link, write, written: allWritten, issues, conflicts } = intent;
  const now = context.clock.now();
  const settings = context.settings.objects.get(before.object);
  if (settings === undefined) throw new Error('resultOf: an intent without settings');
  const problem = issueProblem(issues);
  const told = toldProblem(problem, link);
  const choices = refusedChoices(intent.resolutions, [...issues, ...intent.unread]);
  const refused = Object.keys(choices);
  if (write === null) {
    const met = { ...link, problem: problem ?? link.problem };
    const evaluated = evaluate(met, settings.mapping, now, choices).link;
    const after = afterWrite({
      before,
      evaluated,
      direction: 'outbound',
      written: {},
      hasIssues: told !== null,
    });
    return {
      before,
      after,
      outcome: outcomeOf(
        after,
        before.state === 'candidate' ? 'linked' : told === null ? 'unchanged' : 'failed',
        { issues, code: told?.code ?? null, message: told?.message ?? null },
      ),
      conflicts,
      refused,
      idle: true,
    };
  }
  if (answer?.kind === 'failed' && answer.code === 'SYNC_PLATFORM_WRITE_OVERTAKEN') {
    const { code, message } = answer;
    return { before, after: before, outcome: outcomeOf(before, 'skipped', { code, message }), conflicts: [] };
  }
  const reached = reachedBy(link, answer);
  if (!reached.ok) return failedWrite(before, 'outbound', reached.failure, now, issues);
  // The account comes last. Where tags alone are left, they are owed, and nothing has failed.
  const left = write.accountName === undefined ? null : reached.left;
  const { account: _unwritten, ...others } = allWritten;
  const written = left === null ? allWritten : others;
  const owesTags = reached.left !== null && write.addTags.length > 0;
  const landed = noteWrites(
    withWritten(
      {
        ...link,
        platformId: reached.id,
        platformTags: owesTags ? write.addTags : null,
        attempts: left === null ? 0 : before.attempts,
        problem: problem ?? keptProblem(before, link, 'platform'),
      },
      'platform',
      written,
    ),
    written,
    'platform',
    now,
  );
  const evaluated = evaluate(landed, settings.mapping, now, choices).link;
  const after = afterWrite({
    before,
    evaluated,
    direction: 'outbound',
    written,
    hasIssues: told !== null,
  });
  const done = before.state === 'linked' ? 'updated' : reached.created ? 'created' : 'linked';
  const { code = null, message = null } = left ?? told ?? {};
  return {
    before,
    after: left === null ? after : failedAfter(after, left, now),
    outcome: outcomeOf(after, left === null ? done : 'failed', {
      written: Object.keys(written),
      issues,
      code,
      message,
    }),
    conflicts,
    refused,
    seen: link,
    found: !reached.created,
  };
}

/** A contact that was saved: what comes after its values is tried again, after a pause. */
function failedAfter(link: Link, { code, message, retryable }: WriteFailure, now: number): Link {
  return afterFailure(link, 'outbound', { code, message, side: 'platform', retryable }, now);
}

type Reached =
  /** `left`: why the contact's tags or its account are still to be written. */
  | ({ readonly ok: true; readonly left: WriteFailure | null } & SavedContact)
  | { readonly ok: false; readonly failure: WriteFailure };

/** Which contact a write reached, or why it reached none of ours. */
function reachedBy(link: Link, answer: WriteOutcome | undefined): Reached {
  if (answer === undefined) {
    const message = sentence('The platform did not mention this contact.');
    return { ok: false, failure: { code: 'SYNC_PLATFORM_ANSWER_UNEXPECTED', message, retryable: true } };
  }
  if (answer.kind === 'written') return savedIn(link, answer, null);
  return answer.saved === undefined ? { ok: false, failure: answer } : savedIn(link, answer.saved, answer);
}

function savedIn(link: Link, { id, created }: SavedContact, left: WriteFailure | null): Reached {
  // The contact's address changed on the platform in the moment of writing: the old one led to somebody else.
  if (link.platformId !== null && id !== link.platformId) {
    // It is left alone: its automations may have run, and somebody may have worked on it since.
    const { meaning } = catalogue.SYNC_PLATFORM_CONTACT_MOVED;
    const message = created
      ? sentence('{meaning} The contact {id} was created under the old address.', { meaning, id })
      : meaning;
    return { ok: false, failure: { code: 'SYNC_PLATFORM_CONTACT_MOVED', message, retryable: true } };
  }
  return { ok: true, id, created, left };
}

function indexEntry({ before, after }: Result): IndexEntry[] {
  const email = knownValues(after).platform.email;
  const isNews =
    after.platformId !== null &&
    (before.platformId !== after.platformId || knownValues(before).platform.email !== email);
  return isNews && after.platformId !== null
    ? [{ platformId: after.platformId, key: emailKey(typeof email === 'string' ? email : null) }]
    : [];
}
