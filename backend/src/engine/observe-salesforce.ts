import { z } from 'zod';
import { ahead } from '../lib/ahead.ts';
import { partition } from '../lib/lists.ts';
import type { QueryPage } from '../salesforce/types.ts';
import { moveCursor, readCursor } from '../store/cursors.ts';
import { addHints, putOffHints, type Hint } from '../store/hints.ts';
import {
  highestVersion,
  linksBySalesforceIds,
  liveLinks,
  numberLinks,
  saveLinks,
  supersedeLeads,
  type Link,
} from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import { windowRead, windowStart, type WindowState } from '../sync/cursor.ts';
import { askedFor, openRequests } from './answered-requests.ts';
import { beat, enterStage, inTenant, Overtaken, settleOutcomes, type RunContext } from './context.ts';
import { candidateFrom, observeCandidate, outcomeOfCandidate } from './candidates.ts';
import { readByIds } from './read-by-ids.ts';
import { fieldsToRead, readRecord, soqlText, soqlTime, type ReadRecord } from './salesforce-records.ts';
import { noteWaiting, settleWaiting } from './conflicts.ts';
import { observeRecord, startedAnew } from './observe.ts';
import { followLifecycle } from './lifecycle.ts';
import { lookAtRecord, looksAtPlatform, looksAtSalesforce } from './looks.ts';
import { storeNew } from './new-links.ts';
import { isOutrun } from './outrun.ts';
import { noteReunions } from './reunion.ts';
import { takesNobody, type Seen, type Takes } from './seen.ts';
import { selector } from './selected.ts';
import { isCovered, type ObjectSettings } from './sync-settings.ts';
import { isUndone, lookAtPlatform } from './undone.ts';

/** A reading window under way: where it is, and what the state will be once it was read to its end. */
const positionSchema = z.object({
  readTo: z.number().nullable(),
  settledTo: z.number().nullable(),
  window: z
    .object({
      from: z.number().nullable(),
      settles: z.boolean(),
      /** Vendor time of the window's first page: nothing after it belongs to the window. */
      until: z.number(),
      after: z.object({ stamp: z.number(), id: z.string() }),
    })
    .nullable(),
});
type Position = z.infer<typeof positionSchema>;

/**
 * When a record that is left to the request which created it is looked at again, in milliseconds: the request may be
 * answered otherwise, as by another record of the person.
 */
const answerPause = 60_000;

const fresh: Position = { readTo: null, settledTo: null, window: null };

/**
 * Reads what changed in Salesforce since the last run, in (SystemModstamp, Id) order, deleted and merged records
 * included, and stores it as observations, but for those of the people whom the run takes on.
 */
export async function* observeSalesforce(
  context: RunContext,
  takes: Takes,
): AsyncGenerator<Seen, void, void> {
  await enterStage(context, 'observing_salesforce');
  for (const object of ['Account', 'Contact', 'Lead'] as const) {
    const settings = context.settings.objects.get(object);
    if (settings !== undefined)
      yield* observeObject(context, settings, object === 'Account' ? takesNobody : takes);
  }
}

async function* observeObject(
  context: RunContext,
  settings: ObjectSettings,
  takes: Takes,
): AsyncGenerator<Seen, void, void> {
  const { scope, clock, names } = context;
  const source = settings.object;
  const [stored, asked] = await inTenant(context, (tx) =>
    Promise.all([readCursor(tx, scope, source), highestVersion(tx)]),
  );
  const isKnown = isCovered(stored?.generation, settings.generation);
  const current = isKnown ? positionSchema.parse(stored?.position) : fresh;
  let version = stored?.version ?? null;
  const state: WindowState = current;
  const start = current.window ?? windowStart(state, clock.now());
  const isFirst = start.from === null;
  if (isFirst) context.backfill = true;

  let until = current.window?.until ?? null;
  let after = current.window?.after ?? null;
  for await (const page of ahead(pages(context, buildQuery(settings, context, start.from, current.window)))) {
    until ??= page.serverTime;
    const limit = until;
    const records = page.records.map((record) => readRecord(source, record, names));
    // A row that moved on while it was paged belongs to the next window; the position must not follow it.
    const last = records.findLast((record) => record.stamp <= limit);
    if (last !== undefined) after = { stamp: last.stamp, id: last.id };
    const next: Position =
      page.next === null || after === null
        ? { ...windowRead(state, start.settles, until), window: null }
        : { ...current, window: { from: start.from, settles: start.settles, until, after } };
    const { added, due } = await observe(context, settings, records, { asked, fromBackfill: isFirst, takes });
    const read = version;
    version = version === null ? 0 : version + 1;
    yield {
      due,
      async settle() {
        await inTenant(context, async (tx) => {
          const position = { position: next, generation: settings.generation };
          if (await moveCursor(tx, scope, source, position, read)) return;
          // Another run went on from here, and what it read of those who were unknown then counted for nothing.
          await addHints(tx, scope, added.flatMap(looksAtSalesforce), clock.now());
        });
        context.progress.observed.salesforce += records.length;
      },
    };
    if (page.next !== null) await beat(context);
  }
}

