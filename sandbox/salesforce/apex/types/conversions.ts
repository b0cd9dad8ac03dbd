import { toId18 } from '../../org/ids.ts';
import { raise } from '../runtime/errors.ts';
import { ApexDate, ApexDatetime, ApexDecimal, ApexDouble, ApexList } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { numberRank, same } from './type.ts';
import type { Type } from './type.ts';

/** An implicit conversion: how far the types are apart, and what the value must become (nothing where it fits as it is). */
export interface Conversion {
  readonly cost: number;
  readonly apply?: (value: Value) => Value;
}

const EXACT: Conversion = { cost: 0 };
const TO_OBJECT: Conversion = { cost: 1_000 };

/** A number of any kind as another kind. Narrowing cuts the fraction off, as casts do. */
export function toNumber(value: Value, target: string): Value {
  // An Integer as it is, which most of them are.
  if (typeof value === 'number' && target === 'integer') return value;
  const source =
    value instanceof ApexDecimal ? value.value.toFixed() : value instanceof ApexDouble ? value.value : value;
  if (typeof source !== 'number' && typeof source !== 'bigint' && typeof source !== 'string') return value;
  switch (target) {
    case 'integer':
      return Number(BigInt.asIntN(32, BigInt(Math.trunc(Number(source)))));
    case 'long':
      return typeof source === 'bigint' ? source : BigInt(Math.trunc(Number(source)));
    case 'double':
      return new ApexDouble(Number(source));
    default:
      return value instanceof ApexDecimal ? value : new ApexDecimal(String(source));
  }
}

/** @throws ApexFailure StringException for what is no id. */
export function toId(value: Value): Value {
  if (typeof value !== 'string') return value;
  return toId18(value) ?? raise('StringException', `Invalid id: ${value}`);
}

function toDatetime(value: Value): Value {
  return value instanceof ApexDate ? new ApexDatetime(value.days * 86_400_000) : value;
}

/** Query results stand for their one row. */
function theOneRow(value: Value): Value {
  if (!(value instanceof ApexList)) return value;
  if (value.items.length === 0) raise('QueryException', 'List has no rows for assignment to SObject');
  if (value.items.length > 1) raise('QueryException', 'List has more than 1 row for assignment to SObject');
  return value.items[0] ?? null;
}

function ofPrimitives(from: Type, to: Type): Conversion | undefined {
  const [rank, wanted] = [numberRank(from), numberRank(to)];
  if (rank >= 0 && wanted >= 0) {
    const isWider = wanted > rank || (from.key === 'decimal' && to.key === 'double');
    // Long before Double before Decimal, as overloads prefer the nearest.
    return isWider ? { cost: Math.abs(wanted - rank), apply: (value) => toNumber(value, to.key) } : undefined;
  }
  if (from.key === 'string' && to.key === 'id') return { cost: 2, apply: toId };
  if (from.key === 'id' && to.key === 'string') return { cost: 1 };
  if (from.key === 'date' && to.key === 'datetime') return { cost: 1, apply: toDatetime };
  return undefined;
}

function ofClasses(from: Type, to: Type): Conversion | undefined {
  if (from.class === undefined || to.class === undefined) return undefined;
  let cost = 0;
  for (const ancestor of from.class.lineage()) {
    if (ancestor === to.class) return { cost };
    cost += 1;
  }
  return undefined;
}

/** Lists of records go both ways; a list's rows are checked where they are read as something narrower. */
function ofCollections(from: Type, to: Type): Conversion | undefined {
  if (from.kind === 'list' && to.kind === 'list') {
    const [inner, wanted] = [from.arg(0), to.arg(0)];
    if (inner.kind === 'sobject' && wanted.kind === 'sobject') {
      if (inner.sobject !== undefined && wanted.sobject !== undefined) return undefined;
      return { cost: wanted.sobject === undefined ? 1 : 3 };
    }
    const element = conversion(inner, wanted);
    return element !== undefined && element.apply === undefined ? { cost: 1 + element.cost } : undefined;
  }
  if (to.key.startsWith('iterable<') && (from.kind === 'list' || from.kind === 'set')) {
    const element = conversion(from.arg(0), to.arg(0));
    return element === undefined ? undefined : { cost: 2 };
  }
  if (from.kind === to.kind && (from.kind === 'set' || from.kind === 'map')) {
    const steps = from.args.map((arg, at) => conversion(arg, to.arg(at)));
    const fits = steps.every((step) => step !== undefined && step.apply === undefined);
    return fits ? { cost: 2 } : undefined;
  }
  return undefined;
}

/** How a value of one static type becomes another without a cast, or undefined where it cannot. */
export function conversion(from: Type, to: Type): Conversion | undefined {
  if (same(from, to)) return EXACT;
  if (from.kind === 'void' || to.kind === 'void') return undefined;
  if (from.kind === 'null') return { cost: to.kind === 'object' ? 2 : 1 };
  if (to.kind === 'object') return TO_OBJECT;
  if (from.kind === 'primitive' && to.kind === 'primitive') return ofPrimitives(from, to);
  if (from.kind === 'sobject' && to.kind === 'sobject')
    return to.sobject === undefined ? { cost: 1 } : undefined;
  if (from.kind === 'class' && to.kind === 'class') return ofClasses(from, to);
  if (from.fromQuery && same(from.arg(0), to)) return { cost: 5, apply: theOneRow };
  if (from.kind === 'native' && to.kind === 'native') {
    return from.native?.parents.some((parent) => parent.toLowerCase() === to.key) === true
      ? { cost: 1 }
      : undefined;
  }
  if (from.fromQuery && to.kind === 'sobject') {
    const row = conversion(from.arg(0), to);
    return row === undefined ? undefined : { cost: 5, apply: theOneRow };
  }
  return ofCollections(from, to);
}

/** The index of the callee whose parameters fit best, `'none'` or `'ambiguous'`. */
export function bestFit(
  candidates: readonly (readonly Type[])[],
  args: readonly Type[],
): number | 'none' | 'ambiguous' {
  let best: number | 'none' | 'ambiguous' = 'none';
  let least = Number.POSITIVE_INFINITY;
  candidates.forEach((parameters, at) => {
    if (parameters.length !== args.length) return;
    let cost = 0;
    for (const [place, arg] of args.entries()) {
      const parameter = parameters[place];
      cost +=
        (parameter === undefined ? undefined : conversion(arg, parameter)?.cost) ?? Number.POSITIVE_INFINITY;
    }
    if (cost < least) [best, least] = [at, cost];
    else if (cost === least && cost !== Number.POSITIVE_INFINITY) best = moreSpecific(candidates, best, at);
  });
  return best;
}

/** Of two equally near callees the one whose parameters all convert to the other's. */
function moreSpecific(
  candidates: readonly (readonly Type[])[],
  left: number | 'none' | 'ambiguous',
  right: number,
): number | 'ambiguous' {
  if (typeof left !== 'number') return 'ambiguous';
  const [one, other] = [candidates[left] ?? [], candidates[right] ?? []];
  const fits = (from: readonly Type[], to: readonly Type[]): boolean =>
    from.every((type, at) => conversion(type, to[at] ?? type) !== undefined);
  const [forwards, backwards] = [fits(one, other), fits(other, one)];
  if (forwards === backwards) return 'ambiguous';
  return forwards ? left : right;
}
