import type { Invariant } from '../evidence.ts';
import { personsOf } from '../persons.ts';
import { keyOf } from '../records.ts';

/** The first agreement may write a field once to each side. */
const atFirst = 2;

/** 3. Our writes cause no writes: a field is written no more often than people changed it. */
export const echo: Invariant = (evidence) => {
  const groups = personsOf(evidence);
  const counts = new Map<string, { ours: number; theirs: number }>();
  for (const change of evidence.changes) {
    if (change.field === null) continue;
    const group = groups.get(keyOf(change)) ?? keyOf(change);
    const key = `${group} ${change.field}`;
    const count = counts.get(key) ?? { ours: 0, theirs: 0 };
    count[change.cause === 'sync' ? 'ours' : 'theirs'] += 1;
    counts.set(key, count);
  }
  return [...counts].flatMap(([key, { ours, theirs }]) =>
    ours > 2 * theirs + atFirst
      ? [`${key} was written ${ours} times by the sync for ${theirs} changes by people.`]
      : [],
  );
};
