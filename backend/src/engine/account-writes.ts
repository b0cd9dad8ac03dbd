import type { AccountWrite, WriteOutcome } from '../connectors/connector.ts';
import { catalogue } from '../lib/errors.ts';
import { liveLinks, type Link } from '../store/links.ts';
import type { OutcomeKind } from '../store/outcomes.ts';
import { forgetPlatform, lookUpPlatform } from '../store/platform-index.ts';
import { writePlatform } from '../sync/read.ts';
import type { CompiledMapping, FieldConflict, FieldIssue, Values } from '../sync/types.ts';
import { sentence } from '../words/told.ts';
import { acknowledge, type Result } from './acknowledge.ts';
import { chosenFor, noChoices, noteDecided, refusedChoices } from './conflicts.ts';
import { inTenant, type RunContext } from './context.ts';
import { evaluate, knownValues, withObserved, withWritten, type Resolutions } from './evaluate.ts';
import { issueProblem } from './observe.ts';
import { noteWrites } from './oscillation.ts';
import { outcomeOf } from './outcome.ts';
import { afterFailure, afterWrite, failedWrite, keptProblem, stopDeleted, toldProblem } from './retry.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { wantedOn } from './wanted.ts';

/** The key under which accounts are one: the platform knows each name once, whatever its case (A15). */
export function accountKey(name: string): string {
  return name.trim().toLowerCase();
}

/** What is about to be written for one account. */
interface Intent {
  readonly before: Link;
  readonly link: Link;
  readonly written: Values;
  readonly issues: readonly FieldIssue[];
  readonly conflicts: readonly FieldConflict[];
  readonly resolutions: Resolutions;
}

/**
 * Writes a batch of due accounts to the platform.
 * @returns how many became an account that was there
 */
