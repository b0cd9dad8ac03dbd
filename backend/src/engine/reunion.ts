import type { Link, LinkData } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import type { CompiledMapping, FieldConflict, PairPlan } from '../sync/types.ts';
import { bothChanged, storeConflicts } from './conflicts.ts';
import type { RunContext } from './context.ts';
import { knownValues, planOf } from './evaluate.ts';
import type { ObjectSettings } from './sync-settings.ts';

/**
 * Whether two records that meet as for the first time belonged together before: the Salesforce record bears the
 * contact's id. The sync made it, and what was agreed then was lost with a worker that died before it had noted it.
 */
export function isReunion({ agreed, platformId, salesforceMarks }: LinkData): boolean {
  return agreed === null && platformId !== null && salesforceMarks?.id === platformId;
}

/**
 * What filling an empty field may undo in a reunion: nothing tells a field that was emptied since from one that got its
 * value since. The value is kept, as in every first meeting, and told as a conflict (invariant 2).
 *
 * @param seen - The link with the newest values of both sides.
 * @param plan - What it needs.
 */
export function filledAtReunion(
  seen: LinkData,
  { fields }: CompiledMapping,
  plan: PairPlan,
): FieldConflict[] {
  const { salesforce, platform } = knownValues(seen);
  const told = new Set(plan.conflicts.map(({ field }) => field));
  return fields.flatMap(({ platform: field, policy, direction }): FieldConflict[] => {
    const [ours, theirs] = [salesforce[field], platform[field]];
    if (direction !== 'both' || told.has(field) || ours === undefined || theirs === undefined) return [];
    const sides = { field, base: undefined, salesforce: ours, platform: theirs, policy };
    if (field in plan.toPlatform) return [{ ...sides, winner: 'salesforce', value: ours }];
    if (field in plan.toSalesforce) return [{ ...sides, winner: 'platform', value: theirs }];
    return [];
  });
}

/** Tells what is about to be filled where records turned out to be what open requests had asked for. */
export async function noteReunions(
  context: RunContext,
  tx: Tx,
  { mapping }: ObjectSettings,
  links: readonly Link[],
): Promise<void> {
  const filled = links.flatMap((link) =>
    bothChanged(link.id, filledAtReunion(link, mapping, planOf(link, mapping))),
  );
  await storeConflicts(context, tx, filled);
}
