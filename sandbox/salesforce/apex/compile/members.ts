import { readMember, writeMember } from '../data/records.ts';
import { nullPointer } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { enter, initialise, invoke } from '../runtime/invoke.ts';
import { ApexEnum, ApexInstance, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Expression } from '../syntax/ast.ts';
import type { ClassInfo, FieldInfo } from '../types/class-info.ts';
import type { Program } from '../types/program.ts';
import { sobjectMember } from '../types/sobject-members.ts';
import type { SObjectMember } from '../types/sobject-members.ts';
import { ID } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { compileExpression } from './expressions.ts';
import type { Cell, Eval, Scope, Typed } from './scope.ts';
import { specialMember } from './special-members.ts';

/** A field's cell in an instance, or in the class where it is static. */
function fieldCell(field: FieldInfo, self: ApexInstance | null, frame: Frame, bare: boolean): Cell {
  const store = field.isStatic ? frame.transaction.statics : (self ?? nullPointer()).fields;
  const { getter, setter } = field;
  return {
    get: () =>
      getter === undefined || bare
        ? (store.get(field) ?? null)
        : field.isStatic
          ? invoke(getter, null, [], frame)
          : enter(getter, self, [], frame),
    set: (value) => {
      if (setter === undefined || bare) store.set(field, value);
      else if (field.isStatic) invoke(setter, null, [value], frame);
      else enter(setter, self, [value], frame);
    },
  };
}

function typedField(field: FieldInfo, self: (frame: Frame) => ApexInstance | null, bare: boolean): Typed {
  const cell = (frame: Frame): Cell => {
    if (field.isStatic) initialise(field.owner, frame);
    return fieldCell(field, field.isStatic ? null : self(frame), frame, bare);
  };
  return { type: field.type, run: (frame) => cell(frame).get(), cell };
}

/** A field that code in a class sees by its bare name: its own, an inherited one, or a static one of a class around it. */
function visibleField(name: string, scope: Scope): FieldInfo | undefined {
  const key = name.toLowerCase();
  const own = scope.owner.field(key);
  if (own !== undefined) return own;
  for (let at = scope.owner.outer; at !== undefined; at = at.outer) {
    const field = at.field(key);
    if (field?.isStatic === true) return field;
  }
  return undefined;
}

export function compileName(expression: Extract<Expression, { kind: 'name' }>, scope: Scope): Typed {
  const { name, line } = expression;
  const local = scope.local(name);
  if (local !== undefined) {
    const { slot, type } = local;
    const run = (frame: Frame): Value => frame.slots[slot] ?? null;
    const cell = (frame: Frame): Cell => ({
      get: () => frame.slots[slot] ?? null,
      set: (value) => {
        frame.slots[slot] = value;
      },
    });
    return { type, run, cell };
  }
  const field = visibleField(name, scope);
  if (field === undefined) return scope.fail(`Variable does not exist: ${name}`, line);
  if (!field.isStatic && scope.isStatic)
    return scope.fail(`Non static field ${name} in a static context`, line);
  return typedField(field, (frame) => frame.self, scope.accessorOf === name.toLowerCase());
}

function dotted(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'field' || expression.safe) return undefined;
  const outer = dotted(expression.target);
  return outer === undefined ? undefined : `${outer}.${expression.name}`;
}

function isVariable(expression: Expression, scope: Scope): boolean {
  if (expression.kind === 'field') return isVariable(expression.target, scope);
  if (expression.kind !== 'name') return true;
  return scope.local(expression.name) !== undefined || visibleField(expression.name, scope) !== undefined;
}

/** The type that an expression names, if it is no variable. */
export function typeReference(expression: Expression, scope: Scope): Type | undefined {
  const name = dotted(expression);
  if (name === undefined || isVariable(expression, scope)) return undefined;
  return scope.program.lookup(name, scope.owner);
}

/** The code of an enum's constant, of the package or of the library. */
export function enumConstant(type: Type, name: string, program: Program): Eval | undefined {
  const names = type.class?.declaration.constants ?? program.nativeOf(type)?.constants ?? [];
  const at = names.findIndex((constant) => constant.toLowerCase() === name.toLowerCase());
  const found = names[at];
  if (found === undefined) return undefined;
  const constant = new ApexEnum(type, found, at);
  return () => constant;
}

