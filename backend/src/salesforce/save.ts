import { isSyncError } from '../lib/errors.ts';
import type { ErrorCode } from '../lib/errors.ts';
import { isUnfitForCsv } from './bulk-csv.ts';
import { BulkSaver, type BulkOptions } from './bulk.ts';
import { COLLECTION_ROWS, CollectionSaver } from './collections.ts';
import { asSyncErrors } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { byParent, chunks, Outcomes, toItems, waves, type Item, type Row, type SaveTarget } from './rows.ts';
import type { SaveOutcome } from './types.ts';

export interface SaveContext extends BulkOptions {
  readonly exchange: Exchange;
  /** `/services/data/v67.0` */
  readonly root: string;
  readonly random: () => number;
}

/** Bulk API 2.0 pays above so many rows (Bulk API 2.0 guide, "When to use"). */
const BULK_ABOVE = 2_000;
const LOCK_ROUNDS = 3;
const LOCK_PAUSE_MS = 1_000;

/**
 * Saves rows by the door that costs the fewest calls and answers one outcome for each, in their order. Rows that
 * were locked are sent again a few times. Every row is safe to repeat, so an unheard answer is asked for anew.
 *
 * @throws SyncError when a call failed before any row was written
 */
export async function save(
  context: SaveContext,
  target: SaveTarget,
  rows: readonly Row[],
): Promise<SaveOutcome[]> {
  const outcomes = new Outcomes(rows.length);
  const items = toItems(target, rows, outcomes);
  let end: { code: ErrorCode; message: string } = {
    code: 'SYNC_SALESFORCE_ANSWER_UNEXPECTED',
    message: 'Salesforce said nothing of this row.',
  };
  try {
    for (const wave of waves(target, items)) await asSyncErrors(saveWave(context, target, wave, outcomes));
  } catch (error) {
    if (!isSyncError(error) || !outcomes.written) throw error;
    context.logger?.warn({ code: error.code, object: target.object }, 'A save ended early');
    end = error;
  }
  return outcomes.complete(end.code, 'NOT_REACHED', end.message);
}

async function saveWave(
  context: SaveContext,
  target: SaveTarget,
  items: readonly Item[],
  outcomes: Outcomes,
): Promise<void> {
  const { exchange, root, clock, random } = context;
  const collections = new CollectionSaver(exchange, root, target, outcomes);
  const ordered = byParent(items);
  if (items.length <= BULK_ABOVE) await collections.save(ordered);
  else {
    await new BulkSaver(context, target, outcomes).save(ordered.filter((item) => !isUnfitForCsv(item)));
    await collections.save(ordered.filter(isUnfitForCsv));
  }
  for (let round = 0; round < LOCK_ROUNDS; round += 1) {
    const locked = outcomes.failedWith(ordered, 'SYNC_SALESFORCE_LOCKED');
    if (locked.length === 0) return;
    await clock.sleep(Math.round(LOCK_PAUSE_MS * 2 ** round * (0.5 + random() / 2)));
    for (const batch of chunks(locked, COLLECTION_ROWS)) await collections.save(batch);
  }
}
