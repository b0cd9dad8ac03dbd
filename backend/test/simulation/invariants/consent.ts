import { name, type Evidence, type Invariant } from '../evidence.ts';
import type { Change } from '../history.ts';
import { personsOf } from '../persons.ts';
import { keyOf } from '../records.ts';
import { wasSeen } from './lost-update.ts';

/** 6. The sync takes an opt-out back only where somebody did so on another record of the person, later. */
export const consent: Invariant = (evidence) => {
  const persons = personsOf(evidence);
  return evidence.changes
    .filter(
      ({ field, cause, before, after }) =>
        field === 'optOut' && cause === 'sync' && before === true && after === false,
    )
    .flatMap((change) =>
      wasAllowed(evidence, persons, change)
        ? []
        : [`The sync took back the opt-out of ${name(change)} (${change.order}).`],
    );
};

/** When somebody opted out on a record; of a Contact that was converted so, on its Lead. */
function optOutOf(
  changes: Evidence['changes'],
  record: Pick<Change, 'kind' | 'id'>,
  until: number,
): Change | undefined {
  const last = changes.findLast(
    ({ order, field, cause, after, kind, id }) =>
      order < until &&
      field === 'optOut' &&
      cause === 'user' &&
      after === true &&
      kind === record.kind &&
      id === record.id,
  );
  return last?.from === undefined ? last : optOutOf(changes, last.from, last.order);
}

/**
 * Whether the last that somebody said of a person, on whichever record, was that they opt in. What is taken back on a
 * record on which nobody opted out is what the sync brought: the Contact of a request, created with what its contact
 * held a moment before the opt-in of its Lead came there.
 */
function hasOptedIn(
  changes: Evidence['changes'],
  persons: ReadonlyMap<string, string>,
  person: string,
  until: number,
): boolean {
  const last = changes.findLast(
    (change) =>
      change.order < until &&
      change.field === 'optOut' &&
      change.cause === 'user' &&
      persons.get(keyOf(change)) === person,
  );
  return last?.before === true && last.after === false;
}

function wasAllowed(evidence: Evidence, persons: ReadonlyMap<string, string>, change: Change): boolean {
  const { changes } = evidence;
  const optedOut = optOutOf(changes, change, change.order);
  const person = persons.get(keyOf(change));
  const isAllowed = changes.some(
    (other) =>
      other.order < change.order &&
      other.order > (optedOut?.order ?? 0) &&
      other.side !== change.side &&
      other.field === 'optOut' &&
      other.cause === 'user' &&
      other.before === true &&
      other.after === false &&
      person !== undefined &&
      persons.get(keyOf(other)) === person,
  );
  if (isAllowed) return true;
  if (optedOut === undefined)
    return person !== undefined && hasOptedIn(changes, persons, person, change.order);
  return !wasSeen(evidence, [change], optedOut, change.sentAt);
}
