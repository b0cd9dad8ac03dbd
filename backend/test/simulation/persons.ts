import type { Evidence } from './evidence.ts';
import { keyOf, type RecordKind, type Snapshot } from './records.ts';

/**
 * Records that belong to one person, however they came to be linked, by the name of one of them: those that are
 * linked, were converted or merged into one another.
 */
export function personsOf({
  links,
  salesforce,
}: Pick<Evidence, 'links' | 'salesforce'>): Map<string, string> {
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

/** Where a record went that was merged or converted, over as many steps as it took; itself where it did not. */
export function survivorOf(record: Snapshot, all: ReadonlyMap<string, Snapshot>): Snapshot | undefined {
  return [record, ...heirsOf(record, all)].at(-1);
}

/** The records to which one went by a merge or a conversion, step by step; undefined for one that is not known. */
export function heirsOf(record: Snapshot, all: ReadonlyMap<string, Snapshot>): (Snapshot | undefined)[] {
  if (record.heir === null) return [];
  const kind: RecordKind = record.heir.startsWith('003') ? 'Contact' : record.kind;
  const heir = all.get(`${kind}/${record.heir}`);
  return heir === undefined ? [undefined] : [heir, ...heirsOf(heir, all)];
}

/** Records that were merged into this one or converted to it. */
export function origins(record: Snapshot, all: ReadonlyMap<string, Snapshot>): Snapshot[] {
  return [...all.values()].filter(
    (other) => other !== record && other.heir !== null && survivorOf(other, all) === record,
  );
}

/** Whether another record of its kind was merged into this one. */
export function isSurvivor(record: Snapshot, all: ReadonlyMap<string, Snapshot>): boolean {
  return origins(record, all).some(({ kind }) => kind === record.kind);
}
