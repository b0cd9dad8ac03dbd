import { Decimal } from 'decimal.js';
import type { Value } from '../org/types.ts';
import { foldFor } from './comparisons.ts';
import type { Domain } from './domains.ts';

/** Names of the aggregate functions. */
export type AggregateName = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

const NAMES: readonly string[] = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/** The aggregate of that name in any letter case, if it is one. */
export function aggregateName(name: string | undefined): AggregateName | undefined {
  const upper = name?.toUpperCase() ?? '';
  // Membership in the list is what makes the name one of them.
  return NAMES.includes(upper) ? (upper as AggregateName) : undefined;
}

/** Whether the function takes values that compare so (Support for Field Types in Aggregate Functions). */
export function aggregates(name: AggregateName, domain: Domain): boolean {
  switch (name) {
    case 'SUM':
    case 'AVG':
      return domain === 'number';
    case 'MIN':
    case 'MAX':
      return domain !== 'boolean' && domain !== 'multi';
    case 'COUNT':
    case 'COUNT_DISTINCT':
      return domain !== 'boolean' && domain !== 'multi';
  }
}

/** Collects one aggregate's values; nulls do not count. */
export interface Accumulator {
  add(value: Value): void;
  result(): Value;
}

export function accumulator(name: AggregateName, domain: Domain): Accumulator {
  switch (name) {
    case 'COUNT':
      return counter();
    case 'COUNT_DISTINCT':
      return distinctCounter(foldFor(domain));
    case 'SUM':
      return total((sum) => sum.toNumber());
    case 'AVG':
      return total((sum, count) => sum.div(count).toNumber());
    case 'MIN':
      return extreme(foldFor(domain), (value, best) => value < best);
    case 'MAX':
      return extreme(foldFor(domain), (value, best) => value > best);
  }
}

function counter(): Accumulator {
  let count = 0;
  return {
    add(value) {
      if (value !== null) count += 1;
    },
    result: () => count,
  };
}

function distinctCounter(fold: (value: Value) => Value): Accumulator {
  const seen = new Set<Value>();
  return {
    add(value) {
      if (value !== null) seen.add(fold(value));
    },
    result: () => seen.size,
  };
}

/** Decimal sums, so that cents add up; null over no values. */
function total(finish: (sum: Decimal, count: number) => number): Accumulator {
  let sum = new Decimal(0);
  let count = 0;
  return {
    add(value) {
      if (typeof value !== 'number') return;
      sum = sum.plus(value);
      count += 1;
    },
    result: () => (count === 0 ? null : finish(sum, count)),
  };
}

function extreme(
  fold: (value: Value) => Value,
  beats: (value: NonNullable<Value>, best: NonNullable<Value>) => boolean,
): Accumulator {
  let best: { shown: Value; folded: NonNullable<Value> } | undefined;
  return {
    add(value) {
      const folded = fold(value);
      if (folded !== null && (!best || beats(folded, best.folded))) best = { shown: value, folded };
    },
    result: () => best?.shown ?? null,
  };
}
