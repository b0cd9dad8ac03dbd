import { allDone } from '../lib/all-done.ts';
import { isSyncError } from '../lib/errors.ts';
import type { SalesforceRecord, SaveOutcome } from '../salesforce/types.ts';
import { addHints, type Hint } from '../store/hints.ts';
import type { Marks, SeenMarks } from '../store/links.ts';
import { linksToWriteBack, markWrittenBack, type OwedMarks } from '../store/owed.ts';
import { isTaking, isUntouched, type Result } from './acknowledge.ts';
import { lookAtRecord } from './looks.ts';
import { acknowledgedEdit } from './marks.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';
import { hintsAtVanished } from './vanished.ts';

/** Rows at a time: one Bulk API job, small enough to hold in memory. */
const batchSize = 5_000;

/** What became of some records' package fields. */
interface WrittenBack {
  /** By link id: what the fields hold now, null where that is not known. Records that are missing still owe theirs. */
  readonly marks: ReadonlyMap<number, SeenMarks | null>;
  /** Records that turned out to be gone. */
  readonly hints: readonly Hint[];
}

/**
 * Writes status, platform id and relation status into the Salesforce records of links that were just acted on (A12),
 * before that is acknowledged: each link is stored once for both. Of a contact that was there before, it is decided
 * with the acknowledgement whose it is. What cannot be written now stays owed, and the end of the run tells why; so does
 * what a link owes about which nothing was done.
 */
export async function withMarksWritten(
  context: RunContext,
  results: readonly Result[],
): Promise<{ results: readonly Result[]; hints: readonly Hint[] }> {
  const written = new Map<number, SeenMarks | null>();
  const hints: Hint[] = [];
  for (const settings of context.settings.objects.values()) {
    const owed = results.flatMap((result): OwedMarks[] => {
      const { object, id, salesforceId, writeback, salesforceMarks: marks } = result.after;
      return object !== settings.object ||
        salesforceId === null ||
        writeback === null ||
        isTaking(result) ||
        isUntouched(result)
        ? []
        : [{ id, salesforceId, writeback, marks }];
    });
    if (owed.length === 0) continue;
    try {
      const done = await writeMarks(context, settings, owed);
      for (const [id, marks] of done.marks) written.set(id, marks);
      hints.push(...done.hints);
    } catch (error) {
      if (!isSyncError(error)) throw error;
      context.logger.warn({ run: context.run.id, code: error.code }, 'statuses are written later');
    }
  }
  return {
    results: results.map((result) => {
      const marks = written.get(result.after.id);
      if (marks === undefined) return result;
      const { salesforceMarks } = result.after;
      return {
        ...result,
        after: { ...result.after, writeback: null, salesforceMarks: marks ?? salesforceMarks },
      };
    }),
    hints,
  };
}

/** Writes what Salesforce's records still do not show, whichever run owes it. */
export async function writeBackOwed(context: RunContext): Promise<void> {
  await enterStage(context, 'writing_status');
  const objects = [...context.settings.objects.values()];
  await allDone(objects.map((settings) => writeBackObject(context, settings)));
}

async function writeBackObject(context: RunContext, settings: ObjectSettings): Promise<void> {
  const { scope, clock } = context;
  let after = 0;
  for (;;) {
    const from = after;
    const links = await inTenant(context, (tx) =>
      linksToWriteBack(tx, scope, settings.object, from, batchSize),
    );
    const last = links.at(-1);
    if (last === undefined) return;
    after = last.id;
    const { marks, hints } = await writeMarks(context, settings, links);
    const written = links.flatMap(({ id, writeback }) => {
      const own = marks.get(id);
      return own === undefined ? [] : [{ id, writeback, marks: own }];
    });
    await inTenant(context, async (tx) => {
      await markWrittenBack(tx, scope, written);
      await addHints(tx, scope, hints, clock.now());
    });
    await beat(context);
  }
}

/** A row that cannot be written for now stays owed; one that Salesforce refuses is given up until it is seen again. */
async function writeMarks(
  context: RunContext,
  settings: ObjectSettings,
  owed: readonly OwedMarks[],
): Promise<WrittenBack> {
  const { salesforce, names } = context;
  const { object, countsEdits } = settings;
  const rows = owed.map(({ salesforceId, writeback, marks }): SalesforceRecord => ({
    Id: salesforceId,
    ...toFields(writeback, names),
    ...acknowledgedEdit(marks, { names, counts: countsEdits }),
  }));
  const { outcomes, holders } = await withIdsTakenBack(
    context,
    settings,
    rows,
    await salesforce.update(object, rows),
  );
  const written = new Map<number, SeenMarks | null>();
  for (const [index, { id, writeback, marks }] of owed.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined || (!outcome.ok && outcome.retryable)) continue;
    written.set(id, outcome.ok ? { status: null, id: null, relation: null, ...marks, ...writeback } : null);
  }
  const refused = owed.flatMap(({ salesforceId }, index) => {
    const outcome = outcomes[index];
    return outcome === undefined || outcome.ok ? [] : [{ object, salesforceId, code: outcome.code }];
  });
  return {
    marks: written,
    hints: [...hintsAtVanished(refused), ...holders.map((id) => lookAtRecord(object, id))],
  };
}

/**
 * The id stands in one record of an object only, and a record may show it that has no right to it by the links: a
 * conversion carries the Lead's to its Contact while another Contact takes the person over. It is taken from that
 * record, which is looked at once more, and the rows that were refused for it are written again.
 */
async function withIdsTakenBack(
  { salesforce, names }: RunContext,
  { object, countsEdits }: ObjectSettings,
  rows: readonly SalesforceRecord[],
  first: readonly SaveOutcome[],
): Promise<{ outcomes: readonly SaveOutcome[]; holders: readonly string[] }> {
  const refused = rows.flatMap((row, index) => {
    const outcome = first[index];
    return row[names.id] == null || outcome?.ok !== false || outcome.existingId === undefined
      ? []
      : [{ row, index, holder: outcome.existingId }];
  });
  if (refused.length === 0) return { outcomes: first, holders: [] };
  const taken = await salesforce.update(
    object,
    [...new Set(refused.map(({ holder }) => holder))].map((Id) => ({
      Id,
      [names.id]: null,
      ...acknowledgedEdit(null, { names, counts: countsEdits }),
    })),
  );
  const second = await salesforce.update(
    object,
    refused.map(({ row }) => row),
  );
  const outcomes = [...first];
  for (const [at, outcome] of second.entries()) {
    const index = refused[at]?.index;
    if (index !== undefined) outcomes[index] = outcome;
  }
  return { outcomes, holders: taken.flatMap((outcome) => (outcome.ok ? [outcome.id] : [])) };
}

function toFields(wanted: Partial<Marks>, names: RunContext['names']): Record<string, string | null> {
  const fields: Record<string, string | null> = {};
  if (wanted.status !== undefined) fields[names.status] = wanted.status;
  if (wanted.id !== undefined) fields[names.id] = wanted.id;
  if (wanted.relation !== undefined) fields[names.relation] = wanted.relation;
  return fields;
}
