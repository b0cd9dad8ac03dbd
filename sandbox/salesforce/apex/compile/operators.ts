import { joined } from '../runtime/display.ts';
import { compare, equals, identityOf } from '../runtime/equality.ts';
import { nullPointer, raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexDate, ApexDatetime, ApexDecimal, ApexDouble, ApexTime, Exact } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { BinaryOperator, Expression } from '../syntax/ast.ts';
import { conversion, toNumber } from '../types/conversions.ts';
import * as types from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { commonType, compileExpression } from './expressions.ts';
import type { Scope, Typed } from './scope.ts';

/** An operator over two values, with the type of its result. */
interface Operation {
  readonly type: Type;
  readonly run: (left: Value, right: Value, frame: Frame) => Value;
}

/** Digits of a quotient that does not end. */
const QUOTIENT_DIGITS = 33;

function onIntegers(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return (left + right) | 0;
    case '-':
      return (left - right) | 0;
    case '*':
      return Math.imul(left, right);
    case '/':
      return right === 0 ? raise('MathException', 'Divide by 0') : Math.trunc(left / right) | 0;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '>>>':
      return (left >>> right) | 0;
    default:
      throw new Error(`No arithmetic: ${operator}`);
  }
}

function onLongs(operator: BinaryOperator, left: bigint, right: bigint): bigint {
  const results: Partial<Record<BinaryOperator, () => bigint>> = {
    '+': () => left + right,
    '-': () => left - right,
    '*': () => left * right,
    '/': () => (right === 0n ? raise('MathException', 'Divide by 0') : left / right),
    '&': () => left & right,
    '|': () => left | right,
    '^': () => left ^ right,
    '<<': () => left << (right & 63n),
    '>>': () => left >> (right & 63n),
    '>>>': () => BigInt.asUintN(64, left) >> (right & 63n),
  };
  const result = results[operator];
  if (result === undefined) throw new Error(`No arithmetic: ${operator}`);
  return BigInt.asIntN(64, result());
}

function onDoubles(operator: BinaryOperator, left: number, right: number): number {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return right === 0 ? raise('MathException', 'Divide by 0') : left / right;
}

function onDecimals(operator: BinaryOperator, left: ApexDecimal, right: ApexDecimal): ApexDecimal {
  const scale = Math.max(left.scale, right.scale);
  if (operator === '+') return new ApexDecimal(left.value.plus(right.value), scale);
  if (operator === '-') return new ApexDecimal(left.value.minus(right.value), scale);
  if (operator === '*') return new ApexDecimal(left.value.times(right.value), left.scale + right.scale);
  if (right.value.isZero()) return raise('MathException', 'Divide by 0');
  const quotient = left.value.div(right.value);
  const digits = Math.min(quotient.decimalPlaces(), QUOTIENT_DIGITS);
  return new ApexDecimal(
    quotient.toDecimalPlaces(digits, Exact.ROUND_HALF_UP),
    Math.max(digits, left.scale - right.scale),
  );
}

function onNumbers(operator: BinaryOperator, type: Type): Operation['run'] {
  return (left, right) => {
    if (left === null || right === null) return nullPointer();
    const [one, other] = [toNumber(left, type.key), toNumber(right, type.key)];
    if (typeof one === 'number' && typeof other === 'number') return onIntegers(operator, one, other);
    if (typeof one === 'bigint' && typeof other === 'bigint') return onLongs(operator, one, other);
    if (one instanceof ApexDouble && other instanceof ApexDouble) {
      return new ApexDouble(onDoubles(operator, one.value, other.value));
    }
    if (one instanceof ApexDecimal && other instanceof ApexDecimal) return onDecimals(operator, one, other);
    throw new Error('These are no numbers.');
  };
}

/** Days added to a Date, days (or fractions of them) to a Datetime, milliseconds to a Time. */
function onMoments(operator: BinaryOperator, left: Type): Operation['run'] {
  const sign = operator === '-' ? -1 : 1;
  return (moment, amount) => {
    const exact = toNumber(amount, 'double');
    const by = exact instanceof ApexDouble ? sign * exact.value : Number.NaN;
    if (amount === null) return nullPointer();
    if (moment instanceof ApexDate) return new ApexDate(moment.days + by);
    if (moment instanceof ApexDatetime) return new ApexDatetime(moment.time + Math.round(by * 86_400_000));
    if (moment instanceof ApexTime) return new ApexTime((moment.time + by + 86_400_000) % 86_400_000);
    return moment === null ? nullPointer() : raise('TypeException', `No arithmetic on ${left.name}`);
  };
}

const BITWISE: ReadonlySet<string> = new Set(['&', '|', '^', '<<', '>>', '>>>']);

