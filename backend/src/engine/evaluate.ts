import { apply, diff } from '../sync/read.ts';
import { needs, planPair } from '../sync/plan.ts';
import { canonicalEquals } from '../sync/merge.ts';
import type { CompiledMapping, PairPlan, Side, Values } from '../sync/types.ts';
import type { LinkData, Problem } from '../store/links.ts';
import { sentence } from '../words/told.ts';
import { withMarks } from './marks.ts';

/** Whose value a person chose, by field. */
export type Resolutions = Readonly<Record<string, Side>>;

const none: Resolutions = {};

/** Both sides' newest known values. */
export function knownValues(link: LinkData): { salesforce: Values; platform: Values } {
  return {
    salesforce: apply(link.agreed, link.salesforcePending),
    platform: apply(link.agreed, link.platformPending),
  };
}

export function sameValues(a: Values | null, b: Values | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => {
      const [left, right] = [a[key], b[key]];
      return left !== undefined && right !== undefined && canonicalEquals(left, right);
    })
  );
}

/** The link with what was just seen on a side (or written to it and acknowledged), not yet evaluated. */
export function withObserved<T extends LinkData>(link: T, side: Side, values: Values): T {
  const pending = diff(values, link.agreed);
  return side === 'salesforce'
    ? { ...link, salesforcePending: pending }
    : { ...link, platformPending: pending };
}

/**
 * The link with what a side was just seen to hold. Our own writes change the record's time of change, too; for
 * "newest" it counts only where it brought values that we did not know.
 */
export function withSight<T extends LinkData>(link: T, side: Side, values: Values, changedAt: number): T {
  const seen = withObserved(link, side, values);
  if (sameValues(values, knownValues(link)[side])) return seen;
  return side === 'salesforce'
    ? { ...seen, salesforceChangedAt: changedAt }
    : { ...seen, platformChangedAt: changedAt };
}

/** The link without what was agreed on some fields: there the two sides meet as for the first time. */
export function withoutAgreed<T extends LinkData>(link: T, fields: ReadonlySet<string>): T {
  if (link.agreed === null || fields.size === 0) return link;
  const agreed = Object.fromEntries(Object.entries(link.agreed).filter(([field]) => !fields.has(field)));
  const { salesforce, platform } = knownValues(link);
  return withObserved(withObserved({ ...link, agreed }, 'salesforce', salesforce), 'platform', platform);
}

/** The link with values that a side has acknowledged to hold now. */
export function withWritten<T extends LinkData>(link: T, side: Side, written: Values): T {
  return withObserved(link, side, { ...knownValues(link)[side], ...written });
}

/** What a link's two records need of each other. @param known both sides' newest known values */
export function planOf(
  link: LinkData,
  mapping: CompiledMapping,
  resolutions: Resolutions = none,
  { salesforce, platform } = knownValues(link),
): PairPlan {
  const { agreed, salesforceChangedAt, platformChangedAt } = link;
  return planPair(mapping, {
    agreed,
    salesforce,
    platform,
    salesforceChangedAt,
    platformChangedAt,
    resolutions,
  });
}

/**
 * Decides anew what a linked pair needs: the shadow advances over all on which both sides agree, what is left
 * is due in the directions that have to write, open conflicts park the pair.
 */
export function evaluate<T extends LinkData>(
  link: T,
  mapping: CompiledMapping,
  now: number,
  resolutions: Resolutions = none,
): { link: T; plan: PairPlan } {
  const known = knownValues(link);
  const { salesforce, platform } = known;
  const plan = planOf(link, mapping, resolutions, known);
  const needed = needs(plan);
  const agreed = onlyMapped({ ...link.agreed, ...plan.agree }, mapping);
  const next = {
    ...link,
    agreed,
    salesforcePending: diff(onlyMapped(salesforce, mapping), agreed),
    platformPending: diff(onlyMapped(platform, mapping), agreed),
    outboundDue: needed.outbound ? now : null,
    inboundDue: needed.inbound ? now : null,
    problem: problemAfter(link.problem, plan),
  };
  return { link: withMarks(next), plan };
}

/**
 * Conflicts that wait park the link; parked ones are free again when nothing is left to decide. What a side refused is
 * over when nothing is to be written there any more.
 */
function problemAfter(problem: Problem | null, plan: PairPlan): Problem | null {
  const waits = plan.conflicts.find((conflict) => conflict.winner === null);
  if (waits !== undefined) {
    return {
      code: 'SYNC_CONFLICT_WAITING',
      message: sentence('Both systems changed “{field}” differently; choose which value stays.', {
        field: waits.field,
      }),
      side: 'salesforce',
      field: waits.field,
    };
  }
  if (problem === null || problem.unread === true) return problem;
  if (problem.code === 'SYNC_CONFLICT_WAITING') return null;
  const { outbound, inbound } = needs(plan);
  const isOwnLeft = problem.side === 'platform' ? outbound : inbound;
  const isLeft = isOwnLeft || (problem.code === 'SYNC_FIELD_OSCILLATES' && (outbound || inbound));
  return isLeft ? problem : null;
}

/** Whether it is a difference between the sides that a person is to decide, rather than something that a side refused. */
export function isBetweenSides({ code }: Problem): boolean {
  return code === 'SYNC_CONFLICT_WAITING' || code === 'SYNC_FIELD_OSCILLATES';
}

/** Without values of fields whose mapping was removed, so that a later mapping starts afresh. */
function onlyMapped(values: Values, mapping: CompiledMapping): Values {
  if (isMapped(values, mapping)) return values;
  const known = mappedKeys(mapping);
  return Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name)));
}

/** Whether all of these values are of fields that are mapped, be it that they cannot be used now. */
export function isMapped(values: Values | null, mapping: CompiledMapping): boolean {
  const known = mappedKeys(mapping);
  for (const key in values) if (!known.has(key)) return false;
  return true;
}

/** The keys of each mapping, as every link is asked about them. */
const keysOf = new WeakMap<CompiledMapping, ReadonlySet<string>>();

function mappedKeys(mapping: CompiledMapping): ReadonlySet<string> {
  const known = keysOf.get(mapping);
  if (known !== undefined) return known;
  const { fields, asleep = [] } = mapping;
  const keys = new Set([...asleep, ...fields.map((field) => field.platform)]);
  keysOf.set(mapping, keys);
  return keys;
}