export async function writeAccountBatch(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<number> {
  const now = context.clock.now();
  const { mapping } = settings;
  const owners = await platformOwners(context, links);
  const choices = await chosenFor(context, links);
  const results: Result[] = [];
  const intents = new Map<string, Intent>();
  const writes: AccountWrite[] = [];
  const taken = new Map<string, Link>();
  for (const before of links) {
    const name = textOf(knownValues(before).salesforce.name);
    const key = name === null ? null : accountKey(name);
    const owner = key === null ? undefined : owners.get(key);
    if (before.state === 'candidate' && key !== null) {
      const holder = owner?.link ?? taken.get(key);
      if (holder !== undefined) {
        results.push(shareName(before, holder, now));
        continue;
      }
      taken.set(key, before);
    }
    const platformId = before.platformId ?? owner?.platformId ?? null;
    if (platformId === null && before.stateReason === 'platform_deleted') {
      results.push(stopped(before));
      continue;
    }
    const { values, ...planned } = wantedOn('platform', prepare(before, platformId, settings), mapping, now, {
      choices: choices.get(before.id) ?? noChoices,
    });
    const { fields, issues } = writePlatform(mapping, values);
    const written = Object.fromEntries(
      Object.entries(values).filter(([field]) => fields[field] !== undefined),
    );
    const intent: Intent = { before, written, issues, ...planned };
    if (platformId !== null && Object.keys(fields).length === 0) {
      results.push(conclude(intent, before.state === 'candidate' ? 'linked' : 'unchanged', mapping, now));
      continue;
    }
    const { name: newName, ...rest } = fields;
    const ref = String(before.id);
    intents.set(ref, intent);
    writes.push({
      ref,
      id: platformId,
      values: rest,
      ...(typeof newName === 'string' ? { name: newName } : {}),
    });
  }
  await noteDecided(context, [...intents.values()]);
  const answers = writes.length === 0 ? [] : await context.connector.writeAccounts(writes);
  const byRef = new Map(answers.map((answer) => [answer.ref, answer]));
  const gone: string[] = [];
  for (const { ref, id } of writes) {
    const intent = intents.get(ref);
    if (intent === undefined) continue;
    const answer = byRef.get(ref);
    if (answer?.kind === 'failed' && answer.code === 'SYNC_RECORD_GONE' && id !== null) {
      gone.push(id);
      // A candidate was to become an account of which only the name was left: it stays due, and is created.
      if (intent.before.state === 'linked') results.push(stopped(intent.before));
    } else results.push(answered(intent, answer, mapping, now));
  }
  if (gone.length > 0) {
    await inTenant(context, (tx) => forgetPlatform(tx, context.scope, 'account', gone));
  }
  await acknowledge(context, 'platform', results);
  return results.filter(({ before, after }) => before.platformId === null && after.state === 'linked').length;
}

function answered(
  intent: Intent,
  answer: WriteOutcome | undefined,
  mapping: CompiledMapping,
  now: number,
): Result {
  const { before, link, written, issues } = intent;
  if (answer === undefined || answer.kind === 'failed') {
    const message = sentence('The platform did not mention this account.');
    const failure = answer ?? { code: 'SYNC_PLATFORM_ANSWER_UNEXPECTED', message, retryable: true };
    return failedWrite(before, 'outbound', failure, now, issues);
  }
  const landed = withWritten(
    {
      ...link,
      state: 'linked',
      platformId: answer.id,
      attempts: 0,
      problem: keptProblem(before, link, 'platform'),
    },
    'platform',
    written,
  );
  const kind = before.state === 'linked' ? 'updated' : answer.created ? 'created' : 'linked';
  const noted = { ...intent, link: noteWrites(landed, written, 'platform', now) };
  return { ...conclude(noted, kind, mapping, now), seen: link };
}

/** What became of an account whose values, as far as they can be, are on both sides now. */
function conclude(
  { before, link, written, issues, conflicts, resolutions }: Intent,
  kind: OutcomeKind,
  mapping: CompiledMapping,
  now: number,
): Result {
  const problem = issueProblem(issues);
  const told = toldProblem(problem, link);
  const choices = refusedChoices(resolutions, issues);
  const evaluated = evaluate({ ...link, problem: problem ?? link.problem }, mapping, now, choices).link;
  const after = afterWrite({
    before,
    evaluated,
    direction: 'outbound',
    written,
    hasIssues: problem !== null,
  });
  return {
    before,
    after,
    outcome: outcomeOf(after, kind === 'unchanged' && problem !== null ? 'failed' : kind, {
      written: Object.keys(written),
      issues,
      code: told?.code ?? null,
      message: told?.message ?? null,
    }),
    conflicts,
    refused: Object.keys(choices),
  };
}

function stopped(before: Link): Result {
  return {
    before,
    after: stopDeleted(before),
    outcome: outcomeOf(before, 'stopped', {
      code: 'SYNC_RECORD_GONE',
      message: catalogue.SYNC_RECORD_GONE.meaning,
    }),
    conflicts: [],
  };
}

/** A new account is empty on the platform; of one that is there the name is known until it is read. */
function prepare(before: Link, platformId: string | null, settings: ObjectSettings): Link {
  if (before.state !== 'candidate') return before;
  const known =
    platformId === null
      ? Object.fromEntries(settings.mapping.fields.map((field) => [field.platform, null]))
      : { name: knownValues(before).salesforce.name ?? null };
  return { ...withObserved(before, 'platform', known), state: 'linked', stateReason: null, platformId };
}

/** Which platform account each name has, and the link that holds it. */
async function platformOwners(
  context: RunContext,
  links: readonly Link[],
): Promise<Map<string, { platformId: string; link: Link | undefined }>> {
  const keys = links.flatMap((link) => {
    const name = textOf(knownValues(link).salesforce.name);
    return name === null ? [] : [accountKey(name)];
  });
  return inTenant(context, async (tx) => {
    const known = await lookUpPlatform(tx, context.scope, 'account', keys);
    const live = await liveLinks(
      tx,
      context.scope,
      'account',
      known.map((entry) => entry.platformId),
    );
    const byId = new Map(live.map((link) => [link.platformId, link]));
    return new Map(
      known.map((entry) => [entry.key, { platformId: entry.platformId, link: byId.get(entry.platformId) }]),
    );
  });
}

/** Salesforce may have several Accounts of one name: the first holds the link, the others share the relation alone. */
function shareName(before: Link, holder: Link, now: number): Result {
  const name = textOf(knownValues(holder).salesforce.name) ?? '';
  const problem = {
    code: 'SYNC_ACCOUNT_NAME_SHARED',
    message: sentence(
      'The Salesforce Account “{name}” ({id}) is linked to the platform’s account of this name; its fields are the ones that are synced.',
      { name, id: holder.salesforceId ?? '' },
    ),
    side: 'platform' as const,
    field: 'name',
    rival: holder.id,
    retryable: false,
  };
  const after = afterFailure(before, 'outbound', problem, now);
  return {
    before,
    after,
    outcome: outcomeOf(before, 'skipped', { code: problem.code, message: problem.message }),
    conflicts: [],
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
