import type { Value } from './types.ts';

/** The key under which equal values meet: text compares without letter case, and nothing and null are the same. */
export function hashKey(value: Value | undefined): Exclude<Value, undefined> {
  if (value === undefined) return null;
  return typeof value === 'string' ? value.toLowerCase() : value;
}

const NONE: ReadonlySet<string> = new Set();

/** From a value to the ids that hold it. A value with one record costs no set. Nulls are not indexed. */
export class HashIndex {
  private readonly entries = new Map<Value, string | Set<string>>();

  add(value: Value | undefined, id: string): void {
    const key = hashKey(value);
    if (key === null) return;
    const found = this.entries.get(key);
    if (found === undefined) this.entries.set(key, id);
    else if (typeof found !== 'string') found.add(id);
    else if (found !== id) this.entries.set(key, new Set([found, id]));
  }

  remove(value: Value | undefined, id: string): void {
    const key = hashKey(value);
    const found = this.entries.get(key);
    if (found === undefined) return;
    if (typeof found === 'string') {
      if (found === id) this.entries.delete(key);
      return;
    }
    found.delete(id);
    if (found.size === 0) this.entries.delete(key);
  }

  ids(value: Value): Iterable<string> {
    const found = this.entries.get(hashKey(value));
    if (found === undefined) return NONE;
    return typeof found === 'string' ? [found] : found;
  }
}
