import type { Operator } from '@jetstreamapp/soql-parser-js';
import type { Bounds, Value } from '../org/types.ts';
import type { Domain } from './domains.ts';
import { unsupported } from './errors.ts';
import type { Operand } from './operands.ts';
import { likeTest } from './strings.ts';

/** Whether one value satisfies a comparison. */
export type ValueTest = (value: Value) => boolean;

/** A comparison made ready: its test, and what an index can do for it. */
export interface ReadyComparison {
  readonly test: ValueTest;
  /** Set where only these values satisfy it. */
  readonly keys?: readonly Value[];
  /** Set where only values within these bounds satisfy it. */
  readonly bounds?: Bounds;
}

/** How a value takes part in order and equality: text folded to lower case, the rest as it is. */
export function foldFor(domain: Domain): (value: Value) => Value {
  return domain === 'text' || domain === 'multi'
    ? (value) => (typeof value === 'string' ? value.toLowerCase() : value)
    : (value) => value;
}

/**
 * Makes a comparison ready. Logic is two-valued as in SOQL: null satisfies `= null`, `!=` any value, NOT IN and
 * EXCLUDES lists without null, and nothing else.
 */
export function readyComparison(
  domain: Domain,
  operator: Operator,
  operands: readonly Operand[],
): ReadyComparison {
  const first = operands[0] ?? { kind: 'null' };
  switch (operator) {
    case '=':
      return equality(domain, [first]);
    case '!=':
      return { test: negate(equality(domain, [first]).test) };
    case 'IN':
      return equality(domain, operands);
    case 'NOT IN':
      return { test: negate(equality(domain, operands).test) };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordering(domain, operator, first);
    case 'LIKE':
      return { test: like(domain, first) };
    case 'INCLUDES':
      return { test: includes(operands) };
    case 'EXCLUDES':
      return { test: negate(includes(operands)) };
  }
}

function negate(test: ValueTest): ValueTest {
  return (value) => !test(value);
}

function equality(domain: Domain, operands: readonly Operand[]): ReadyComparison {
  const acceptsNull = operands.some((operand) => operand.kind === 'null');
  if (domain === 'date' || domain === 'datetime') return withinSpans(operands, acceptsNull);

  const fold = foldFor(domain);
  const keys: Value[] = [];
  for (const operand of operands) if ('value' in operand) keys.push(fold(operand.value));
  const accepted = new Set(keys);
  const only = keys.length === 1 ? keys[0] : undefined;
  const test: ValueTest =
    only !== undefined && !acceptsNull
      ? (value) => value !== null && fold(value) === only
      : (value) => (value === null ? acceptsNull : accepted.has(fold(value)));
  return acceptsNull ? { test } : { test, keys: [...accepted] };
}

function withinSpans(operands: readonly Operand[], acceptsNull: boolean): ReadyComparison {
  const spans: { from: string; until: string }[] = [];
  for (const operand of operands) if (operand.kind === 'span') spans.push(operand);
  const test: ValueTest = (value) => {
    if (typeof value !== 'string') return acceptsNull;
    return spans.some((span) => value >= span.from && value < span.until);
  };
  const [span] = spans;
  if (span === undefined || acceptsNull) return { test };
  if (spans.length > 1) {
    const from = spans.map((each) => each.from).sort()[0] ?? span.from;
    const until =
      spans
        .map((each) => each.until)
        .sort()
        .at(-1) ?? span.until;
    return { test, bounds: { gte: from, lt: until } };
  }
  const { from, until } = span;
  return {
    test: (value) => typeof value === 'string' && value >= from && value < until,
    bounds: { gte: from, lt: until },
  };
}

function ordering(domain: Domain, operator: '<' | '<=' | '>' | '>=', operand: Operand): ReadyComparison {
  if (operand.kind === 'null') throw unsupported(`comparing with null by ${operator}`);
  if (operand.kind === 'span') {
    const { from, until } = operand;
    switch (operator) {
      case '<':
        return { test: (value) => typeof value === 'string' && value < from, bounds: { lt: from } };
      case '<=':
        return { test: (value) => typeof value === 'string' && value < until, bounds: { lt: until } };
      case '>':
        return { test: (value) => typeof value === 'string' && value >= until, bounds: { gte: until } };
      case '>=':
        return { test: (value) => typeof value === 'string' && value >= from, bounds: { gte: from } };
    }
  }
  const fold = foldFor(domain);
  const limit = fold(operand.value);
  if (limit === null) throw unsupported(`comparing with null by ${operator}`);
  // Only ids and numbers are kept in an index order that equals the order of SOQL.
  const indexed = domain === 'id' || domain === 'number';
  const ready = (test: (value: string | number | boolean) => boolean, bounds: Bounds): ReadyComparison => {
    const nullSafe: ValueTest = (value) => {
      const folded = fold(value);
      return folded !== null && test(folded);
    };
    return indexed ? { test: nullSafe, bounds } : { test: nullSafe };
  };
  switch (operator) {
    case '<':
      return ready((value) => value < limit, { lt: limit });
    case '<=':
      return ready((value) => value <= limit, { lte: limit });
    case '>':
      return ready((value) => value > limit, { gt: limit });
    case '>=':
      return ready((value) => value >= limit, { gte: limit });
  }
}

function like(domain: Domain, operand: Operand): ValueTest {
  if (operand.kind === 'null') return (value) => value === null;
  if (operand.kind !== 'text') throw unsupported('LIKE with anything but a string');
  const matches = likeTest(operand.literal, domain === 'exact');
  return (value) => typeof value === 'string' && matches(value);
}

/** Each operand is a `;` list of which all must be chosen; one operand that holds is enough. */
function includes(operands: readonly Operand[]): ValueTest {
  const groups: string[][] = [];
  for (const operand of operands) {
    if (operand.kind === 'text')
      groups.push(operand.value.split(';').map((choice) => choice.trim().toLowerCase()));
  }
  const acceptsNull = operands.some((operand) => operand.kind === 'null');
  return (value) => {
    if (typeof value !== 'string') return acceptsNull;
    const chosen = new Set(value.toLowerCase().split(';'));
    return groups.some((group) => group.every((choice) => chosen.has(choice)));
  };
}
