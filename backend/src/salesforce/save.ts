import { isSyncError, type ErrorCode } from '../lib/errors.ts';
import { chunks, partition, waves } from '../lib/lists.ts';
import { Outcomes } from '../lib/outcomes.ts';
import { sentence, type Told } from '../words/told.ts';
import { isUnfitForCsv } from './bulk-csv.ts';
import { BulkSaver, type BulkOptions } from './bulk.ts';
import { COLLECTION_ROWS, CollectionSaver } from './collections.ts';
import { asSyncErrors, failedOutcome } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { byParent, identityOf, toItems, type Item, type Row, type SaveTarget } from './rows.ts';
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
 * were locked are sent again a few times. A row with a key is safe to repeat, so its unheard answer is asked for anew;
 * new rows go by collections alone.
 *
 * @throws SyncError when a call failed before any row was written
 */
export async function save(
  context: SaveContext,
  target: SaveTarget,
  rows: readonly Row[],
): Promise<SaveOutcome[]> {
  const outcomes = new Outcomes<SaveOutcome>(rows.length, ({ ok }) => ok);
  const items = toItems(target, rows, outcomes);
  let end: { code: ErrorCode; told: Told } = {
    code: 'SYNC_SALESFORCE_ANSWER_UNEXPECTED',
    told: sentence('Salesforce said nothing of this row.'),
  };
  try {
    for (const wave of waves(items, identityOf(target)))
      await asSyncErrors(saveWave(context, target, wave, outcomes));
  } catch (error) {
    if (!isSyncError(error) || !outcomes.written) throw error;
    context.logger?.warn({ code: error.code, object: target.object }, 'A save ended early');
    end = error;
  }
  const missing = failedOutcome(end.code, 'NOT_REACHED', end.told);
  return outcomes.complete(() => missing);
}

async function saveWave(
  context: SaveContext,
  target: SaveTarget,
  items: readonly Item[],
  outcomes: Outcomes<SaveOutcome>,
): Promise<void> {
  const { exchange, root, clock, random } = context;
  const collections = new CollectionSaver(exchange, root, target, outcomes);
  const ordered = byParent(items);
  if (target.operation === 'create' || items.length <= BULK_ABOVE) await collections.save(ordered);
  else {
    const [unfit, fit] = partition(ordered, isUnfitForCsv);
    await new BulkSaver(context, target, outcomes).save(fit);
    await collections.save(unfit);
  }
  for (let round = 0; round < LOCK_ROUNDS; round += 1) {
    const locked = ordered.filter(({ index }) => isLocked(outcomes.at(index)));
    if (locked.length === 0) return;
    await clock.sleep(Math.round(LOCK_PAUSE_MS * 2 ** round * (0.5 + random() / 2)));
    for (const batch of chunks(locked, COLLECTION_ROWS)) await collections.save(batch);
  }
}

function isLocked(outcome: SaveOutcome | undefined): boolean {
  return outcome?.ok === false && outcome.code === 'SYNC_SALESFORCE_LOCKED';
}
