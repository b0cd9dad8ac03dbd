import { linksToWriteBack, markWrittenBack, type Marks } from '../store/links.ts';
import type { SalesforceObject } from '../sync/types.ts';
import { beat, enterStage, inTenant, type RunContext } from './context.ts';

/** Rows at a time: one Bulk API job, small enough to hold in memory. */
const batchSize = 10_000;

/**
 * Writes status, platform id and relation status into the Salesforce records that do not show them yet (A12).
 * A row that cannot be written for now stays owed; one that Salesforce refuses is given up until it is seen again.
 */
export async function writeBack(context: RunContext): Promise<void> {
  for (const object of ['Account', 'Contact', 'Lead'] as const) {
    if (context.settings.objects.has(object)) await writeBackObject(context, object);
  }
}

async function writeBackObject(context: RunContext, object: SalesforceObject): Promise<void> {
  const { names, scope } = context;
  let after = 0;
  for (;;) {
    const from = after;
    const links = await inTenant(context, (tx) => linksToWriteBack(tx, scope, object, from, batchSize));
    const last = links.at(-1);
    if (last === undefined) return;
    if (after === 0) await enterStage(context, 'writing_status');
    after = last.id;
    const outcomes = await context.salesforce.update(
      object,
      links.map((link) => ({ Id: link.salesforceId, ...toFields(link.writeback, names) })),
    );
    await inTenant(context, (tx) =>
      markWrittenBack(
        tx,
        scope,
        links.flatMap((link, index) => {
          const outcome = outcomes[index];
          if (outcome === undefined || (!outcome.ok && outcome.retryable)) return [];
          const marks: Marks = {
            status: null,
            id: null,
            relation: null,
            ...link.marks,
            ...link.writeback,
          };
          return [{ id: link.id, writeback: link.writeback, marks: outcome.ok ? marks : null }];
        }),
      ),
    );
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
