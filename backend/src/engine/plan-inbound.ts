import { catalogue } from '../lib/errors.ts';
import { liveLinks, type Link } from '../store/links.ts';
import type { Outcome } from '../store/outcomes.ts';
import { writeSalesforce } from '../sync/read.ts';
import type { FieldConflict, FieldIssue, Values } from '../sync/types.ts';
import type { Result } from './acknowledge.ts';
import { chosenFor, noChoices, type Choices } from './conflicts.ts';
import { inTenant, type RunContext } from './context.ts';
import { knownValues, withObserved, type Resolutions } from './evaluate.ts';
import { withSalesforceSight } from './observe.ts';
import { outcomeOf } from './outcome.ts';
import { readByIds } from './read-by-ids.ts';
import { withAccountIds } from './relations.ts';
import { answeredRequest, findRequested } from './requests.ts';
import type { ReadRecord } from './salesforce-records.ts';
import { notProvided, requiredFields, type ObjectSettings } from './sync-settings.ts';
import { wantedOn, type Wanted } from './wanted.ts';

/** What is about to be written for one link, or why nothing is. */
export interface Intent {
  readonly before: Link;
  readonly link: Link;
  /** The row to save, null when nothing is to be written. */
  readonly row: Readonly<Record<string, unknown>> | null;
  readonly written: Values;
  readonly issues: readonly FieldIssue[];
  readonly conflicts: readonly FieldConflict[];
  readonly resolutions: Resolutions;
  readonly result: Result | null;
}

/** Plans what Salesforce needs of one object's due links, after one more look at the records that are about to be changed. */
export async function planInbound(
  context: RunContext,
  settings: ObjectSettings,
  links: readonly Link[],
): Promise<Intent[]> {
  const requests = links.filter((link) => link.salesforceId === null);
  const owners = await ownersOf(context, requests);
  const requested = await findRequested(
    context,
    settings,
    requests.filter(({ platformId }) => !owners.has(platformId)),
  );
  const found = links.map((link) => requested.get(link.id) ?? link);
  const records = await readFresh(context, settings, found);
  const choices = await chosenFor(context, links);
  const intents = links.map((before, index) =>
    before.salesforceId === null && owners.has(before.platformId)
      ? answered(before)
      : intend(
          context,
          settings,
          before,
          found[index] ?? before,
          records,
          choices.get(before.id) ?? noChoices,
        ),
  );
  const planned =
    settings.object === 'Contact' ? await withAccountIds(context, settings.mapping, intents) : intents;
  return planned.map(withoutEmptyRow);
}

/** A record that is there already is saved only where it is to get a value. */
function withoutEmptyRow(intent: Intent): Intent {
  const isNeeded = intent.before.salesforceId === null || Object.keys(intent.written).length > 0;
  return isNeeded ? intent : { ...intent, row: null };
}

/** Contacts whose person came to be synced since they were asked for, but for those whose Lead gives way to a Contact. */
async function ownersOf(context: RunContext, requests: readonly Link[]): Promise<Set<string | null>> {
  if (requests.length === 0) return new Set();
  const ids = requests.flatMap(({ platformId }) => platformId ?? []);
  const live = await inTenant(context, (tx) => liveLinks(tx, context.scope, 'contact', ids));
  const asked = new Map(requests.map(({ platformId, object }) => [platformId, object]));
  return new Set(
    live.flatMap(({ object, platformId }) =>
      object === 'Contact' || asked.get(platformId) === 'Lead' ? [platformId] : [],
    ),
  );
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
    // Somebody who was about to be found for a request is looked for anew.
    if (before.salesforceId === null) return finished(before, before, 'skipped', 'SYNC_RECORD_GONE');
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
  const seen: Link = {
    ...withSalesforceSight(link, record, settings.mapping).link,
    salesforceMarks: record.marks,
    salesforceCreatedAt: record.createdAt,
    salesforceAccountId: record.accountId,
    state: 'linked',
  };
  const wanted = wantedOn('salesforce', seen, settings.mapping, now, { choices });
  return withRow(settings, before, wanted, { Id: link.salesforceId });
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
  return withRow(
    settings,
    before,
    { link, values: wanted, conflicts: [], resolutions: {} },
    { ...placeholders, [context.names.id]: before.platformId },
  );
}

/** Turns canonical values into a row, leaving out what Salesforce's fields cannot hold. */
function withRow(
  settings: ObjectSettings,
  before: Link,
  { values: wanted, ...rest }: Wanted,
  base: Readonly<Record<string, unknown>>,
): Intent {
  const { fields, issues } = writeSalesforce(settings.mapping, wanted);
  const refused = new Set(issues.map((issue) => issue.field));
  const written = Object.fromEntries(Object.entries(wanted).filter(([key]) => !refused.has(key)));
  return {
    before,
    row: { ...base, ...fields },
    written,
    issues,
    result: null,
    ...rest,
  };
}

function finished(before: Link, after: Link, kind: 'stopped' | 'skipped', code: 'SYNC_RECORD_GONE'): Intent {
  return concluded(before, after, outcomeOf(before, kind, { code, message: catalogue[code].meaning }));
}

function answered(before: Link): Intent {
  return concluded(
    before,
    answeredRequest(before),
    outcomeOf(before, 'unchanged', { code: null, message: null }),
  );
}

function concluded(before: Link, after: Link, outcome: Outcome): Intent {
  return {
    before,
    link: after,
    row: null,
    written: {},
    issues: [],
    conflicts: [],
    resolutions: {},
    result: { before, after, outcome, conflicts: [] },
  };
}
