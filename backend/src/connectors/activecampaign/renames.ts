/** What an item is called now, and what it shall be called; both in one letter case. */
export interface Renaming<T> {
  readonly item: T;
  readonly from: string;
  readonly to: string;
}

/** Items of which each finds its new name free if they are renamed in this order, or a ring in which none does. */
export interface RenameStep<T> {
  readonly items: readonly T[];
  readonly isRing: boolean;
}

/** Orders renamings that stand in each other's way: who wants a name comes after the one who gives it up. */
export function orderRenames<T>(renamings: readonly Renaming<T>[]): RenameStep<T>[] {
  const byName = new Map(renamings.map((renaming) => [renaming.from, renaming]));
  const done = new Set<Renaming<T>>();
  const steps: RenameStep<T>[] = [];
  for (const first of renamings) {
    const path: Renaming<T>[] = [];
    let next: Renaming<T> | undefined = first;
    while (next !== undefined && !done.has(next)) {
      done.add(next);
      path.push(next);
      next = next.from === next.to ? undefined : byName.get(next.to);
    }
    const start = next === undefined ? -1 : path.indexOf(next);
    const ring = start === -1 ? [] : path.splice(start);
    if (ring.length > 0) steps.push({ items: ring.reverse().map(({ item }) => item), isRing: true });
    if (path.length > 0) steps.push({ items: path.reverse().map(({ item }) => item), isRing: false });
  }
  return steps;
}

/** Where nobody has a mailbox (RFC 2606); a contact stands there while two exchange their addresses. */
const passingHost = '@moving.syncline.invalid';

export function passingAddress(contactId: string): string {
  return `contact-${contactId}${passingHost}`;
}

export function isPassingAddress(email: string): boolean {
  return email.toLowerCase().endsWith(passingHost);
}
