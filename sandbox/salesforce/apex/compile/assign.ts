import { nullPointer } from '../runtime/errors.ts';
import type { Expression } from '../syntax/ast.ts';
import * as types from '../types/type.ts';
import { compileExpression } from './expressions.ts';
import { arithmetic } from './operators.ts';
import type { Scope, Typed } from './scope.ts';

/** `=` and its compound forms; the target is found once. */
export function compileAssign(expression: Extract<Expression, { kind: 'assign' }>, scope: Scope): Typed {
  const { line, operator } = expression;
  const target = compileExpression(expression.target, scope);
  const { cell, type } = target;
  if (cell === undefined) return scope.fail('Expression cannot be assigned', line);
  const value = compileExpression(expression.value, scope, type);
  if (operator === undefined) {
    const run = scope.convert(value, type, line);
    return {
      type,
      run: (frame) => {
        const at = cell(frame);
        const next = run(frame);
        at.set(next);
        return next;
      },
    };
  }
  const combine = arithmetic(operator, type, value.type, scope, line);
  const back = scope.convert({ type: combine.type, run: (frame) => frame.result }, type, line);
  return {
    type,
    run: (frame) => {
      const at = cell(frame);
      const kept = frame.result;
      const before = at.get();
      frame.result = combine.run(before, value.run(frame), frame);
      const next = back(frame);
      frame.result = kept;
      at.set(next);
      return next;
    },
  };
}

/** `++` and `--`. */
export function compileStep(expression: Extract<Expression, { kind: 'step' }>, scope: Scope): Typed {
  const { line, by, prefix } = expression;
  const { cell, type } = compileExpression(expression.target, scope);
  if (cell === undefined || types.numberRank(type) < 0)
    return scope.fail('Expression cannot be stepped', line);
  const add = arithmetic('+', type, types.INTEGER, scope, line);
  return {
    type,
    run: (frame) => {
      const at = cell(frame);
      const before = at.get();
      if (before === null) return nullPointer();
      const next = add.run(before, by, frame);
      at.set(next);
      return prefix ? next : before;
    },
  };
}
