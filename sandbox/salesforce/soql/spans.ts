import type { Bounds, Value } from '../org/types.ts';
import type { Constraint } from './filter.ts';

type Comparable = string | number;

/** One end of a stretch of values. */
interface End {
  readonly value: Comparable;
  readonly open: boolean;
}

interface Span {
  readonly low: End | undefined;
  readonly high: End | undefined;
}

/**
 * The bounds that a constraint puts on each field. AND intersects; OR keeps the hull of the fields that every branch
 * bounds, which turns `(T > x) OR (T = x AND Id > y)` into the lower bound `T >= x`.
 */
export function boundsByField(constraint: Constraint): ReadonlyMap<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const [field, span] of spansOf(constraint)) {
    if (span.low || span.high) bounds.set(field, toBounds(span));
  }
  return bounds;
}

function spansOf(constraint: Constraint): Map<string, Span> {
  switch (constraint.kind) {
    case 'open':
      return new Map();
    case 'keys': {
      const span = keySpan(constraint.keys);
      return new Map(span ? [[constraint.field, span]] : []);
    }
    case 'bounds':
      return new Map([[constraint.field, fromBounds(constraint.bounds)]]);
    case 'and': {
      const joined = new Map<string, Span>();
      for (const part of constraint.parts) {
        for (const [field, span] of spansOf(part)) {
          const known = joined.get(field);
          joined.set(field, known ? intersection(known, span) : span);
        }
      }
      return joined;
    }
    case 'or': {
      const [first, ...rest] = constraint.parts.map(spansOf);
      const joined = first ?? new Map<string, Span>();
      for (const spans of rest) {
        for (const [field, span] of joined) {
          const other = spans.get(field);
          if (other) joined.set(field, hull(span, other));
          else joined.delete(field);
        }
      }
      return joined;
    }
  }
}

/** Ids and numbers only: text keys are folded, and an index may order text otherwise. */
function keySpan(keys: readonly Value[]): Span | undefined {
  const numbers = keys.filter((key) => typeof key === 'number');
  if (numbers.length === 0 || numbers.length < keys.length) return undefined;
  const ends = numbers.reduce(
    (span, key) => [Math.min(span[0] ?? key, key), Math.max(span[1] ?? key, key)],
    [...numbers.slice(0, 1), ...numbers.slice(0, 1)],
  );
  const [low, high] = ends;
  if (low === undefined || high === undefined) return undefined;
  return { low: { value: low, open: false }, high: { value: high, open: false } };
}

function fromBounds(bounds: Bounds): Span {
  return { low: endOf(bounds.gte, bounds.gt), high: endOf(bounds.lte, bounds.lt) };
}

function endOf(closed: Value | undefined, open: Value | undefined): End | undefined {
  const value = closed ?? open;
  return typeof value === 'string' || typeof value === 'number'
    ? { value, open: closed === undefined }
    : undefined;
}

function toBounds({ low, high }: Span): Bounds {
  return {
    ...(low && (low.open ? { gt: low.value } : { gte: low.value })),
    ...(high && (high.open ? { lt: high.value } : { lte: high.value })),
  };
}

function intersection(one: Span, other: Span): Span {
  return { low: tighter(one.low, other.low, 1), high: tighter(one.high, other.high, -1) };
}

/** @param sign 1 keeps the greater end, -1 the smaller; of equal ends the open one. */
function tighter(one: End | undefined, other: End | undefined, sign: 1 | -1): End | undefined {
  if (!one || !other) return one ?? other;
  if (one.value === other.value) return one.open ? one : other;
  return one.value > other.value === (sign === 1) ? one : other;
}

function hull(one: Span, other: Span): Span {
  return { low: looser(one.low, other.low, 1), high: looser(one.high, other.high, -1) };
}

function looser(one: End | undefined, other: End | undefined, sign: 1 | -1): End | undefined {
  if (!one || !other) return undefined;
  if (one.value === other.value) return one.open ? other : one;
  return one.value > other.value === (sign === 1) ? other : one;
}
