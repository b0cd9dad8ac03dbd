import type { Side } from './types.ts';

/** One write of ours to a field. `value` is the value written, or a hash of it. */
export interface FieldWrite {
  readonly side: Side;
  /** Milliseconds. */
  readonly at: number;
  readonly value: string;
}

export interface OscillationLimits {
  /** More writes than this, in alternation within the window, park the field. */
  readonly limit: number;
  readonly windowMilliseconds: number;
}

/** Six writes back and forth within an hour are more than two people do. */
export const defaultLimits: OscillationLimits = { limit: 6, windowMilliseconds: 3_600_000 };

/**
 * Whether we write a field back and forth: the newest writes within the window go to one side and the other by
 * turns, there are more of them than the limit, and a value comes back. Where every value is new (a counter, a
 * time stamp set by an automation), twice the limit parks it as well. Many writes to one side are no loop: they
 * follow a person or system that edits the other.
 */
export function oscillates(
  writes: readonly FieldWrite[],
  now: number,
  limits: OscillationLimits = defaultLimits,
): boolean {
  const run = newestAlternation(recentWrites(writes, now, limits));
  if (run.length <= limits.limit) return false;
  return run.length > 2 * limits.limit || hasReturningValue(run);
}

/** The writes that still count, oldest first: what needs to be kept. */
export function recentWrites<T extends FieldWrite>(
  writes: readonly T[],
  now: number,
  limits: OscillationLimits = defaultLimits,
): T[] {
  return writes
    .filter((write) => write.at > now - limits.windowMilliseconds && write.at <= now)
    .sort((a, b) => a.at - b.at);
}

function newestAlternation(writes: readonly FieldWrite[]): readonly FieldWrite[] {
  let start = writes.length - 1;
  while (start > 0 && writes[start - 1]?.side !== writes[start]?.side) start -= 1;
  return writes.slice(Math.max(start, 0));
}

function hasReturningValue(writes: readonly FieldWrite[]): boolean {
  return new Set(writes.map((write) => `${write.side} ${write.value}`)).size < writes.length;
}
