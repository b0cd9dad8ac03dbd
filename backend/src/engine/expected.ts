import { readCursor } from '../store/cursors.ts';
import { inTenant, type RunContext } from './context.ts';

/**
 * Says how many people a first sync is to bring, by one call for each object that is selected from. Only before
 * anybody was read: later on, records that are synced already match the selection as well, and what a run has to do is
 * known when it has read.
 */
export async function expectSelected(context: RunContext): Promise<void> {
  const { run, scope, salesforce, settings, rehearsal, progress } = context;
  if (run.direction !== 'outbound' || rehearsal !== null || progress.isExpected) return;
  const isRead = await inTenant(context, async (tx) => {
    const cursors = [await readCursor(tx, scope, 'Contact'), await readCursor(tx, scope, 'Lead')];
    return cursors.some((cursor) => cursor !== null);
  });
  if (isRead) return;
  let total = 0;
  for (const name of ['Contact', 'Lead'] as const) {
    const where = settings.objects.get(name)?.selectionWhere ?? null;
    if (where === null) continue;
    const open = name === 'Lead' ? ' AND IsConverted = false' : '';
    total += (await salesforce.query(`SELECT COUNT() FROM ${name} WHERE (${where})${open}`)).totalSize;
  }
  progress.expect(total);
}
