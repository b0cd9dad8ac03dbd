import { writeMember } from '../data/records.ts';
import { keyOf } from '../runtime/equality.ts';
import { nullPointer, raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { integer } from '../runtime/read.ts';
import { ApexList, ApexMap, ApexSet, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { unsupported } from '../syntax/source.ts';
import type { Expression } from '../syntax/ast.ts';
import { bestFit, conversion } from '../types/conversions.ts';
import { sobjectMember } from '../types/sobject-members.ts';
import * as types from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { compileNew } from './construct.ts';
import { compileExpression } from './expressions.ts';
import type { Cell, Eval, Scope, Typed } from './scope.ts';

function resolve(
  expression: Extract<Expression, { kind: 'new' | 'new-array' | 'new-collection' | 'new-map' }>,
  scope: Scope,
): Type {
  return scope.program.resolve(expression.type, scope.owner, scope.owner.file);
}

/** `list[i]`. */
export function compileIndex(expression: Extract<Expression, { kind: 'index' }>, scope: Scope): Typed {
  const target = compileExpression(expression.target, scope);
  if (target.type.kind !== 'list')
    return scope.fail(`Only lists have an index: ${target.type.toString()}`, expression.line);
  const index = scope.convert(compileExpression(expression.index, scope), types.INTEGER, expression.line);
  const cell = (frame: Frame): Cell => {
    const list = target.run(frame);
    if (!(list instanceof ApexList)) return nullPointer();
    const at = integer(index(frame));
    if (at < 0 || at >= list.items.length) raise('ListException', `List index out of bounds: ${at}`);
    return {
      get: () => list.items[at] ?? null,
      set: (value) => {
        list.items[at] = value;
      },
    };
  };
  return { type: target.type.arg(0), run: (frame) => cell(frame).get(), cell };
}

export function compileNewArray(expression: Extract<Expression, { kind: 'new-array' }>, scope: Scope): Typed {
  const type = resolve(expression, scope);
  const size = scope.convert(compileExpression(expression.size, scope), types.INTEGER, expression.line);
  return { type, run: (frame) => new ApexList(type, new Array<Value>(integer(size(frame))).fill(null)) };
}

/** `new List<T>{…}` and `new Set<T>{…}`. */
export function compileCollection(
  expression: Extract<Expression, { kind: 'new-collection' }>,
  scope: Scope,
): Typed {
  const type = resolve(expression, scope);
  const elements = expression.elements.map((element) =>
    scope.convert(compileExpression(element, scope, type.arg(0)), type.arg(0), element.line),
  );
  if (type.kind === 'list') {
    return {
      type,
      run: (frame) =>
        new ApexList(
          type,
          elements.map((element) => element(frame)),
        ),
    };
  }
  if (type.kind !== 'set') return scope.fail(`No collection: ${type.toString()}`, expression.line);
  return {
    type,
    run: (frame) => {
      const made = new ApexSet(type);
      for (const element of elements) {
        const value = element(frame);
        made.entries.set(keyOf(value, frame), value);
      }
      return made;
    },
  };
}

export function compileMapLiteral(expression: Extract<Expression, { kind: 'new-map' }>, scope: Scope): Typed {
  const type = resolve(expression, scope);
  const entries = expression.entries.map(([key, value]) => ({
    key: scope.convert(compileExpression(key, scope, type.arg(0)), type.arg(0), key.line),
    value: scope.convert(compileExpression(value, scope, type.arg(1)), type.arg(1), value.line),
  }));
  return {
    type,
    run: (frame) => {
      const made = new ApexMap(type);
      for (const entry of entries) {
        const key = entry.key(frame);
        made.entries.set(keyOf(key, frame), { key, value: entry.value(frame) });
      }
      return made;
    },
  };
}

/** `new T(…)`: a record with named fields, an object of the package or of the library, or a collection from another. */
export function compileNewObject(expression: Extract<Expression, { kind: 'new' }>, scope: Scope): Typed {
  const type = resolve(expression, scope);
  const { line } = expression;
  if (type.sobject !== undefined) return newRecord(type, expression, scope);
  const args = expression.args.map((arg) => compileExpression(arg, scope));
  if (type.class !== undefined) return { type, run: compileNew(type.class, args, scope, line) };
  const native = scope.program.nativeOf(type);
  const parameters = native?.constructors.map(({ parameters: own }) =>
    own.map((parameter) => scope.program.signatureType(parameter, type)),
  );
  const at = bestFit(
    parameters ?? [],
    args.map((arg) => arg.type),
  );
  const chosen = typeof at === 'number' ? native?.constructors[at] : undefined;
  if (chosen === undefined || parameters === undefined || typeof at !== 'number') {
    return unsupported(
      `new ${type.toString()}(${args.map((arg) => arg.type.toString()).join(', ')})`,
      scope.place(line),
    );
  }
  const values = args.map((arg, place) => scope.convert(arg, parameters[at]?.[place] ?? arg.type, line));
  const empty = emptyOf(type);
  const { run } = chosen;
  return {
    type,
    run: (frame) =>
      run(
        empty(),
        values.map((value) => value(frame)),
        frame,
      ),
  };
}

/** What a collection's constructor fills; other library objects are made by their constructors themselves. */
function emptyOf(type: Type): () => Value {
  if (type.kind === 'list') return () => new ApexList(type);
  if (type.kind === 'set') return () => new ApexSet(type);
  return type.kind === 'map' ? () => new ApexMap(type) : () => null;
}

function newRecord(type: Type, expression: Extract<Expression, { kind: 'new' }>, scope: Scope): Typed {
  const schema = type.sobject;
  if (schema === undefined) return scope.fail('Type cannot be constructed: SObject', expression.line);
  const fields = expression.args.map((arg) => {
    if (arg.kind !== 'assign' || arg.target.kind !== 'name')
      return scope.fail('Records are made with named fields', arg.line);
    const member = sobjectMember(schema, arg.target.name, scope.program);
    if (member === undefined)
      return scope.fail(`Field does not exist: ${arg.target.name} on ${schema.name}`, arg.line);
    const value = compileExpression(arg.value, scope, member.type);
    const fits = conversion(value.type, member.type) !== undefined;
    // A parent of any kind may stand behind a reference to several.
    const run: Eval = fits
      ? scope.convert(value, member.type, arg.line)
      : scope.fail(`Illegal assignment from ${value.type.toString()} to ${member.type.toString()}`, arg.line);
    return { member, run };
  });
  return {
    type,
    run: (frame) => {
      const record = new ApexSObject(schema);
      for (const { member, run } of fields) writeMember(record, member, run(frame));
      return record;
    },
  };
}
