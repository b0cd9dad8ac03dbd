import { readCursor } from '../store/cursors.ts';
import { inTenant, type RunContext } from './context.ts';

/** Whether nobody was read in Salesforce so far: the next run outbound is a first sync. */
export async function isFirstRead(context: RunContext): Promise<boolean> {
  const cursors = await inTenant(context, (tx) =>
    Promise.all([readCursor(tx, context.scope, 'Contact'), readCursor(tx, context.scope, 'Lead')]),
  );
  return cursors.every((cursor) => cursor === null);
}

/**
 * Says how many people a first sync is to bring, by one call for each object that is selected from. Only before
 * anybody was read: later on, records that are synced already match the selection as well, and what a run has to do is
 * known when it has read.
 */
export async function expectSelected({ salesforce, settings, progress }: RunContext): Promise<void> {
  let total = 0;
  for (const name of ['Contact', 'Lead'] as const) {
    const where = settings.objects.get(name)?.selectionWhere ?? null;
    if (where === null) continue;
    const open = name === 'Lead' ? ' AND IsConverted = false' : '';
    total += (await salesforce.query(`SELECT COUNT() FROM ${name} WHERE (${where})${open}`)).totalSize;
  }
  progress.expect(total);
}
