import { addHints } from '../store/hints.ts';
import { linksToWriteBack, markWrittenBack, type Marks, type SeenMarks } from '../store/links.ts';
import type { Result } from './acknowledge.ts';
import { acknowledgedEdit } from './marks.ts';
import type { ObjectSettings } from './sync-settings.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';
import { hintsAtVanished } from './vanished.ts';

/** Rows at a time: one Bulk API job, small enough to hold in memory. */
const batchSize = 5_000;

/**
 * Writes status, platform id and relation status into the Salesforce records that do not show them yet (A12), beside
 * the run's other work: Salesforce takes its time for a bulk job.
 * A row that cannot be written for now stays owed; one that Salesforce refuses is given up until it is seen again.
 */
export class StatusWriter {
  readonly #context: RunContext;
  #owed = 0;
  #writing: Promise<void> | null = null;

  constructor(context: RunContext) {
    this.#context = context;
  }

  /** Tells of acknowledged links; writes as soon as a batch of rows is owed. */
  note(results: readonly Result[]): void {
    this.#owed += results.filter(({ after }) => after.writeback !== null).length;
    if (this.#owed < batchSize || this.#writing !== null) return;
    this.#owed = 0;
    const writing = writeBack(this.#context).finally(() => {
      this.#writing = null;
    });
    // Its failure ends the run at `finish`; the rows stay owed.
    writing.catch(() => undefined);
    this.#writing = writing;
  }

  /** Writes what is still owed. */
  async finish(): Promise<void> {
    await this.#writing;
    await enterStage(this.#context, 'writing_status');
    await writeBack(this.#context);
  }

  /** Waits until nothing is under way any more, whatever became of it. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#writing]);
  }
}

async function writeBack(context: RunContext): Promise<void> {
  const objects = [...context.settings.objects.values()];
  const ends = await Promise.allSettled(objects.map((settings) => writeBackObject(context, settings)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function writeBackObject(context: RunContext, { object, countsEdits }: ObjectSettings): Promise<void> {
  const { names, scope, clock } = context;
  let after = 0;
  for (;;) {
    const from = after;
    const links = await inTenant(context, (tx) => linksToWriteBack(tx, scope, object, from, batchSize));
    const last = links.at(-1);
    if (last === undefined) return;
    after = last.id;
    const outcomes = await context.salesforce.update(
      object,
      links.map((link) => ({
        Id: link.salesforceId,
        ...toFields(link.writeback, names),
        ...acknowledgedEdit(link.marks, { names, counts: countsEdits }),
      })),
    );
    const written = links.flatMap((link, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined || (!outcome.ok && outcome.retryable)) return [];
      const marks: SeenMarks = { status: null, id: null, relation: null, ...link.marks, ...link.writeback };
      return [{ id: link.id, writeback: link.writeback, marks: outcome.ok ? marks : null }];
    });
    const refused = links.flatMap(({ salesforceId }, index) => {
      const outcome = outcomes[index];
      return outcome === undefined || outcome.ok ? [] : [{ object, salesforceId, code: outcome.code }];
    });
    await inTenant(context, async (tx) => {
      await markWrittenBack(tx, scope, written);
      await addHints(tx, scope, hintsAtVanished(refused), clock.now());
    });
    await beat(context);
  }
}

function toFields(wanted: Partial<Marks>, names: RunContext['names']): Record<string, string | null> {
  const fields: Record<string, string | null> = {};
  if (wanted.status !== undefined) fields[names.status] = wanted.status;
  if (wanted.id !== undefined) fields[names.id] = wanted.id;
  if (wanted.relation !== undefined) fields[names.relation] = wanted.relation;
  return fields;
}