async function* pages({ salesforce }: RunContext, soql: string): AsyncGenerator<QueryPage, void, void> {
  let page = await salesforce.query(soql, { all: true });
  for (; page.next !== null; page = await salesforce.queryMore(page.next)) yield page;
  yield page;
}

function buildQuery(
  settings: ObjectSettings,
  context: RunContext,
  from: number | null,
  resumed: Position['window'],
): string {
  const { names } = context;
  const relevant = [
    `${names.id} != null`,
    ...(settings.selectionWhere === null ? [] : [`(${settings.selectionWhere})`]),
  ];
  const where = [`(${relevant.join(' OR ')})`];
  if (resumed !== null) {
    const stamp = soqlTime(resumed.after.stamp);
    where.push(
      `(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${soqlText(resumed.after.id)}))`,
    );
    where.push(`SystemModstamp <= ${soqlTime(resumed.until)}`);
  } else if (from !== null) {
    where.push(`SystemModstamp >= ${soqlTime(from)}`);
  }
  return `SELECT ${fieldsToRead(settings, names).join(', ')} FROM ${settings.object} WHERE ${where.join(' AND ')} ORDER BY SystemModstamp, Id`;
}

/**
 * Records read by id (hints), through the same door as the pages. An Account enters the sync by being pointed to:
 * nobody selects accounts, they come with their people.
 *
 * @param asked - How far the links' versions had come when they were asked for.
 */
export async function observeSalesforceRecords(
  context: RunContext,
  settings: ObjectSettings,
  records: readonly ReadRecord[],
  asked: number,
): Promise<void> {
  await observe(context, settings, records, {
    asked,
    takes: takesNobody,
    all: settings.object === 'Account',
  });
  context.progress.observed.salesforce += records.length;
}

interface Observing {
  /** How far the links' versions had come when the records were asked for. */
  readonly asked: number;
  readonly takes: Takes;
  /** Whether records enter the sync that nobody selects. */
  readonly all?: boolean;
  readonly fromBackfill?: boolean;
  /** Whether the contacts or accounts of all records were looked at. */
  readonly isLookedAt?: boolean;
}

interface Observed {
  /** The links of new records. */
  readonly added: readonly Link[];
  /** Which of them the run takes on: those are not stored. */
  readonly due: readonly Link[];
}

/** Stores what was read of records, after a look at the other side of those that may have been written unheard. */
async function observe(
  context: RunContext,
  settings: ObjectSettings,
  records: readonly ReadRecord[],
  observing: Observing,
): Promise<Observed> {
  const { undone, ...observed } = await inTenant(context, (tx) =>
    storeObservations(context, tx, settings, records, observing),
  );
  if (undone.length > 0) {
    await lookAtPlatform(context, undone);
    const asked = await inTenant(context, highestVersion);
    const again = await readByIds(
      context,
      settings,
      undone.flatMap(({ salesforceId }) => salesforceId ?? []),
    );
    await inTenant(context, (tx) =>
      storeObservations(context, tx, settings, again, { ...observing, asked, isLookedAt: true }),
    );
  }
  return observed;
}

