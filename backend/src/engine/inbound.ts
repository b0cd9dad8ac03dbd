import { ahead } from '../lib/ahead.ts';
import { catalogue } from '../lib/errors.ts';
import type { Link } from '../store/links.ts';
import { accountPath } from '../sync/account-name.ts';
import { sentence } from '../words/told.ts';
import { acknowledge, type Result } from './acknowledge.ts';
import { noteDecided, refusedChoices } from './conflicts.ts';
import { enterStage, type RunContext } from './context.ts';
import { dueBatches, type Batch } from './due.ts';
import { evaluate, withWritten } from './evaluate.ts';
import { acknowledgedEdit, syncStatus } from './marks.ts';
import { issueProblem } from './observe.ts';
import { noteWrites } from './oscillation.ts';
import { outcomeOf } from './outcome.ts';
import { planInbound, type Intent } from './plan-inbound.ts';
import { supersededBy } from './requests.ts';
import { withTagsAdded } from './tags.ts';
import { afterWrite, failedWrite, keptProblem, toldProblem } from './retry.ts';
import { saveWritable, type WritableSave } from './save-writable.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { PeopleUnderWay } from './under-way.ts';
import { hintsAtVanished } from './vanished.ts';

/** One object's part of a batch. */
interface Part {
  readonly settings: ObjectSettings;
  readonly intents: readonly Intent[];
}

interface Planned extends Batch {
  readonly parts: readonly Part[];
}

interface Saved extends Batch {
  readonly results: readonly Result[];
}

/**
 * Writes to Salesforce what the platform's people need there: updates of linked records, and requested creations
 * (A13, A14).
 */
export async function writePeopleInbound(context: RunContext): Promise<void> {
  await enterStage(context, 'writing_salesforce');
  while ((await writeInbound(context, dueBatches(context, 'inbound'))) > 0);
}

/**
 * Writes batches of due links. While one is written, the next is planned and those before are tagged and acknowledged.
 * Who has to wait for an earlier batch's answer is left due.
 * @returns on how many links it acted
 */
export async function writeInbound(context: RunContext, batches: AsyncIterable<Batch>): Promise<number> {
  let acted = 0;
  const underWay = new PeopleUnderWay(context);
  const saved = ahead(save(context, ahead(plan(context, batches, underWay))));
  for await (const { links, results, settle } of ahead(tell(context, saved))) {
    await conclude(context, results);
    underWay.remove(links);
    await settle();
    acted += results.length;
  }
  return acted;
}

