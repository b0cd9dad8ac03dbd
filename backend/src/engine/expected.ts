import { allDone } from '../lib/all-done.ts';
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
  const counts = await allDone(
    (['Contact', 'Lead'] as const).map(async (name) => {
      const where = settings.objects.get(name)?.selectionWhere ?? null;
      if (where === null) return 0;
      const open = name === 'Lead' ? ' AND IsConverted = false' : '';
      return (await salesforce.query(`SELECT COUNT() FROM ${name} WHERE (${where})${open}`)).totalSize;
    }),
  );
  progress.expect(counts.reduce((sum, count) => sum + count, 0));
}
