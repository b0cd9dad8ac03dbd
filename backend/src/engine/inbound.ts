import type { SaveOutcome } from '../salesforce/types.ts';
import { dueLinks, type Link } from '../store/links.ts';
import { readSalesforce, writeSalesforce } from '../sync/read.ts';
import type { FieldConflict, FieldIssue, SalesforceObject, Values } from '../sync/types.ts';
import { catalogue } from '../lib/errors.ts';
import { acknowledge, type Result } from './acknowledge.ts';
import { chosenFor, noChoices, stillMeant, type Choices } from './conflicts.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';
import { evaluate, knownValues, withObserved, withWritten } from './evaluate.ts';
import { issueProblem } from './observe.ts';
import { noteWrites, splitOscillating } from './oscillation.ts';
import { outcomeOf } from './outcome.ts';
import { afterWrite, failedWrite, keptProblem } from './retry.ts';
import { findRequested, supersededBy } from './requests.ts';
import { readByIds } from './read-by-ids.ts';
import type { ReadRecord } from './salesforce-records.ts';
import { resolveAccounts } from './relations.ts';
import { accountPath, notProvided, requiredFields, type ObjectSettings } from './sync-settings.ts';
import { syncStatus } from './marks.ts';

/** Links acted on at a time: one read of Salesforce, and two composite calls of writes. */
const batchSize = 2_000;

interface Intent {
  readonly before: Link;
  readonly link: Link;
  /** The row to save, null when nothing is to be written. */
  readonly row: Readonly<Record<string, unknown>> | null;
  readonly written: Values;
  readonly issues: readonly FieldIssue[];
  readonly conflicts: readonly FieldConflict[];
  readonly result: Result | null;
}

/** Writes to Salesforce what the platform's people need there: updates of linked records, and requested creations (A13, A14). */
export async function writePeopleInbound(context: RunContext): Promise<void> {
  await enterStage(context, 'writing_salesforce');
  for (;;) {
    const links = await inTenant(context, (tx) =>
      dueLinks(tx, context.scope, 'inbound', 'contact', context.clock.now(), batchSize),
    );
    if (links.length === 0) return;
    for (const object of ['Contact', 'Lead'] as const) {
      const settings = context.settings.objects.get(object);
      const own = links.filter((link) => link.object === object);
      if (own.length === 0) continue;
      if (settings === undefined) await leaveUnmapped(context, own);
      else await writeRecords(context, settings, own);
    }
    await beat(context);
  }
}