/** Writes one object's due links. */
export async function writeRecords(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<void> {
  const intents = await planInbound(context, settings, links);
  await conclude(context, await savePart(context, { settings, intents }));
}

async function* plan(
  context: RunContext,
  batches: AsyncIterable<Batch>,
  underWay: PeopleUnderWay,
): AsyncGenerator<Planned, void, void> {
  for await (const { links: due, settle } of batches) {
    const links: Link[] = [];
    const parts: Part[] = [];
    for (const object of ['Contact', 'Lead'] as const) {
      const settings = context.settings.objects.get(object);
      const own = due.filter((link) => link.object === object);
      if (own.length === 0) continue;
      if (settings === undefined) {
        await leaveUnmapped(context, own);
        continue;
      }
      const free = await underWay.add(own);
      links.push(...free);
      parts.push({ settings, intents: await planInbound(context, settings, free) });
    }
    yield { links, settle, parts };
  }
}

async function* save(
  context: RunContext,
  batches: AsyncIterable<Planned>,
): AsyncGenerator<Saved, void, void> {
  for await (const { parts, ...batch } of batches) {
    const results: Result[] = [];
    for (const part of parts) results.push(...(await savePart(context, part)));
    yield { ...batch, results };
  }
}

async function* tell(context: RunContext, batches: AsyncIterable<Saved>): AsyncGenerator<Saved, void, void> {
  for await (const { results, ...batch } of batches) {
    yield { ...batch, results: await withTagsAdded(context, results) };
  }
}

async function conclude(context: RunContext, results: readonly Result[]): Promise<void> {
  await acknowledge(context, 'salesforce', results, {
    superseded: await supersededBy(context, results),
    hints: hintsAtVanished(
      results.map(({ before: { object, salesforceId }, outcome: { code } }) => ({
        object,
        salesforceId,
        code,
      })),
    ),
  });
}

async function savePart(context: RunContext, { settings, intents }: Part): Promise<Result[]> {
  const { object } = settings;
  await noteDecided(context, intents);
  const outcomes = new Map<number, WritableSave>();
  const creations = intents.filter((intent) => intent.row !== null && intent.link.salesforceId === null);
  const updates = intents.filter((intent) => intent.row !== null && intent.link.salesforceId !== null);
  const created =
    creations.length === 0
      ? []
      : await saveWritable(
          (rows) => context.salesforce.upsert(object, context.names.id, rows),
          creations.map((intent) => withMarksRow(context, settings, intent)),
        );
  const updated =
    updates.length === 0
      ? []
      : await saveWritable(
          (rows) => context.salesforce.update(object, rows),
          updates.map((intent) => ({
            ...withMarksRow(context, settings, intent),
            Id: intent.link.salesforceId ?? '',
          })),
        );
  for (const [index, intent] of creations.entries()) noteOutcome(outcomes, intent, created[index]);
  for (const [index, intent] of updates.entries()) noteOutcome(outcomes, intent, updated[index]);
  if ([...outcomes.values()].some(({ leftOut }) => leftOut.length > 0)) {
    context.settings = await context.renewSettings();
  }
  return intents.map(
    (intent) => intent.result ?? resultOf(context, settings, intent, outcomes.get(intent.before.id)),
  );
}

function noteOutcome(
  outcomes: Map<number, WritableSave>,
  intent: Intent,
  outcome: WritableSave | undefined,
): void {
  if (outcome !== undefined) outcomes.set(intent.before.id, outcome);
}

/** The status travels in the same row as the values, so that it costs no second write. */
function withMarksRow(
  { names }: RunContext,
  { countsEdits }: ObjectSettings,
  intent: Intent,
): Record<string, unknown> {
  return {
    ...intent.row,
    ...(isClean(intent) ? { [names.status]: syncStatus.synced } : {}),
    ...(intent.before.salesforceId === null ? { [names.id]: intent.link.platformId } : {}),
    ...acknowledgedEdit(intent.link.salesforceMarks, { names, counts: countsEdits }),
  };
}

/** Whether nothing stands between the record and its being in step, as soon as its row is saved. */
function isClean({ issues, link }: Intent): boolean {
  return issues.length === 0 && link.problem === null && link.outboundDue === null;
}

function resultOf(
  context: RunContext,
  settings: ObjectSettings,
  intent: Intent,
  saved: WritableSave | undefined,
): Result {
  const { before, link, row, written, issues, conflicts, resolutions } = leaveOut(intent, saved, settings);
  const answer = saved?.outcome;
  const now = context.clock.now();
  const problem = issueProblem(issues);
  const choices = refusedChoices(resolutions, issues);
  const refused = Object.keys(choices);
  const { code = null, message = null } = toldProblem(problem, link) ?? {};
  const told = { issues, code, message };
  if (row === null) {
    const met = { ...link, problem: problem ?? link.problem };
    const evaluated = evaluate(met, settings.mapping, now, choices).link;
    const after = afterWrite({
      before,
      evaluated,
      direction: 'inbound',
      written: {},
      hasIssues: problem !== null,
    });
    return {
      before,
      after,
      outcome: outcomeOf(after, problem === null ? 'unchanged' : 'failed', told),
      conflicts,
      refused,
      idle: true,
    };
  }
  if (answer === undefined || !answer.ok) {
    const message = sentence('Salesforce did not mention this record.');
    const failure = answer ?? { code: 'SYNC_SALESFORCE_ANSWER_UNEXPECTED', message, retryable: true };
    return failedWrite(before, 'inbound', failure, now, issues);
  }
  const marks = {
    ...link.salesforceMarks,
    status:
      isClean(intent) && saved?.leftOut.includes(context.names.status) !== true
        ? syncStatus.synced
        : (link.salesforceMarks?.status ?? null),
    id: before.salesforceId === null ? link.platformId : (link.salesforceMarks?.id ?? null),
    relation: link.salesforceMarks?.relation ?? null,
  };
  const landed = noteWrites(
    withWritten(
      {
        ...link,
        salesforceId: answer.id,
        salesforceMarks: marks,
        attempts: 0,
        problem: problem ?? keptProblem(before, link, 'salesforce'),
      },
      'salesforce',
      written,
    ),
    written,
    'salesforce',
    now,
  );
  const evaluated = evaluate(landed, settings.mapping, now, choices).link;
  const after = afterWrite({ before, evaluated, direction: 'inbound', written, hasIssues: problem !== null });
  const kind = before.salesforceId !== null ? 'updated' : answer.created ? 'created' : 'linked';
  return {
    before,
    after,
    outcome: outcomeOf(after, kind, { ...told, written: Object.keys(written) }),
    conflicts,
    refused,
    seen: link,
  };
}

/** Without the fields that Salesforce did not let us write, each of which is told. */
function leaveOut(intent: Intent, saved: WritableSave | undefined, { mapping }: ObjectSettings): Intent {
  if (saved === undefined || saved.leftOut.length === 0) return intent;
  const names = new Set(saved.leftOut);
  const fields = mapping.fields.filter(
    (field) => names.has(field.salesforce) || (field.salesforce === accountPath && names.has('AccountId')),
  );
  const keys = new Set(fields.map((field) => field.platform));
  return {
    ...intent,
    row: Object.fromEntries(Object.entries(intent.row ?? {}).filter(([name]) => !names.has(name))),
    written: Object.fromEntries(Object.entries(intent.written).filter(([key]) => !keys.has(key))),
    issues: [
      ...intent.issues,
      ...fields.map((field) => ({
        code: 'SYNC_SALESFORCE_FIELD_READ_ONLY' as const,
        field: field.platform,
        side: 'salesforce' as const,
        message: sentence('Salesforce does not let the integration user write “{field}”.', {
          field: field.salesforce,
        }),
      })),
    ],
  };
}

async function leaveUnmapped(context: RunContext, links: readonly Link[]): Promise<void> {
  await acknowledge(
    context,
    'salesforce',
    links.map((before) => {
      const after: Link = { ...before, inboundDue: null };
      return {
        before,
        after,
        outcome: outcomeOf(before, 'skipped', {
          code: 'SYNC_MAPPING_MISSING',
          message: catalogue.SYNC_MAPPING_MISSING.meaning,
        }),
        conflicts: [],
      };
    }),
  );
}