/** `+`, `-`, … by the static types of both sides. */
export function arithmetic(
  operator: BinaryOperator,
  left: Type,
  right: Type,
  scope: Scope,
  line: number,
): Operation {
  if (
    operator === '+' &&
    (left.key === 'string' || right.key === 'string' || left.key === 'id' || right.key === 'id')
  ) {
    return { type: types.STRING, run: (one, other, frame) => joined(one, frame) + joined(other, frame) };
  }
  const [rank, other] = [types.numberRank(left), types.numberRank(right)];
  if (rank >= 0 && other >= 0 && (!BITWISE.has(operator) || (rank <= 1 && other <= 1))) {
    const wider = rank >= other ? left : right;
    return { type: wider, run: onNumbers(operator, wider) };
  }
  if (
    (operator === '+' || operator === '-') &&
    other >= 0 &&
    ['date', 'datetime', 'time'].includes(left.key)
  ) {
    return { type: left, run: onMoments(operator, left) };
  }
  if (BITWISE.has(operator) && left.key === 'boolean' && right.key === 'boolean') {
    const bits = {
      '&': (a: boolean, b: boolean) => a && b,
      '|': (a: boolean, b: boolean) => a || b,
      '^': (a: boolean, b: boolean) => a !== b,
    };
    const bit = operator === '&' || operator === '|' || operator === '^' ? bits[operator] : undefined;
    if (bit !== undefined)
      return {
        type: types.BOOLEAN,
        run: (a, b) => (a === null || b === null ? nullPointer() : bit(a === true, b === true)),
      };
  }
  return scope.fail(
    `Arithmetic expressions must use numeric arguments: ${left.toString()} ${operator} ${right.toString()}`,
    line,
  );
}

function isComparable(left: Type, right: Type): boolean {
  return conversion(left, right) !== undefined || conversion(right, left) !== undefined;
}

/** `<` and its kin: null is neither less nor more than anything; text compares without regard to letter case. */
function ordering(operator: '<' | '>' | '<=' | '>='): Operation['run'] {
  return (left, right, frame) => {
    if (left === null || right === null) return left === right && operator.length === 2;
    const fold = (value: Value): Value => (typeof value === 'string' ? value.toLowerCase() : value);
    const order = compare(fold(left), fold(right), frame);
    if (operator === '<') return order < 0;
    if (operator === '>') return order > 0;
    return operator === '<=' ? order <= 0 : order >= 0;
  };
}

/** `===`: the same object; for plain values the same value, text with its letter case. */
function identical(left: Value, right: Value, frame: Frame): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left === 'string' || typeof right === 'string') return false;
  const isPlain = [ApexDecimal, ApexDouble, ApexDate, ApexDatetime, ApexTime].some(
    (kind) => left instanceof kind,
  );
  if (isPlain || typeof left !== 'object' || typeof right !== 'object') return equals(left, right, frame);
  return identityOf(left) === identityOf(right);
}

export function compileBinary(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Typed {
  const { operator, line } = expression;
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  switch (operator) {
    case '&&':
    case '||': {
      const one = scope.convert(left, types.BOOLEAN, line);
      const other = scope.convert(right, types.BOOLEAN, line);
      const decides = operator === '||';
      return {
        type: types.BOOLEAN,
        run: (frame) => {
          const first = one(frame) ?? nullPointer();
          return first === decides ? first : (other(frame) ?? nullPointer());
        },
      };
    }
    case '??': {
      const type = commonType(left.type, right.type, undefined);
      if (type === undefined) return scope.fail('Incompatible types in ??', line);
      const [one, other] = [scope.convert(left, type, line), scope.convert(right, type, line)];
      return { type, run: (frame) => one(frame) ?? other(frame) };
    }
    case '==':
    case '!=': {
      if (!isComparable(left.type, right.type)) {
        return scope.fail(
          `Comparison arguments must be compatible types: ${left.type.toString()}, ${right.type.toString()}`,
          line,
        );
      }
      const wanted = operator === '==';
      const [one, other] = idSafe(left, right);
      return { type: types.BOOLEAN, run: (frame) => equals(one(frame), other(frame), frame) === wanted };
    }
    case '===':
    case '!==':
      return {
        type: types.BOOLEAN,
        run: (frame) => identical(left.run(frame), right.run(frame), frame) === (operator === '==='),
      };
    case '<':
    case '>':
    case '<=':
    case '>=': {
      if (!isComparable(left.type, right.type))
        return scope.fail('Comparison arguments must be compatible types', line);
      const order = ordering(operator);
      return { type: types.BOOLEAN, run: (frame) => order(left.run(frame), right.run(frame), frame) };
    }
    default: {
      const { type, run } = arithmetic(operator, left.type, right.type, scope, line);
      return { type, run: (frame) => run(left.run(frame), right.run(frame), frame) };
    }
  }
}

/** An Id compared with text reads the text as an Id, so that 15 characters equal their 18. */
function idSafe(left: Typed, right: Typed): [Typed['run'], Typed['run']] {
  const lift = (side: Typed, against: Typed): Typed['run'] => {
    const apply =
      against.type.key === 'id' && side.type.key === 'string'
        ? conversion(side.type, against.type)?.apply
        : undefined;
    return apply === undefined ? side.run : (frame) => apply(side.run(frame));
  };
  return [lift(left, right), lift(right, left)];
}

export function compileUnary(expression: Extract<Expression, { kind: 'unary' }>, scope: Scope): Typed {
  const { operator, line } = expression;
  const { type, run } = compileExpression(expression.operand, scope);
  if (operator === '!') {
    if (type.key !== 'boolean') return scope.fail('Incorrect expression type for !', line);
    return { type, run: (frame) => (run(frame) ?? nullPointer()) === false };
  }
  const rank = types.numberRank(type);
  if (rank < 0 || (operator === '~' && rank > 1))
    return scope.fail(`Incorrect expression type for ${operator}`, line);
  if (operator === '+') return { type, run };
  const subtract = onNumbers(operator === '~' ? '^' : '-', type);
  // ~x flips every bit of x; -x is 0 - x.
  return operator === '~'
    ? { type, run: (frame) => subtract(run(frame), -1, frame) }
    : { type, run: (frame) => subtract(0, run(frame), frame) };
}
