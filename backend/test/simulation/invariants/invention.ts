import { isPassingAddress } from '../../../src/connectors/activecampaign/renames.ts';
import { name, show, type Evidence, type Invariant } from '../evidence.ts';
import type { Change } from '../history.ts';
import { personsOf } from '../persons.ts';
import { keyOf } from '../records.ts';

/** 4. Every value that the sync writes was on the other side before, in the same field. */
export const invention: Invariant = (evidence) => {
  const known = { salesforce: new Set<string>(), platform: new Set<string>() };
  const persons = personsOf(evidence);
  const found: string[] = [];
  for (const change of evidence.changes) {
    const { side, field, after, cause, kind } = change;
    if (field === null || kind === 'Account') {
      if (typeof after === 'string') known[side].add(`account ${after}`);
      continue;
    }
    const value = `${field} ${String(after)}`;
    const others = known[side === 'salesforce' ? 'platform' : 'salesforce'];
    // Where a contact stands while two people exchange their addresses; it is nobody's.
    if (typeof after === 'string' && isPassingAddress(after)) continue;
    if (cause === 'sync' && typeof after === 'string' && !others.has(value)) {
      found.push(
        `The sync set ${name(change, field)} to ${show(after)}, which nobody had on the other side.`,
      );
    }
    if (cause === 'sync' && after === null && field !== 'account' && !wasEmptied(evidence, persons, change)) {
      found.push(`The sync emptied ${name(change, field)}, though it was never empty on the other side.`);
    }
    known[side].add(value);
  }
  return found;
};

/** Whether a record of the same person on the other side was ever without the value before. */
function wasEmptied(
  { changes }: Evidence,
  persons: ReadonlyMap<string, string>,
  { side, field, order, kind, id }: Change,
): boolean {
  const person = persons.get(keyOf({ kind, id }));
  const partners = changes.filter(
    (change) =>
      change.field === null &&
      change.side !== side &&
      change.order < order &&
      persons.get(keyOf(change)) === person,
  );
  if (person === undefined || partners.length === 0) return true;
  return partners.some((partner) => {
    const values = changes.filter(
      (change) => change.field === field && change.order < order && keyOf(change) === keyOf(partner),
    );
    const hadItFromTheStart = values.some((change) => change.order === partner.order);
    return !hadItFromTheStart || values.some(({ after }) => after === null);
  });
}
