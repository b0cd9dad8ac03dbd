import { ApexFailure, LimitFailure, nullPointer, Thrown } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { items, truth } from '../runtime/read.ts';
import { ApexInstance } from '../runtime/values.ts';
import type { Block, Expression, Statement } from '../syntax/ast.ts';
import { conversion } from '../types/conversions.ts';
import { BOOLEAN, VOID } from '../types/type.ts';
import { compileDml, compileMerge } from './dml.ts';
import { compileExpression } from './expressions.ts';
import type { Eval, Scope } from './scope.ts';
import { compileSwitch } from './switch.ts';

/** How a statement ended. */
export type Signal = 'next' | 'break' | 'continue' | 'return';
export type Exec = (frame: Frame) => Signal;

/** Code of a block; with `shared` its variables belong to the scope given. */
export function compileBlock(block: Block, scope: Scope, { shared = false } = {}): Exec {
  const inner = shared ? scope : scope.inner();
  const steps = block.statements.map((statement) => compileStatement(statement, inner));
  return (frame) => {
    for (const step of steps) {
      const signal = step(frame);
      if (signal !== 'next') return signal;
    }
    return 'next';
  };
}

/** Code of a statement, which tells the frame its line and the coverage that it ran. */
export function compileStatement(statement: Statement, scope: Scope): Exec {
  if (statement.kind === 'block') return compileBlock(statement, scope);
  const { line } = statement;
  const { file } = scope.owner;
  const run = compileBare(statement, scope);
  const number = scope.program.statementAt(file, line);
  return (frame) => {
    frame.line = line;
    frame.transaction.limits.step();
    frame.transaction.coverage?.hit(number);
    return run(frame);
  };
}

function condition(expression: Expression, scope: Scope): (frame: Frame) => boolean {
  const run = scope.convert(compileExpression(expression, scope), BOOLEAN, expression.line);
  return (frame) => {
    const value = run(frame);
    return value === null ? nullPointer() : truth(value);
  };
}

function compileBare(statement: Exclude<Statement, Block>, scope: Scope): Exec {
  switch (statement.kind) {
    case 'local':
      return compileLocal(statement, scope);
    case 'expression': {
      const { run } = compileExpression(statement.expression, scope);
      return (frame) => {
        run(frame);
        return 'next';
      };
    }
    case 'if': {
      const test = condition(statement.condition, scope);
      const then = compileStatement(statement.then, scope.inner());
      const otherwise = statement.otherwise && compileStatement(statement.otherwise, scope.inner());
      return (frame) => (test(frame) ? then(frame) : (otherwise?.(frame) ?? 'next'));
    }
    case 'while':
    case 'do': {
      const test = condition(statement.condition, scope);
      const body = statement.body && compileStatement(statement.body, scope.inner());
      const isLate = statement.kind === 'do';
      return (frame) => loop(frame, isLate, test, body, undefined);
    }
    case 'for':
      return compileFor(statement, scope);
    case 'for-each':
      return compileForEach(statement, scope);
    case 'switch':
      return compileSwitch(statement, scope);
    case 'try':
      return compileTry(statement, scope);
    case 'return':
      return compileReturn(statement, scope);
    case 'throw': {
      const { run, type } = compileExpression(statement.value, scope);
      if (type.kind !== 'class')
        return scope.fail(`Throw expression must be of type exception: ${type.name}`, statement.line);
      return (frame) => {
        const value = run(frame);
        if (!(value instanceof ApexInstance)) return nullPointer();
        throw new Thrown(value);
      };
    }
    case 'break':
      return () => 'break';
    case 'continue':
      return () => 'continue';
    case 'dml':
      return compileDml(statement, scope);
    case 'merge':
      return compileMerge(statement, scope);
    case 'run-as': {
      const { run } = compileExpression(statement.user, scope);
      const body = compileBlock(statement.body, scope);
      return (frame) => frame.transaction.runAs(run(frame), frame, () => body(frame));
    }
  }
}

function compileLocal(statement: Extract<Statement, { kind: 'local' }>, scope: Scope): Exec {
  const type = scope.program.resolve(statement.type, scope.owner, scope.owner.file);
  const steps = statement.declarators.map(({ name, init, line }): ((frame: Frame) => void) => {
    const value: Eval =
      init === undefined ? () => null : scope.convert(compileExpression(init, scope, type), type, line);
    const slot = scope.declare(name, type, line);
    return (frame) => {
      frame.slots[slot] = value(frame);
    };
  });
  return (frame) => {
    for (const step of steps) step(frame);
    return 'next';
  };
}

function loop(
  frame: Frame,
  isLate: boolean,
  test: ((frame: Frame) => boolean) | undefined,
  body: Exec | undefined,
  update: ((frame: Frame) => void) | undefined,
): Signal {
  for (let first = isLate; first || test === undefined || test(frame); first = false) {
    const signal = body?.(frame) ?? 'next';
    if (signal === 'break') break;
    if (signal === 'return') return signal;
    update?.(frame);
  }
  return 'next';
}