function staticMember(type: Type, name: string, scope: Scope, line: number): Typed {
  const constant = enumConstant(type, name, scope.program);
  if (constant !== undefined) return { type, run: constant };
  const field = type.class?.field(name.toLowerCase());
  if (field?.isStatic === true) return typedField(field, () => null, false);
  const special = specialMember(type, name, scope, line);
  if (special !== undefined) return special;
  const property = type.native?.properties.get(name.toLowerCase());
  if (property?.isStatic !== true) return scope.fail(`Variable does not exist: ${type.name}.${name}`, line);
  const { get } = property;
  return { type: scope.program.signatureType(property.type, type), run: (frame) => get(null, [], frame) };
}

/** Code that gives null instead of failing where the target of `?.` is null. */
export function guarded(
  target: Eval,
  safe: boolean,
  then: (value: Exclude<Value, null>, frame: Frame) => Value,
): Eval {
  return (frame) => {
    const value = target(frame);
    if (value !== null) return then(value, frame);
    return safe ? null : nullPointer();
  };
}

export function compileField(expression: Extract<Expression, { kind: 'field' }>, scope: Scope): Typed {
  const { name, safe, line } = expression;
  const type = typeReference(expression.target, scope);
  if (type !== undefined) return staticMember(type, name, scope, line);
  const target = compileExpression(expression.target, scope);
  if (target.type.kind === 'sobject' || target.type.fromQuery)
    return sobjectField(target, name, safe, scope, line);
  if (target.type.class !== undefined)
    return instanceField(target, target.type.class, name, safe, scope, line);
  const special = specialMember(target.type, name, scope, line, target.run);
  if (special !== undefined) return special;
  const property = scope.program.nativeOf(target.type)?.properties.get(name.toLowerCase());
  if (property === undefined)
    return scope.fail(`Variable does not exist: ${name} on ${target.type.toString()}`, line);
  const { get, set } = property;
  const run = guarded(target.run, safe, (value, frame) => get(value, [], frame));
  const found = { type: scope.program.signatureType(property.type, target.type), run };
  if (set === undefined) return found;
  const cell = (frame: Frame): Cell => {
    const self = target.run(frame) ?? nullPointer();
    return { get: () => get(self, [], frame), set: (value) => void set(self, [value], frame) };
  };
  return { ...found, cell };
}

function instanceField(
  target: Typed,
  info: ClassInfo,
  name: string,
  safe: boolean,
  scope: Scope,
  line: number,
): Typed {
  const field = info.field(name.toLowerCase());
  if (field === undefined) return scope.fail(`Variable does not exist: ${name} on ${info.name}`, line);
  const bare = scope.accessorOf === name.toLowerCase() && scope.owner === info;
  const found = typedField(
    field,
    (frame) => {
      const value = target.run(frame);
      return value instanceof ApexInstance ? value : nullPointer();
    },
    bare,
  );
  if (!safe) return found;
  const run = guarded(target.run, true, (value, frame) =>
    fieldCell(field, value instanceof ApexInstance ? value : null, frame, bare).get(),
  );
  return { type: field.type, run };
}

function sobjectField(target: Typed, name: string, safe: boolean, scope: Scope, line: number): Typed {
  const type = target.type.fromQuery ? target.type.arg(0) : target.type;
  const run = target.type.fromQuery ? scope.convert(target, type, line) : target.run;
  const member =
    type.sobject === undefined ? idOfAny(name) : sobjectMember(type.sobject, name, scope.program);
  if (member === undefined) return scope.fail(`No such column '${name}' on entity '${type.name}'`, line);
  const read = guarded(run, safe || target.isParent === true, (value) =>
    value instanceof ApexSObject ? readMember(value, member) : null,
  );
  const cell = (frame: Frame): Cell => {
    const record = run(frame);
    if (!(record instanceof ApexSObject)) return nullPointer();
    return {
      get: () => readMember(record, member),
      set: (value) => {
        writeMember(record, member, value);
      },
    };
  };
  const found = { type: member.type, run: read, cell };
  return member.kind === 'parent' ? { ...found, isParent: true } : found;
}

/** The one field that every record has. */
function idOfAny(name: string): SObjectMember | undefined {
  return name.toLowerCase() === 'id' ? { kind: 'field', name: 'Id', type: ID } : undefined;
}
