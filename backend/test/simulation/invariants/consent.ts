import { name, type Evidence, type Invariant } from '../evidence.ts';
import type { Change } from '../history.ts';
import { personsOf } from '../persons.ts';
import { keyOf } from '../records.ts';
import { wasSeen } from './lost-update.ts';

/** 6. The sync takes an opt-out back only where somebody did so on the other side, later. */
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
  if (isAllowed || optedOut === undefined) return isAllowed;
  return !wasSeen(evidence, [change], optedOut, change.sentAt);
}