/** Writes one object's due links; also used for accounts. */
export async function writeRecords(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<void> {
  const requested = await findRequested(
    context,
    settings,
    links.filter((link) => link.salesforceId === null),
  );
  const found = links.map((link) => requested.get(link.id) ?? link);
  const records = await readFresh(context, settings, found);
  const choices = await chosenFor(context, links);
  const intents = links.map((before, index) =>
    intend(context, settings, before, found[index] ?? before, records, choices.get(before.id) ?? noChoices),
  );
  await resolveAccountNames(context, settings, intents);

  const outcomes = await save(context, settings.object, intents);
  const results = intents.map(
    (intent) => intent.result ?? conclude(context, settings, intent, outcomes.get(intent.before.id)),
  );
  await acknowledge(context, results, { superseded: await supersededBy(context, results) });
}

/** The records as they are now: a change that came after the observation must not be overwritten unseen. */
async function readFresh(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<Map<string, ReadRecord>> {
  const accounts = new Map(links.map((link) => [link.salesforceId, link.salesforceAccountId]));
  const records = await readByIds(
    context,
    settings,
    [...accounts.keys()].filter((id) => id !== null),
    accounts,
  );
  return new Map(records.map((record) => [record.id, record]));
}

function intend(
  context: RunContext,
  settings: ObjectSettings,
  before: Link,
  link: Link,
  records: ReadonlyMap<string, ReadRecord>,
  choices: Choices,
): Intent {
  if (link.salesforceId === null) return intendCreation(context, settings, before);
  const record = records.get(link.salesforceId);
  if (record === undefined || record.isDeleted || record.convertedContactId !== null) {
    // Gone, merged or converted meanwhile: the next observation of Salesforce tells which, and moves the link.
    const after: Link = {
      ...link,
      state: 'stopped',
      stateReason: 'salesforce_deleted',
      outboundDue: null,
      inboundDue: null,
    };
    return finished(
      before,
      record?.convertedContactId == null ? after : { ...link, inboundDue: null },
      'stopped',
      'SYNC_RECORD_GONE',
    );
  }
  const now = context.clock.now();
  const { values } = readSalesforce(settings.mapping, record.fields);
  const seen: Link = {
    ...withObserved(link, 'salesforce', { ...knownValues(link).salesforce, ...values }),
    salesforceMarks: record.marks,
    salesforceChangedAt: record.changedAt,
    salesforceCreatedAt: record.createdAt,
    salesforceAccountId: record.accountId,
    state: 'linked',
  };
  const resolutions = stillMeant(choices, seen);
  const { link: evaluated, plan } = evaluate(seen, settings.mapping, now, resolutions);
  const split = splitOscillating(evaluated, plan.toSalesforce, 'salesforce', now, {
    mapping: settings.mapping,
    resolutions,
  });
  const { calm, parked, problem } = split;
  // What a person decided stands in the inbox already.
  const decided = plan.conflicts.filter(
    ({ winner, field }) => winner !== null && field in calm && !(field in resolutions),
  );
  return withRow(
    settings,
    before,
    { ...evaluated, problem: problem ?? evaluated.problem },
    calm,
    [...decided, ...parked],
    {
      Id: link.salesforceId,
    },
  );
}

function intendCreation(context: RunContext, settings: ObjectSettings, before: Link): Intent {
  const { platform } = knownValues(before);
  const wanted = Object.fromEntries(
    settings.mapping.fields
      .filter((field) => field.direction !== 'outbound')
      .flatMap((field) => {
        const value = platform[field.platform];
        return value === undefined || value === null ? [] : [[field.platform, value]];
      }),
  );
  const empty = Object.fromEntries(settings.mapping.fields.map((field) => [field.platform, null]));
  const link: Link = { ...withObserved(before, 'salesforce', empty), state: 'linked' };
  const placeholders = Object.fromEntries(requiredFields[settings.object].map((name) => [name, notProvided]));
  return withRow(settings, before, link, wanted, [], {
    ...placeholders,
    [context.names.id]: before.platformId,
  });
}

/** Turns canonical values into a row, leaving out what Salesforce's fields cannot hold. */
function withRow(
  settings: ObjectSettings,
  before: Link,
  link: Link,
  wanted: Values,
  conflicts: readonly FieldConflict[],
  base: Readonly<Record<string, unknown>>,
): Intent {
  const { fields, issues } = writeSalesforce(settings.mapping, wanted);
  const refused = new Set(issues.map((issue) => issue.field));
  const written = Object.fromEntries(Object.entries(wanted).filter(([key]) => !refused.has(key)));
  const isNeeded = before.salesforceId === null || Object.keys(fields).length > 0;
  return {
    before,
    link,
    row: isNeeded ? { ...base, ...fields } : null,
    written,
    issues,
    conflicts,
    result: null,
  };
}

/** A Contact's account travels by name; Salesforce wants its id. */
async function resolveAccountNames(
  context: RunContext,
  settings: ObjectSettings,
  intents: Intent[],
): Promise<void> {
  if (settings.object !== 'Contact') return;
  const names = intents.flatMap((intent) => {
    const name = intent.row?.[accountPath];
    return typeof name === 'string' ? [name] : [];
  });
  const accounts = await resolveAccounts(context, names);
  for (const [index, intent] of intents.entries()) {
    if (intent.row === null || !(accountPath in intent.row)) continue;
    const { [accountPath]: name, ...row } = intent.row;
    const accountId = typeof name === 'string' ? accounts.get(name.toLowerCase()) : null;
    if (accountId !== undefined) {
      intents[index] = {
        ...intent,
        row: { ...row, AccountId: accountId },
        link: { ...intent.link, salesforceAccountId: accountId },
      };
    } else {
      const { account: _unwritten, ...written } = intent.written;
      const issue: FieldIssue = {
        code: 'SYNC_VALUE_INVALID',
        field: 'account',
        side: 'salesforce',
        message: `Salesforce has no Account named "${String(name)}", and accounts are not synced.`,
      };
      intents[index] = { ...intent, row, written, issues: [...intent.issues, issue] };
    }
  }
}

async function save(
  context: RunContext,
  object: SalesforceObject,
  intents: readonly Intent[],
): Promise<Map<number, SaveOutcome>> {
  const outcomes = new Map<number, SaveOutcome>();
  const creations = intents.filter((intent) => intent.row !== null && intent.link.salesforceId === null);
  const updates = intents.filter((intent) => intent.row !== null && intent.link.salesforceId !== null);
  const created =
    creations.length === 0
      ? []
      : await context.salesforce.upsert(
          object,
          context.names.id,
          creations.map((intent) => withMarksRow(context, intent)),
        );
  const updated =
    updates.length === 0
      ? []
      : await context.salesforce.update(
          object,
          updates.map((intent) => ({ ...withMarksRow(context, intent), Id: intent.link.salesforceId ?? '' })),
        );
  for (const [index, intent] of creations.entries()) noteOutcome(outcomes, intent, created[index]);
  for (const [index, intent] of updates.entries()) noteOutcome(outcomes, intent, updated[index]);
  return outcomes;
}

function noteOutcome(
  outcomes: Map<number, SaveOutcome>,
  intent: Intent,
  outcome: SaveOutcome | undefined,
): void {
  if (outcome !== undefined) outcomes.set(intent.before.id, outcome);
}

/** The status travels in the same row as the values, so that it costs no second write. */
function withMarksRow(context: RunContext, intent: Intent): Record<string, unknown> {
  const { names } = context;
  const isClean =
    intent.issues.length === 0 && intent.link.problem === null && intent.link.outboundDue === null;
  return {
    ...intent.row,
    ...(isClean ? { [names.status]: syncStatus.synced } : {}),
    ...(intent.before.salesforceId === null ? { [names.id]: intent.link.platformId } : {}),
  };
}

function conclude(
  context: RunContext,
  settings: ObjectSettings,
  intent: Intent,
  answer: SaveOutcome | undefined,
): Result {
  const { before, link, row, written, issues, conflicts } = intent;
  const now = context.clock.now();
  const problem = issueProblem(issues);
  const told = { issues, code: problem?.code ?? null, message: problem?.message ?? null };
  if (row === null) {
    const evaluated = evaluate({ ...link, problem: problem ?? link.problem }, settings.mapping, now).link;
    const after = afterWrite(evaluated, 'inbound', problem !== null);
    return {
      before,
      after,
      outcome: outcomeOf(after, problem === null ? 'unchanged' : 'failed', told),
      conflicts,
    };
  }
  if (answer === undefined || !answer.ok) {
    const message = 'Salesforce did not mention this record.';
    const failure = answer ?? { code: 'SYNC_SALESFORCE_ANSWER_UNEXPECTED', message, retryable: true };
    return failedWrite(before, 'inbound', failure, now, issues);
  }
  const marks = {
    status:
      typeof row[context.names.status] === 'string'
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
        problem: problem ?? keptProblem(link),
      },
      'salesforce',
      written,
    ),
    written,
    'salesforce',
    now,
  );
  const evaluated = evaluate(landed, settings.mapping, now).link;
  const after = afterWrite(evaluated, 'inbound', problem !== null);
  const kind = before.salesforceId !== null ? 'updated' : answer.created ? 'created' : 'linked';
  return {
    before,
    after,
    outcome: outcomeOf(after, kind, { ...told, written: Object.keys(written) }),
    conflicts,
  };
}

async function leaveUnmapped(context: RunContext, links: readonly Link[]): Promise<void> {
  await acknowledge(
    context,
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

function finished(before: Link, after: Link, kind: 'stopped', code: 'SYNC_RECORD_GONE'): Intent {
  const outcome = outcomeOf(before, kind, { code, message: catalogue[code].meaning });
  return {
    before,
    link: after,
    row: null,
    written: {},
    issues: [],
    conflicts: [],
    result: { before, after, outcome, conflicts: [] },
  };
}
