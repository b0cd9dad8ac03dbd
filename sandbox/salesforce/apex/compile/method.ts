import type { Frame } from '../runtime/frame.ts';
import { fillFields } from '../runtime/invoke.ts';
import type { Statement } from '../syntax/ast.ts';
import type { FieldInfo, MethodInfo } from '../types/class-info.ts';
import type { Program } from '../types/program.ts';
import { constructParent } from './construct.ts';
import { compileExpression } from './expressions.ts';
import { Scope } from './scope.ts';
import { compileBlock } from './statements.ts';

/** Compiled code of a whole method: it leaves its result in the frame. */
export type Code = (frame: Frame) => void;

function constructorCall(statement: Statement | undefined): 'this' | 'super' | undefined {
  if (statement?.kind !== 'expression' || statement.expression.kind !== 'constructor-call') return undefined;
  return statement.expression.of;
}

/** @throws ApexSourceError where the method does not compile, or needs what this sandbox lacks. */
export function compileMethod(program: Program, method: MethodInfo): Code {
  const { owner, body, isStatic, returns } = method;
  const accessorOf = /^(.*)\.[gs]et$/.exec(method.name.toLowerCase())?.[1];
  const scope = new Scope(program, { owner, isStatic, returns, accessorOf });
  for (const { name, type } of method.parameters) scope.declare(name, type, method.line);
  if (body === undefined) return scope.fail(`${method.name} has no body`, method.line);
  if (method.name !== '<init>' || !owner.constructors.includes(method)) {
    const run = compileBlock(body, scope);
    return (frame) => {
      run(frame);
    };
  }
  const [first, ...rest] = body.statements;
  const explicit = constructorCall(first);
  if (explicit === 'this') {
    const run = compileBlock(body, scope);
    return (frame) => {
      run(frame);
    };
  }
  const before =
    explicit === 'super' && first !== undefined
      ? compileBlock({ ...body, statements: [first] }, scope, { shared: true })
      : constructParent(owner, scope, method.line);
  const run = compileBlock({ ...body, statements: explicit === 'super' ? rest : body.statements }, scope);
  return (frame) => {
    before(frame);
    if (frame.self !== null) fillFields(owner, frame.self, frame);
    run(frame);
  };
}

/** The initial value of a field. */
export function compileInitializer(program: Program, field: FieldInfo): Code {
  const { owner, isStatic, type, init, line } = field;
  const scope = new Scope(program, { owner, isStatic, returns: type });
  if (init === undefined) return scope.fail(`${field.name} has no initial value`, line);
  const run = scope.convert(compileExpression(init, scope, type), type, line);
  return (frame) => {
    frame.result = run(frame);
  };
}
