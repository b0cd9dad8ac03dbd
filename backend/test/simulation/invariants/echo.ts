import { keyOf } from '../records.ts';
import type { Evidence, Invariant } from '../evidence.ts';

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

/** Records that belong together, however they came to be linked, by the name of one of them. */
function personsOf({ links, salesforce }: Evidence): Map<string, string> {
  const groups = new Map<string, string>();
  const join = (a: string, b: string): void => {
    const [from, to] = [groups.get(a) ?? a, groups.get(b) ?? b];
    for (const [key, group] of groups) if (group === from) groups.set(key, to);
    groups.set(a, to);
    groups.set(b, to);
  };
  for (const { object, salesforce: ours, platform } of links)
    if (ours !== null && platform !== null)
      join(`${object}/${ours}`, `${object === 'Account' ? 'account' : 'contact'}/${platform}`);
  for (const record of salesforce.values())
    if (record.heir !== null) {
      join(keyOf(record), `${record.heir.startsWith('003') ? 'Contact' : record.kind}/${record.heir}`);
    }
  return groups;
}
