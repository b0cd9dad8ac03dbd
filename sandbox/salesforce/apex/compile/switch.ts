import { equals } from '../runtime/equality.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexEnum, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Expression, Statement } from '../syntax/ast.ts';
import { isInstance } from '../types/runtime-type.ts';
import type { Type } from '../types/type.ts';
import { enumConstant } from './members.ts';
import { compileExpression } from './expressions.ts';
import type { Eval, Scope } from './scope.ts';
import { compileBlock } from './statements.ts';
import type { Exec } from './statements.ts';

interface Case {
  readonly matches: (value: Value, frame: Frame) => boolean;
  readonly run: Exec;
}

/** Within `when`, text keeps its letter case. */
function isSame(left: Value, right: Value, frame: Frame): boolean {
  if (typeof left === 'string' || left instanceof ApexEnum)
    return left === right || sameConstant(left, right);
  return equals(left, right, frame);
}

function sameConstant(left: Value, right: Value): boolean {
  return (
    left instanceof ApexEnum &&
    right instanceof ApexEnum &&
    left.type.key === right.type.key &&
    left.name === right.name
  );
}

/** A value of `when`; enum constants stand there without their type. */
function constant(expression: Expression, on: Type, scope: Scope): Eval {
  if (expression.kind === 'name') {
    const name = expression.name.split('.').at(-1) ?? '';
    const found = enumConstant(on, name, scope.program);
    if (found === undefined)
      return scope.fail(`${expression.name} is no value of ${on.name}`, expression.line);
    return found;
  }
  return scope.convert(compileExpression(expression, scope), on, expression.line);
}

export function compileSwitch(statement: Extract<Statement, { kind: 'switch' }>, scope: Scope): Exec {
  const on = compileExpression(statement.value, scope);
  const cases = statement.cases.map(({ when, body }): Case => {
    if (when.kind === 'else') return { matches: () => true, run: compileBlock(body, scope) };
    if (when.kind === 'type') {
      const type = scope.program.resolve(when.type, scope.owner, scope.owner.file);
      const inner = scope.inner();
      const slot = inner.declare(when.name, type, when.type.line);
      const run = compileBlock(body, inner);
      return {
        matches: (value, frame) => {
          const fits =
            type.sobject === undefined
              ? isInstance(value, type)
              : value instanceof ApexSObject && value.schema.name === type.sobject.name;
          if (fits) frame.slots[slot] = value;
          return fits;
        },
        run,
      };
    }
    const values = when.values.map((value) => constant(value, on.type, scope));
    return {
      matches: (value, frame) => values.some((one) => isSame(value, one(frame), frame)),
      run: compileBlock(body, scope),
    };
  });
  return (frame) => {
    const value = on.run(frame);
    return cases.find((one) => one.matches(value, frame))?.run(frame) ?? 'next';
  };
}