function compileFor(statement: Extract<Statement, { kind: 'for' }>, scope: Scope): Exec {
  const inner = scope.inner();
  const { init } = statement;
  const runAll = (list: readonly Expression[]): ((frame: Frame) => void) => {
    const codes = list.map((expression) => compileExpression(expression, inner).run);
    return (frame) => {
      for (const code of codes) code(frame);
    };
  };
  const first =
    init === undefined ? undefined : 'kind' in init ? compileStatement(init, inner) : runAll(init);
  const test = statement.condition && condition(statement.condition, inner);
  const update = runAll(statement.update);
  const body = statement.body && compileStatement(statement.body, inner.inner());
  return (frame) => {
    first?.(frame);
    return loop(frame, false, test, body, update);
  };
}

function compileForEach(statement: Extract<Statement, { kind: 'for-each' }>, scope: Scope): Exec {
  const inner = scope.inner();
  const { line } = statement;
  const type = scope.program.resolve(statement.type, scope.owner, scope.owner.file);
  const over = compileExpression(statement.over, scope);
  const isCollection =
    over.type.kind === 'list' || over.type.kind === 'set' || over.type.key.startsWith('iterable<');
  if (!isCollection) return scope.fail(`Loop must iterate over a collection: ${over.type.toString()}`, line);
  // A query loop may also take its rows in lists of 200.
  const inBatches = over.type.fromQuery && type.kind === 'list';
  const element = conversion(inBatches ? over.type : over.type.arg(0), type);
  const isNarrower = over.type.arg(0).kind === 'sobject' && type.kind === 'sobject';
  if (element === undefined && !isNarrower) {
    return scope.fail(`Loop variable must be of type ${over.type.arg(0).toString()}`, line);
  }
  const slot = inner.declare(statement.name, type, line);
  const body = statement.body && compileStatement(statement.body, inner.inner());
  const apply = element?.apply;
  return (frame) => {
    const collection = over.run(frame);
    if (collection === null) return nullPointer();
    const all = items(collection);
    const size = all.length;
    const rows = inBatches ? frame.transaction.batchesOf(collection) : all;
    for (const row of rows) {
      if (!inBatches && all.length !== size) {
        throw new ApexFailure('FinalException', 'Cannot modify a collection while it is being iterated.');
      }
      frame.slots[slot] = apply === undefined ? row : apply(row);
      const signal = body?.(frame) ?? 'next';
      if (signal === 'break') break;
      if (signal === 'return') return signal;
    }
    return 'next';
  };
}

function compileReturn(statement: Extract<Statement, { kind: 'return' }>, scope: Scope): Exec {
  const { value, line } = statement;
  if (value === undefined) return () => 'return';
  if (scope.returns === VOID) return scope.fail('Void method must not return a value', line);
  const run = scope.convert(compileExpression(value, scope, scope.returns), scope.returns, line);
  return (frame) => {
    frame.result = run(frame);
    return 'return';
  };
}

function compileTry(statement: Extract<Statement, { kind: 'try' }>, scope: Scope): Exec {
  const body = compileBlock(statement.body, scope);
  const catches = statement.catches.map((clause) => {
    const type = scope.program.resolve(clause.type, scope.owner, scope.owner.file);
    const info = type.class ?? scope.fail(`${type.name} is no exception`, clause.type.line);
    const inner = scope.inner();
    const slot = inner.declare(clause.name, type, clause.type.line);
    return { info, slot, run: compileBlock(clause.body, inner) };
  });
  const last = statement.last && compileBlock(statement.last, scope);
  return (frame) => {
    let signal: Signal = 'next';
    let pending: unknown;
    let failed = false;
    try {
      signal = body(frame);
    } catch (error) {
      const exception = exceptionIn(error, frame);
      const clause = exception && catches.find(({ info }) => exception.class.isA(info));
      if (exception === undefined || clause === undefined) {
        failed = true;
        pending = exception === undefined ? error : new Thrown(exception);
      } else {
        frame.slots[clause.slot] = exception;
        try {
          signal = clause.run(frame);
        } catch (again) {
          const next = exceptionIn(again, frame);
          failed = true;
          pending = next === undefined ? again : new Thrown(next);
        }
      }
    }
    // A limit, or something this sandbox lacks, ends everything: `finally` has no say.
    const isFatal = failed && (pending instanceof LimitFailure || !(pending instanceof Thrown));
    if (last !== undefined && !isFatal) {
      const kept = frame.result;
      const own = last(frame);
      if (own !== 'next') return own;
      frame.result = kept;
    }
    if (failed) throw pending;
    return signal;
  };
}

/** The Apex exception within what was thrown, or undefined for what Apex cannot catch. */
function exceptionIn(error: unknown, frame: Frame): ApexInstance | undefined {
  if (error instanceof Thrown) return error.exception;
  return error instanceof ApexFailure ? frame.transaction.exceptionOf(error, frame) : undefined;
}
