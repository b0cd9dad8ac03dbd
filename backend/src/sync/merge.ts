import type { Canonical, FieldMapping, Policy, Side } from './types.ts';

/** One field of one pair, as both sides have it now and as they last agreed on it. */
export interface FieldState {
  /** Undefined when the sides never agreed: first link, or a new mapping row. */
  readonly base: Canonical | undefined;
  readonly salesforce: Canonical;
  readonly platform: Canonical;
  readonly policy: Policy;
  readonly emptyWins: boolean;
  readonly direction: FieldMapping['direction'];
  /** Milliseconds; null when unknown. */
  readonly salesforceChangedAt: number | null;
  readonly platformChangedAt: number | null;
  /** What a person chose for this field's parked conflict. */
  readonly resolution: Side | undefined;
}

/** A conflict's outcome: who won, null while a person is to choose. */
export interface Verdict {
  readonly winner: Side | 'both' | null;
  readonly value: Canonical;
}

/** What becomes of one field. `to` are the sides to write `value` to. */
export type FieldDecision =
  | { readonly kind: 'none' }
  | { readonly kind: 'agree'; readonly value: Canonical }
  | {
      readonly kind: 'write';
      readonly value: Canonical;
      readonly to: readonly Side[];
      readonly conflict: Verdict | null;
    }
  | { readonly kind: 'parked'; readonly conflict: Verdict };

const NOTHING: FieldDecision = { kind: 'none' };
const TO_PLATFORM: readonly Side[] = ['platform'];
const TO_SALESFORCE: readonly Side[] = ['salesforce'];

/** Whether two canonical values are the same. */
export function canonicalEquals(a: Canonical | undefined, b: Canonical | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/**
 * The three-way merge of one field.
 *
 * Equal sides need no write; the agreement is noted if it is news. If only one side differs from the last
 * agreement, its value goes to the other side, an empty one as well, unless a person resolved otherwise (a field
 * that went back and forth). If both differ from it and from each other, or they differ and never agreed, it is a
 * conflict, which is always reported:
 *
 * 1. a person's resolution wins;
 * 2. never agreed and one side empty: no conflict, the empty side is filled. A box that is not checked says as
 *    little as an empty field: nobody may ever have looked at it;
 * 3. an empty value loses against a non-empty one; with `emptyWins` it wins (under `ask` a person decides);
 * 4. the policy decides.
 *
 * A one-way row has one source. The target is written when the source changed since the agreement, also
 * over a change of the target's own, which is then reported as a conflict that the source won. A target that
 * drifts by itself is left alone until the source changes. An empty source that never agreed clears nothing.
 *
 * Consent (`most_restrictive` on booleans): true wins while there is no agreement, in every direction; later
 * a change to false by one side is a person who opted in again, and is carried over.
 */
export function mergeField(state: FieldState): FieldDecision {
  const { base, salesforce, platform } = state;
  if (canonicalEquals(salesforce, platform)) {
    return base !== undefined && canonicalEquals(base, salesforce)
      ? NOTHING
      : { kind: 'agree', value: salesforce };
  }
  switch (state.direction) {
    case 'outbound':
      return oneWay(state, 'salesforce', salesforce, platform);
    case 'inbound':
      return oneWay(state, 'platform', platform, salesforce);
    case 'both':
      return bothWays(state);
  }
}

function oneWay(state: FieldState, source: Side, value: Canonical, target: Canonical): FieldDecision {
  const { base } = state;
  const to = source === 'salesforce' ? TO_PLATFORM : TO_SALESFORCE;
  if (base === undefined) {
    if (value === null || optsOut(state.policy, target)) return NOTHING;
    if (value === false && target !== null) return NOTHING;
    if (isUnset(target, state)) return { kind: 'write', value, to, conflict: null };
    return { kind: 'write', value, to, conflict: { winner: source, value } };
  }
  if (canonicalEquals(base, value)) return NOTHING;
  const conflict = canonicalEquals(base, target) ? null : { winner: source, value };
  return { kind: 'write', value, to, conflict };
}

function bothWays(state: FieldState): FieldDecision {
  const { base, salesforce, platform } = state;
  if (state.resolution !== undefined) return decided(state, won(state, state.resolution));
  if (base === undefined) {
    if (platform === null || (isUnset(platform, state) && salesforce !== null)) {
      return { kind: 'write', value: salesforce, to: TO_PLATFORM, conflict: null };
    }
    if (isUnset(salesforce, state))
      return { kind: 'write', value: platform, to: TO_SALESFORCE, conflict: null };
  } else {
    if (canonicalEquals(base, platform)) {
      return { kind: 'write', value: salesforce, to: TO_PLATFORM, conflict: null };
    }
    if (canonicalEquals(base, salesforce)) {
      return { kind: 'write', value: platform, to: TO_SALESFORCE, conflict: null };
    }
  }
  const verdict = judge(state);
  if (verdict.winner === null) return { kind: 'parked', conflict: verdict };
  return decided(state, verdict);
}

/** Whether nobody has said anything here yet. Consent is judged, and told, whoever has it. */
function isUnset(value: Canonical, { policy }: FieldState): boolean {
  return value === null || (value === false && policy !== 'most_restrictive');
}

function decided(state: FieldState, verdict: Verdict): FieldDecision {
  return { kind: 'write', value: verdict.value, to: losers(state, verdict.value), conflict: verdict };
}

/** The sides that do not hold the value yet. */
function losers(state: FieldState, value: Canonical): readonly Side[] {
  const to: Side[] = [];
  if (!canonicalEquals(state.platform, value)) to.push('platform');
  if (!canonicalEquals(state.salesforce, value)) to.push('salesforce');
  return to;
}

function judge(state: FieldState): Verdict {
  const { salesforce, platform, policy, emptyWins } = state;
  if (salesforce === null || platform === null) {
    if (!emptyWins) return won(state, salesforce === null ? 'platform' : 'salesforce');
    if (policy !== 'ask') return won(state, salesforce === null ? 'salesforce' : 'platform');
  }
  switch (policy) {
    case 'salesforce':
    case 'platform':
      return won(state, policy);
    case 'newest':
      return won(state, newest(state));
    case 'union':
      return isSet(salesforce) && isSet(platform)
        ? { winner: 'both', value: union(salesforce, platform) }
        : won(state, 'salesforce');
    case 'most_restrictive':
      return won(state, platform === true ? 'platform' : 'salesforce');
    case 'ask':
      return { winner: null, value: state.base ?? null };
  }
}

function won(state: FieldState, winner: Side): Verdict {
  return { winner, value: state[winner] };
}

/** The side that changed last; Salesforce when that is unknown or a tie. */
function newest({ salesforceChangedAt, platformChangedAt }: FieldState): Side {
  return salesforceChangedAt !== null && platformChangedAt !== null && platformChangedAt > salesforceChangedAt
    ? 'platform'
    : 'salesforce';
}

function optsOut(policy: Policy, target: Canonical): boolean {
  return policy === 'most_restrictive' && target === true;
}

function isSet(value: Canonical): value is readonly string[] {
  return Array.isArray(value);
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}
