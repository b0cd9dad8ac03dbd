import type { Bounds } from './types.ts';

/** Entries a chunk holds before it splits. */
const CHUNK = 1024;

interface Chunk {
  readonly keys: string[];
  readonly ids: string[];
}

function compare(key: string, id: string, otherKey: string, otherId: string): number {
  if (key !== otherKey) return key < otherKey ? -1 : 1;
  if (id === otherId) return 0;
  return id < otherId ? -1 : 1;
}

/** The first position in `[0, length)` for which `isPast` holds; `isPast` is false, then true. */
function bisect(length: number, isPast: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Ids in the order of (key, id), for keys that mostly grow, as time stamps do: sorted chunks, appended to at the end.
 * A record whose key changes leaves its old entry behind; `isCurrent` tells such entries apart while reading,
 * and once they outnumber the living the index is built anew.
 */
export class OrderedIndex {
  private chunks: Chunk[] = [];
  private entries = 0;
  private living = 0;
  private readonly isCurrent: (key: string, id: string) => boolean;

  constructor(isCurrent: (key: string, id: string) => boolean, sorted: Iterable<readonly [string, string]>) {
    this.isCurrent = isCurrent;
    for (const [key, id] of sorted) this.append(key, id);
    this.living = this.entries;
  }

  /** Adds a current entry. Adding one that is there already changes nothing. */
  add(key: string, id: string): void {
    this.living += 1;
    const last = this.chunks.at(-1);
    const end = last === undefined ? -1 : last.keys.length - 1;
    if (last === undefined || compare(last.keys[end] ?? '', last.ids[end] ?? '', key, id) < 0) {
      this.append(key, id);
      return;
    }
    const at = this.chunkFor(key, id);
    const chunk = this.chunks[at];
    if (chunk === undefined) return;
    const position = bisect(
      chunk.keys.length,
      (index) => compare(chunk.keys[index] ?? '', chunk.ids[index] ?? '', key, id) >= 0,
    );
    if (chunk.keys[position] === key && chunk.ids[position] === id) return;
    chunk.keys.splice(position, 0, key);
    chunk.ids.splice(position, 0, id);
    this.entries += 1;
    if (chunk.keys.length > CHUNK) this.split(at, chunk);
  }

  /** Tells that a record's entry is no longer current. Call it after the record has its new key. */
  leave(): void {
    this.living -= 1;
    if (this.entries > 2 * this.living + CHUNK) this.rebuild();
  }

  /** Ids in order. Entries added while reading may or may not be seen. */
  *range(bounds: Bounds, direction: 'asc' | 'desc'): Generator<string> {
    const from = lowest(bounds);
    const to = highest(bounds);
    const step = direction === 'asc' ? 1 : -1;
    const chunks = this.chunks;
    let at = direction === 'asc' ? this.firstChunk(from) : this.lastChunk(to);
    for (; at >= 0 && at < chunks.length; at += step) {
      const chunk = chunks[at];
      if (chunk === undefined) return;
      const start = bisect(
        chunk.keys.length,
        (index) => from === undefined || isAtLeast(chunk.keys[index] ?? '', from),
      );
      const end = bisect(
        chunk.keys.length,
        (index) => to !== undefined && !isAtMost(chunk.keys[index] ?? '', to),
      );
      if (start >= end && chunkIsBeyond(chunk, from, to, direction)) return;
      for (let offset = 0; offset < end - start; offset += 1) {
        const index = direction === 'asc' ? start + offset : end - 1 - offset;
        const key = chunk.keys[index] ?? '';
        const id = chunk.ids[index] ?? '';
        if (this.isCurrent(key, id)) yield id;
      }
    }
  }

  private append(key: string, id: string): void {
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || chunk.keys.length >= CHUNK) {
      chunk = { keys: [], ids: [] };
      this.chunks.push(chunk);
    }
    chunk.keys.push(key);
    chunk.ids.push(id);
    this.entries += 1;
  }

  private chunkFor(key: string, id: string): number {
    const after = bisect(this.chunks.length, (index) => {
      const chunk = this.chunks[index];
      return chunk !== undefined && compare(chunk.keys[0] ?? '', chunk.ids[0] ?? '', key, id) > 0;
    });
    return Math.max(0, after - 1);
  }

  private firstChunk(from: Limit | undefined): number {
    if (from === undefined) return 0;
    return bisect(this.chunks.length, (index) => isAtLeast(this.chunks[index]?.keys.at(-1) ?? '', from));
  }

  private lastChunk(to: Limit | undefined): number {
    if (to === undefined) return this.chunks.length - 1;
    return bisect(this.chunks.length, (index) => !isAtMost(this.chunks[index]?.keys[0] ?? '', to)) - 1;
  }

  private split(at: number, chunk: Chunk): void {
    const half = chunk.keys.length >>> 1;
    this.chunks.splice(at + 1, 0, { keys: chunk.keys.splice(half), ids: chunk.ids.splice(half) });
  }

  private rebuild(): void {
    const old = this.chunks;
    this.chunks = [];
    this.entries = 0;
    for (const chunk of old) {
      chunk.keys.forEach((key, index) => {
        const id = chunk.ids[index] ?? '';
        if (this.isCurrent(key, id)) this.append(key, id);
      });
    }
    this.living = this.entries;
  }
}

interface Limit {
  readonly value: string;
  readonly inclusive: boolean;
}

function isAtLeast(key: string, limit: Limit): boolean {
  return limit.inclusive ? key >= limit.value : key > limit.value;
}

function isAtMost(key: string, limit: Limit): boolean {
  return limit.inclusive ? key <= limit.value : key < limit.value;
}

function chunkIsBeyond(
  chunk: Chunk,
  from: Limit | undefined,
  to: Limit | undefined,
  direction: 'asc' | 'desc',
): boolean {
  if (direction === 'asc') return to !== undefined && !isAtMost(chunk.keys[0] ?? '', to);
  return from !== undefined && !isAtLeast(chunk.keys.at(-1) ?? '', from);
}

/** The tighter of `gt` and `gte`. */
function lowest(bounds: Bounds): Limit | undefined {
  const gte = typeof bounds.gte === 'string' ? { value: bounds.gte, inclusive: true } : undefined;
  const gt = typeof bounds.gt === 'string' ? { value: bounds.gt, inclusive: false } : undefined;
  if (gte === undefined || gt === undefined) return gte ?? gt;
  return gt.value >= gte.value ? gt : gte;
}

/** The tighter of `lt` and `lte`. */
function highest(bounds: Bounds): Limit | undefined {
  const lte = typeof bounds.lte === 'string' ? { value: bounds.lte, inclusive: true } : undefined;
  const lt = typeof bounds.lt === 'string' ? { value: bounds.lt, inclusive: false } : undefined;
  if (lte === undefined || lt === undefined) return lte ?? lt;
  return lt.value <= lte.value ? lt : lte;
}