/** @returns the links of records that are `isUndone`, too: those are left as they are */
async function storeObservations(
  context: RunContext,
  tx: Tx,
  settings: ObjectSettings,
  records: readonly ReadRecord[],
  { asked, takes, all = false, fromBackfill = false, isLookedAt = false }: Observing,
): Promise<Observed & { undone: readonly Link[] }> {
  if (records.length === 0) return { added: [], due: [], undone: [] };
  const { scope, clock } = context;
  const now = clock.now();
  const links = await linksBySalesforceIds(
    tx,
    scope,
    settings.object,
    records.map((record) => record.id),
  );
  const requests = await openRequests(
    context,
    tx,
    settings,
    records.filter((record) => !links.has(record.id)),
  );
  const isAsked = await askedFor(
    context,
    tx,
    settings,
    records.filter((record) => !links.has(record.id)),
  );
  const isSelected = selector(settings, context);
  const moved: ReadRecord[] = [];
  const changed: Link[] = [];
  const outrun: Link[] = [];
  const undone: Link[] = [];
  const added: ReturnType<typeof candidateFrom>[] = [];
  const leftAlone: Hint[] = [];
  for (const record of records) {
    const request = record.marks.id === null ? undefined : requests.get(record.marks.id)?.request;
    const link =
      links.get(record.id) ?? (request && { ...request, salesforceId: record.id, state: 'linked' as const });
    if (record.isDeleted || record.convertedContactId !== null) {
      if (link !== undefined) moved.push(record);
    } else if (link !== undefined) {
      const next =
        link.state === 'candidate'
          ? observeCandidate(link, settings, record, now)
          : observeRecord(link, record, settings.mapping, now);
      if (next === null) continue;
      if (isOutrun(link, next, asked)) outrun.push(next);
      else (!isLookedAt && isUndone(link, next) ? undone : changed).push(next);
    } else if (all || isSelected(record)) {
      if (!all && isAsked(record)) leftAlone.push(lookAtRecord(settings.object, record.id));
      else added.push(candidateFrom(settings, record, now, fromBackfill));
    }
  }
  const superseded = changed.flatMap(({ salesforceId, platformId }) =>
    links.has(salesforceId ?? '') ? [] : (requests.get(platformId ?? '')?.lead ?? []),
  );
  await supersedeLeads(
    tx,
    scope,
    superseded.map(({ id }) => id),
  );
  await settleWaiting(context, tx, superseded);
  const numbered = await numberLinks(tx, added);
  // Those whose place a moved link takes are to be found in the store.
  const mayTake = moved.length === 0;
  const [due, left] = partition(numbered, (link) => mayTake && link.outboundDue !== null && takes(link));
  const stored = await storeNew(context, tx, left);
  const going = await giveWay(context, tx, settings, changed, links);
  const saved = await saveLinks(tx, scope, going);
  if (saved.size < changed.length) throw new Overtaken('Links were changed by another run.');
  const resumed = going.filter((link) => isRestored(link, links));
  const looks = [...resumed.flatMap(looksAtPlatform), ...outrun.flatMap(looksAtSalesforce)];
  await addHints(tx, scope, looks, now);
  // The hint that led here, too, if one did: it would be followed again at once.
  await putOffHints(tx, scope, leftAlone, now + answerPause);
  await noteWaiting(context, tx, going);
  await noteReunions(
    context,
    tx,
    settings,
    going.filter(({ salesforceId }) => !links.has(salesforceId ?? '')),
  );
  const told = [...stored, ...changed].flatMap((link) =>
    outcomeOfCandidate(link, links.get(link.salesforceId ?? '')),
  );
  await settleOutcomes(context, tx, told);
  if (moved.length > 0) await followLifecycle(context, tx, settings, moved, links);
  return { added: numbered, due, undone };
}

/**
 * Of the records that were restored, those whose contact or account went to another one meanwhile: they start anew,
 * as a platform record has one live link at any time.
 */
async function giveWay(
  { scope, clock }: RunContext,
  tx: Tx,
  { object }: ObjectSettings,
  changed: readonly Link[],
  before: ReadonlyMap<string, Link>,
): Promise<readonly Link[]> {
  const ids = changed.flatMap((link) => (isRestored(link, before) ? (link.platformId ?? []) : []));
  if (ids.length === 0) return changed;
  const kind = object === 'Account' ? 'account' : 'contact';
  const live = await liveLinks(tx, scope, kind, ids);
  const taken = new Set(live.map(({ platformId }) => platformId));
  return changed.map((link) => {
    if (!isRestored(link, before)) return link;
    if (taken.has(link.platformId)) return startedAnew(link, clock.now());
    taken.add(link.platformId);
    return link;
  });
}

/** Whether a link that had ended goes on. */
function isRestored({ state, salesforceId }: Link, before: ReadonlyMap<string, Link>): boolean {
  return state === 'linked' && before.get(salesforceId ?? '')?.state === 'stopped';
}
