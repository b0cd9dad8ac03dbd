/** The list in pieces of at most `size`, in order. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const cut: T[][] = [];
  for (let from = 0; from < list.length; from += size) cut.push(list.slice(from, from + size));
  return cut;
}

/**
 * Cuts a list so that no key stands twice in one piece: the first of each key, then the second of each, and so on.
 * Pieces keep the list's order.
 */
export function waves<T>(list: readonly T[], keyOf: (entry: T) => string): T[][] {
  const seen = new Map<string, number>();
  const cut: T[][] = [];
  for (const entry of list) {
    const key = keyOf(entry);
    const wave = seen.get(key) ?? 0;
    seen.set(key, wave + 1);
    (cut[wave] ??= []).push(entry);
  }
  return cut;
}

/** Those that match, and those that do not. */
export function partition<T>(list: readonly T[], matches: (entry: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const entry of list) (matches(entry) ? yes : no).push(entry);
  return [yes, no];
}
