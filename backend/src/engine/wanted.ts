import type { Link } from '../store/links.ts';
import type { CompiledMapping, FieldConflict, Side, Values } from '../sync/types.ts';
import { stillMeant, type Choices } from './conflicts.ts';
import { evaluate, type Resolutions } from './evaluate.ts';
import { splitOscillating } from './oscillation.ts';
import { filledAtReunion, isReunion } from './reunion.ts';

/** What a link needs on one side. */
export interface Wanted {
  /** The link as both sides were seen, with the problem under which it is parked, if any. */
  readonly link: Link;
  /** The values to write. */
  readonly values: Values;
  /** Conflicts that these writes decide, or a first meeting does, and those under which a loop is parked. */
  readonly conflicts: readonly FieldConflict[];
  /** Whose values people chose for fields in conflict. */
  readonly resolutions: Resolutions;
}

/**
 * Plans what to write of one link to a side: people's choices count, loops are parked (invariant 3), and every
 * conflict that a write decides is told (invariant 2).
 *
 * @param seen - The link with the newest values of both sides.
 * @param unread - Fields whose value on that side could not be read; they are not written over.
 */
export function wantedOn(
  side: Side,
  seen: Link,
  mapping: CompiledMapping,
  now: number,
  { choices, unread }: { choices: Choices; unread?: ReadonlySet<string> },
): Wanted {
  const resolutions = stillMeant(choices, seen, mapping);
  const { link, plan } = evaluate(seen, mapping, now, resolutions);
  const planned = side === 'platform' ? plan.toPlatform : plan.toSalesforce;
  const readable = Object.entries(planned).filter(([field]) => unread?.has(field) !== true);
  const { calm, parked, problem } = splitOscillating(link, Object.fromEntries(readable), side, now, {
    mapping,
    resolutions,
  });
  // What a person decided stands in the inbox already. In a first meeting the other side's decisions are told as well: a
  // creation that is under way may have come upon the same contact, and write over it before they are carried out.
  const isDecidedNow = (field: string): boolean =>
    field in calm || (seen.agreed === null && !(field in planned));
  const decided = plan.conflicts.filter(
    ({ winner, field }) => winner !== null && isDecidedNow(field) && !(field in resolutions),
  );
  const filled = isReunion(seen) ? filledAtReunion(seen, mapping, plan) : [];
  return {
    link: { ...link, problem: problem ?? link.problem },
    values: calm,
    conflicts: [...decided, ...parked, ...filled],
    resolutions,
  };
}
