import { canonicalEquals, mergeField, type FieldDecision } from './merge.ts';
import type {
  Canonical,
  CompiledField,
  CompiledMapping,
  FieldConflict,
  PairPlan,
  PairState,
  Values,
} from './types.ts';

/** The plan of a pair that needs nothing; always this object, so that planning it costs no memory. */
export const EMPTY_PLAN: PairPlan = Object.freeze({
  toPlatform: Object.freeze({}),
  toSalesforce: Object.freeze({}),
  agree: Object.freeze({}),
  conflicts: Object.freeze([]),
});

interface Draft {
  readonly toPlatform: Record<string, Canonical>;
  readonly toSalesforce: Record<string, Canonical>;
  readonly agree: Record<string, Canonical>;
  readonly conflicts: FieldConflict[];
}

/**
 * What to do with every mapped field of one linked pair. A field that is absent on either side is not known
 * or not valid there: it is left as it is on both. Answers {@link EMPTY_PLAN} when there is nothing to do.
 */
export function planPair(mapping: CompiledMapping, state: PairState): PairPlan {
  let draft: Draft | null = null;
  const { agreed, salesforce, platform } = state;
  for (const field of mapping.fields) {
    const key = field.platform;
    const ours = salesforce[key];
    const theirs = platform[key];
    if (ours === undefined || theirs === undefined) continue;
    const base = agreed === null ? undefined : agreed[key];
    if (base !== undefined && same(ours, base) && same(theirs, base)) continue;
    const decision = mergeField({
      base,
      salesforce: ours,
      platform: theirs,
      policy: field.policy,
      emptyWins: field.emptyWins,
      direction: field.direction,
      salesforceChangedAt: state.salesforceChangedAt,
      platformChangedAt: state.platformChangedAt,
      resolution: state.resolutions[key],
    });
    if (decision.kind === 'none') continue;
    draft ??= { toPlatform: {}, toSalesforce: {}, agree: {}, conflicts: [] };
    note(draft, field, decision, { base, salesforce: ours, platform: theirs });
  }
  return draft ?? EMPTY_PLAN;
}

/** Equality with its most frequent answer first: most fields are texts that did not change. */
function same(a: Canonical, b: Canonical): boolean {
  return a === b || (typeof a === 'object' && canonicalEquals(a, b));
}

/** Which sides a plan writes to. */
export function needs(plan: PairPlan): { outbound: boolean; inbound: boolean } {
  return { outbound: !isEmpty(plan.toPlatform), inbound: !isEmpty(plan.toSalesforce) };
}

function note(
  draft: Draft,
  field: CompiledField,
  decision: Exclude<FieldDecision, { kind: 'none' }>,
  seen: Pick<FieldConflict, 'base' | 'salesforce' | 'platform'>,
): void {
  const key = field.platform;
  if (decision.kind === 'agree') {
    draft.agree[key] = decision.value;
    return;
  }
  if (decision.conflict !== null) {
    draft.conflicts.push({ field: key, ...seen, policy: field.policy, ...decision.conflict });
  }
  if (decision.kind === 'parked') return;
  for (const side of decision.to) {
    (side === 'platform' ? draft.toPlatform : draft.toSalesforce)[key] = decision.value;
  }
}

function isEmpty(values: Values): boolean {
  for (const _key in values) return false;
  return true;
}
