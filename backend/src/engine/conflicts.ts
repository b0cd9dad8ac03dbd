import {
  chosenConflicts,
  recordConflicts,
  settleConflicts,
  type Choice,
  type NewConflict,
  type TwoWayFields,
} from '../store/conflicts.ts';
import type { Link, LinkData } from '../store/links.ts';
import type { Tx } from '../store/scope.ts';
import { canonicalEquals } from '../sync/merge.ts';
import type { CompiledMapping, FieldConflict, FieldIssue } from '../sync/types.ts';
import { inTenant, type RunContext } from './context.ts';
import { knownValues, planOf, type Resolutions } from './evaluate.ts';
import type { SyncSettings } from './sync-settings.ts';

/**
 * Brings the inbox up to date with links that were just saved, in the same transaction: conflicts that wait for a
 * person go in; those that people have solved on the records themselves, and those that nobody can decide any more, go
 * out.
 */
export async function noteWaiting(context: RunContext, tx: Tx, links: readonly Link[]): Promise<void> {
  await settleWaiting(context, tx, links);
  const waiting = links.filter(
    ({ state, problem }) => state === 'linked' && problem?.code === 'SYNC_CONFLICT_WAITING',
  );
  if (waiting.length === 0) return;
  const conflicts = waiting.flatMap((link) => {
    const settings = context.settings.objects.get(link.object);
    if (settings === undefined) return [];
    const { conflicts: all } = planOf(link, settings.mapping);
    return bothChanged(
      link.id,
      all.filter(({ winner }) => winner === null),
    );
  });
  await storeConflicts(context, tx, conflicts);
}

/** Takes out of the inbox what is solved by now, and what nobody can decide any more. */
export async function settleWaiting(context: RunContext, tx: Tx, links: readonly Link[]): Promise<void> {
  const ids = links.map(({ id }) => id);
  const { scope, settings, clock } = context;
  await settleConflicts(tx, scope, ids, twoWayFields(settings), clock.now());
}

/** Fields that are asleep count: what waits there is to be decided when they are back. */
function twoWayFields({ objects }: SyncSettings): TwoWayFields {
  const of = ({ fields, asleep = [] }: CompiledMapping): string[] => [
    ...asleep,
    ...fields.flatMap(({ platform, direction }) => (direction === 'both' ? platform : [])),
  ];
  return Object.fromEntries([...objects].map(([object, { mapping }]) => [object, of(mapping)]));
}

/** A link's conflicts of the usual kind. */
export function bothChanged(linkId: number, conflicts: readonly FieldConflict[]): NewConflict[] {
  return conflicts.map((conflict) => ({ linkId, conflict, reason: 'both_changed' }));
}

export async function storeConflicts(
  context: RunContext,
  tx: Tx,
  conflicts: readonly NewConflict[],
): Promise<void> {
  const { scope, run, clock, progress } = context;
  progress.conflicts += await recordConflicts(tx, scope, run.id, conflicts, clock.now());
}

/**
 * Records the conflicts that writes are about to decide. Once a value is written over, no other trace of it is left:
 * if the process dies before it hears that it was, both sides look as if they had always agreed.
 */
export async function noteDecided(
  context: RunContext,
  intents: readonly { readonly before: Link; readonly conflicts: readonly FieldConflict[] }[],
): Promise<void> {
  const decided = intents.flatMap(({ before, conflicts }) =>
    bothChanged(
      before.id,
      conflicts.filter(({ winner }) => winner !== null),
    ),
  );
  if (decided.length > 0) await inTenant(context, (tx) => storeConflicts(context, tx, decided));
}

/** What people chose for a link's conflicts, by field. */
export type Choices = Readonly<Record<string, Choice>>;

export const noChoices: Choices = {};

/**
 * What people chose for the links' conflicts and no run has carried out yet, by link id. A link's problem does not tell
 * whether it has conflicts: a write of another field may have failed since, or a loop may have come to rest.
 */
export async function chosenFor(context: RunContext, links: readonly Link[]): Promise<Map<number, Choices>> {
  const linked = links.flatMap(({ id, state }) => (state === 'linked' ? id : []));
  if (linked.length === 0) return new Map();
  return inTenant(context, (tx) => chosenConflicts(tx, context.scope, linked));
}

/**
 * The choices between the values that both sides still have, of fields that go both ways. A choice between older ones is
 * asked for again.
 */
export function stillMeant(choices: Choices, link: LinkData, { fields }: CompiledMapping): Resolutions {
  const { salesforce, platform } = knownValues(link);
  const meant = Object.entries(choices).filter(
    ([field, choice]) =>
      fields.some((row) => row.platform === field && row.direction === 'both') &&
      canonicalEquals(choice.salesforce, salesforce[field] ?? null) &&
      canonicalEquals(choice.platform, platform[field] ?? null),
  );
  return Object.fromEntries(meant.map(([field, { winner }]) => [field, winner]));
}

/** The choices of values that the other side could not take, for one of these reasons. */
export function refusedChoices(resolutions: Resolutions, reasons: readonly FieldIssue[]): Resolutions {
  const refused = new Set(reasons.map(({ field }) => field));
  return Object.fromEntries(Object.entries(resolutions).filter(([field]) => refused.has(field)));
}
