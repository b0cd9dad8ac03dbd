import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexDecimal, ApexDouble, ApexType } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Expression, Literal } from '../syntax/ast.ts';
import { conversion, toId, toNumber } from '../types/conversions.ts';
import { isInstance, typeOf } from '../types/runtime-type.ts';
import * as types from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { compileAssign, compileStep } from './assign.ts';
import { compileCall } from './calls.ts';
import {
  compileCollection,
  compileIndex,
  compileMapLiteral,
  compileNewArray,
  compileNewObject,
} from './creation.ts';
import { compileConstructorCall } from './construct.ts';
import { compileField, compileName } from './members.ts';
import { compileBinary, compileUnary } from './operators.ts';
import type { Scope, Typed } from './scope.ts';
import { compileSoql } from './soql.ts';

function literalValue(literal: Literal): Value {
  switch (literal.type) {
    case 'null':
      return null;
    case 'Boolean':
      return literal.value;
    case 'Integer':
      return Number(literal.text);
    case 'Long':
      return BigInt(literal.text);
    case 'Decimal':
      return new ApexDecimal(literal.text, literal.text.split('.')[1]?.length ?? 0);
    case 'Double':
      return new ApexDouble(Number(literal.text));
    case 'String':
      return literal.text;
  }
}

/** The code and static type of an expression. `expected` helps where a type is only known from outside. */
export function compileExpression(expression: Expression, scope: Scope, expected?: Type): Typed {
  const { line } = expression;
  const compile = (part: Expression): Typed => compileExpression(part, scope);
  switch (expression.kind) {
    case 'literal': {
      const value = literalValue(expression.literal);
      const type = types.PRIMITIVES.get(expression.literal.type.toLowerCase()) ?? types.NULL;
      return { type, run: () => value };
    }
    case 'name':
      return compileName(expression, scope);
    case 'this':
      if (scope.isStatic) return scope.fail('this cannot be used in a static context', line);
      return { type: scope.owner.type ?? types.OBJECT, run: (frame) => frame.self };
    case 'super':
      return scope.fail('super can only be called', line);
    case 'field':
      return compileField(expression, scope);
    case 'call':
      return compileCall(expression, scope);
    case 'constructor-call':
      return {
        type: types.VOID,
        run: compileConstructorCall(expression.of, expression.args.map(compile), scope, line),
      };
    case 'index':
      return compileIndex(expression, scope);
    case 'new':
      return compileNewObject(expression, scope);
    case 'new-array':
      return compileNewArray(expression, scope);
    case 'new-collection':
      return compileCollection(expression, scope);
    case 'new-map':
      return compileMapLiteral(expression, scope);
    case 'assign':
      return compileAssign(expression, scope);
    case 'binary':
      return compileBinary(expression, scope);
    case 'unary':
      return compileUnary(expression, scope);
    case 'step':
      return compileStep(expression, scope);
    case 'cast':
      return compileCast(expression, scope);
    case 'instanceof': {
      const { run } = compile(expression.value);
      const type = scope.program.resolve(expression.type, scope.owner, scope.owner.file);
      return { type: types.BOOLEAN, run: (frame) => isInstance(run(frame), type) };
    }
    case 'conditional':
      return compileConditional(expression, scope, expected);
    case 'class-literal': {
      const of = new ApexType(scope.program.resolve(expression.type, scope.owner, scope.owner.file));
      return { type: scope.program.signatureType('Type', types.OBJECT), run: () => of };
    }
    case 'soql':
      return compileSoql(expression, scope);
  }
}

function compileConditional(
  expression: Extract<Expression, { kind: 'conditional' }>,
  scope: Scope,
  expected: Type | undefined,
): Typed {
  const test = scope.convert(compileExpression(expression.condition, scope), types.BOOLEAN, expression.line);
  const then = compileExpression(expression.then, scope, expected);
  const otherwise = compileExpression(expression.otherwise, scope, expected);
  const type = commonType(then.type, otherwise.type, expected);
  if (type === undefined) {
    return scope.fail(
      `Incompatible types in ternary operator: ${then.type.toString()}, ${otherwise.type.toString()}`,
      expression.line,
    );
  }
  const [yes, no] = [
    scope.convert(then, type, expression.line),
    scope.convert(otherwise, type, expression.line),
  ];
  return {
    type,
    run: (frame: Frame) => {
      const value = test(frame);
      if (value === null) return raise('NullPointerException', 'Attempt to de-reference a null object');
      return value === true ? yes(frame) : no(frame);
    },
  };
}

/** The type that both branches of a choice have in common. */
export function commonType(left: Type, right: Type, expected: Type | undefined): Type | undefined {
  if (left.kind === 'null') return right.kind === 'null' ? (expected ?? left) : right;
  if (right.kind === 'null' || conversion(right, left) !== undefined) return left;
  if (conversion(left, right) !== undefined) return right;
  const fits = expected !== undefined && conversion(left, expected) && conversion(right, expected);
  return fits ? expected : undefined;
}

/** A cast checks at run time what the compiler cannot know, and narrows numbers. */
function compileCast(expression: Extract<Expression, { kind: 'cast' }>, scope: Scope): Typed {
  const type = scope.program.resolve(expression.type, scope.owner, scope.owner.file);
  const { type: from, run } = compileExpression(expression.value, scope, type);
  const step = conversion(from, type);
  if (step !== undefined) {
    const { apply } = step;
    return { type, run: apply === undefined ? run : (frame) => apply(run(frame)) };
  }
  if (types.numberRank(from) >= 0 && types.numberRank(type) >= 0) {
    return { type, run: (frame) => toNumber(run(frame), type.key) };
  }
  const isPossible =
    from.kind === 'object' ||
    conversion(type, from) !== undefined ||
    // Some class below may implement it.
    from.class?.kind === 'interface' ||
    type.class?.kind === 'interface' ||
    (from.kind === type.kind && from.kind !== 'sobject' && from.kind !== 'class');
  if (!isPossible || from.kind === 'primitive') {
    return scope.fail(
      `Incompatible types since an instance of ${from.toString()} is never an instance of ${type.toString()}`,
      expression.line,
    );
  }
  return { type, run: (frame) => checkedCast(run(frame), type) };
}

function checkedCast(value: Value, type: Type): Value {
  if (value === null || isInstance(value, type)) return type.key === 'id' ? toId(value) : value;
  const own = typeOf(value);
  // A number in an Object variable may still be read as a wider kind of number.
  const step = own.kind === 'primitive' ? conversion(own, type) : undefined;
  if (step?.apply !== undefined && types.numberRank(own) >= 0) return step.apply(value);
  return raise(
    'TypeException',
    `Invalid conversion from runtime type ${own.toString()} to ${type.toString()}`,
  );
}
