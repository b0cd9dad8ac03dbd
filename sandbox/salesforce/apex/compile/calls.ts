import { joined } from '../runtime/display.ts';
import { equals, keyOf } from '../runtime/equality.ts';
import { nullPointer } from '../runtime/errors.ts';
import { initialise, invoke } from '../runtime/invoke.ts';
import { ApexInstance, ApexSObject, ApexType } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { text } from '../runtime/read.ts';
import { unsupported } from '../syntax/source.ts';
import type { Expression } from '../syntax/ast.ts';
import type { MethodInfo } from '../types/class-info.ts';
import { bestFit } from '../types/conversions.ts';
import type { NativeMethod, NativeType } from '../types/native.ts';
import { sobjectMember } from '../types/sobject-members.ts';
import * as types from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { compileExpression } from './expressions.ts';
import { guarded, typeReference } from './members.ts';
import type { Eval, Scope, Typed } from './scope.ts';

type CallNode = Extract<Expression, { kind: 'call' }>;

function shown(args: readonly Typed[]): string {
  return args.map((arg) => arg.type.toString()).join(', ');
}

/** Picks by static types. @throws ApexSourceError where two fit equally well. */
function choose<T>(
  candidates: readonly T[],
  parametersOf: (candidate: T) => readonly Type[],
  args: readonly Typed[],
  scope: Scope,
  node: CallNode,
): T | undefined {
  const at = bestFit(
    candidates.map(parametersOf),
    args.map((arg) => arg.type),
  );
  if (at === 'ambiguous') return scope.fail(`Method is ambiguous: ${node.name}(${shown(args)})`, node.line);
  return at === 'none' ? undefined : candidates[at];
}

function converted(args: readonly Typed[], parameters: readonly Type[], scope: Scope, line: number): Eval[] {
  return args.map((arg, at) => scope.convert(arg, parameters[at] ?? arg.type, line));
}

function ownMethod(
  candidates: readonly MethodInfo[],
  args: readonly Typed[],
  scope: Scope,
  node: CallNode,
): { method: MethodInfo; values: Eval[] } | undefined {
  const parametersOf = (method: MethodInfo): Type[] => method.parameters.map((parameter) => parameter.type);
  const method = choose(candidates, parametersOf, args, scope, node);
  return method && { method, values: converted(args, parametersOf(method), scope, node.line) };
}

function staticCall(method: MethodInfo, values: readonly Eval[]): Typed {
  return {
    type: method.returns,
    run: (frame) =>
      invoke(
        method,
        null,
        values.map((value) => value(frame)),
        frame,
      ),
  };
}

/** Calls the method as the instance's own class has it; `super` calls exactly the one found. */
function instanceCall(
  target: Eval,
  safe: boolean,
  method: MethodInfo,
  values: readonly Eval[],
  exact: boolean,
): Typed {
  const run = guarded(target, safe, (self, frame) => {
    if (!(self instanceof ApexInstance)) return nullPointer();
    const args = values.map((value) => value(frame));
    const found = exact ? method : self.class.implementation(method);
    if (found === undefined) throw new Error(`${self.class.name} lacks ${method.name}.`);
    return invoke(found, self, args, frame);
  });
  return { type: method.returns, run };
}

/** A library method that fits, called on a receiver or on its class. */
function libraryCall(
  native: NativeType,
  receiver: Type,
  node: CallNode,
  args: readonly Typed[],
  scope: Scope,
  target: Eval | undefined,
): Typed | undefined {
  const named = native.methods.get(node.name.toLowerCase()) ?? [];
  const candidates = named.filter((method) => method.isStatic === (target === undefined));
  const parametersOf = (method: NativeMethod): Type[] =>
    method.parameters.map((parameter) => scope.program.signatureType(parameter, receiver));
  const method = choose(candidates, parametersOf, args, scope, node);
  if (method === undefined) return undefined;
  const values = converted(args, parametersOf(method), scope, node.line);
  const type = scope.program.signatureType(method.returns, receiver);
  const { run } = method;
  if (target !== undefined) {
    return {
      type,
      run: guarded(target, node.safe, (self, frame) =>
        run(
          self,
          values.map((value) => value(frame)),
          frame,
        ),
      ),
    };
  }
  const self = new ApexType(receiver);
  return {
    type,
    run: (frame) =>
      run(
        self,
        values.map((value) => value(frame)),
        frame,
      ),
  };
}

/** What every object answers. */
function commonCall(target: Eval, node: CallNode, args: readonly Typed[], scope: Scope): Typed | undefined {
  const key = `${node.name.toLowerCase()}/${args.length}`;
  if (key === 'tostring/0') {
    return { type: types.STRING, run: guarded(target, node.safe, (self, frame) => joined(self, frame)) };
  }
  if (key === 'equals/1') {
    const [other] = converted(args, [types.OBJECT], scope, node.line);
    return {
      type: types.BOOLEAN,
      run: guarded(target, node.safe, (self, frame) => {
        const value = other?.(frame) ?? null;
        return typeof self === 'string' ? self === value : equals(self, value, frame);
      }),
    };
  }
  if (key !== 'hashcode/0') return undefined;
  return {
    type: types.INTEGER,
    run: guarded(target, node.safe, (self, frame) => hashOf(keyOf(self, frame))),
  };
}

function hashOf(key: unknown): number {
  let hash = 0;
  for (const character of String(key)) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return hash;
}

export function compileCall(node: CallNode, scope: Scope): Typed {
  const args = node.args.map((arg) => compileExpression(arg, scope));
  const { target, line } = node;
  if (target === undefined) return bareCall(node, args, scope);
  if (target.kind === 'super') {
    const found = ownMethod(
      scope.owner.parent?.methodsNamed(node.name.toLowerCase()) ?? [],
      args,
      scope,
      node,
    );
    if (found !== undefined)
      return instanceCall((frame) => frame.self, false, found.method, found.values, true);
    const root = [...scope.owner.lineage()].find((ancestor) => ancestor.native !== undefined)?.native;
    const call =
      root && libraryCall(root, scope.owner.type ?? types.OBJECT, node, args, scope, (frame) => frame.self);
    return call ?? scope.fail(`Method does not exist: super.${node.name}(${shown(args)})`, line);
  }
  const type = typeReference(target, scope);
  if (type !== undefined) {
    const call = callOnType(type, node, args, scope);
    if (call !== undefined) return call;
    return unsupported(`${type.toString()}.${node.name}(${shown(args)})`, scope.place(line));
  }
  const refusal = fieldRefusal(node, args, scope);
  if (refusal !== undefined) return refusal;
  return callOnValue(compileExpression(target, scope), node, args, scope);
}

function bareCall(node: CallNode, args: readonly Typed[], scope: Scope): Typed {
  const key = node.name.toLowerCase();
  const own = ownMethod(scope.owner.methodsNamed(key), args, scope, node);
  if (own !== undefined) {
    if (own.method.isStatic) return staticCall(own.method, own.values);
    if (scope.isStatic) return scope.fail(`Non static method ${node.name} in a static context`, node.line);
    return instanceCall((frame) => frame.self, false, own.method, own.values, false);
  }
  for (let at = scope.owner.outer; at !== undefined; at = at.outer) {
    const statics = at.methodsNamed(key).filter((method) => method.isStatic);
    const found = ownMethod(statics, args, scope, node);
    if (found !== undefined) return staticCall(found.method, found.values);
  }
  if (!scope.isStatic) {
    const { type } = scope.owner;
    if (type !== undefined) return callOnValue({ type, run: (frame) => frame.self }, node, args, scope);
  }
  return scope.fail(`Method does not exist or incorrect signature: ${node.name}(${shown(args)})`, node.line);
}

function callOnType(type: Type, node: CallNode, args: readonly Typed[], scope: Scope): Typed | undefined {
  const info = type.class;
  if (info?.kind === 'enum') {
    const native = scope.program.native('Enum');
    return native && libraryCall(native, type, node, args, scope, undefined);
  }
  if (info !== undefined) {
    const statics = info.methodsNamed(node.name.toLowerCase()).filter((method) => method.isStatic);
    const found = ownMethod(statics, args, scope, node);
    if (found === undefined)
      return scope.fail(`Method does not exist: ${info.name}.${node.name}(${shown(args)})`, node.line);
    const call = staticCall(found.method, found.values);
    return {
      ...call,
      run: (frame) => {
        initialise(info, frame);
        return call.run(frame);
      },
    };
  }
  const isEnum = (type.native?.constants.length ?? 0) > 0;
  const native = isEnum ? scope.program.native('Enum') : scope.program.nativeOf(type);
  const call = native && libraryCall(native, type, node, args, scope, undefined);
  if (call !== undefined || type.sobject === undefined) return call;
  const setting = scope.program.native('CustomSetting');
  return setting && libraryCall(setting, type, node, args, scope, undefined);
}

function callOnValue(target: Typed, node: CallNode, args: readonly Typed[], scope: Scope): Typed {
  const { type, run } = target;
  const info = type.class;
  const isEnum = info?.kind === 'enum' || (type.native?.constants.length ?? 0) > 0;
  if (info !== undefined && !isEnum) {
    const methods = info.methodsNamed(node.name.toLowerCase()).filter((method) => !method.isStatic);
    const found = ownMethod(methods, args, scope, node);
    if (found !== undefined) return instanceCall(run, node.safe, found.method, found.values, false);
  }
  const root = info && [...info.lineage()].find((ancestor) => ancestor.native !== undefined)?.native;
  const native = root ?? (isEnum ? scope.program.native('Enum') : scope.program.nativeOf(type));
  const call = native && libraryCall(native, type, node, args, scope, run);
  if (call !== undefined) return call;
  if (type.fromQuery) {
    const row = { type: type.arg(0), run: scope.convert(target, type.arg(0), node.line) };
    return callOnValue(row, node, args, scope);
  }
  const common = commonCall(run, node, args, scope);
  if (common !== undefined) return common;
  const what = `${type.toString()}.${node.name}(${shown(args)})`;
  if (info !== undefined)
    return scope.fail(`Method does not exist or incorrect signature: ${what}`, node.line);
  return unsupported(what, scope.place(node.line));
}

/** `record.Field.addError('…')`. */
function fieldRefusal(node: CallNode, args: readonly Typed[], scope: Scope): Typed | undefined {
  const { target } = node;
  if (node.name.toLowerCase() !== 'adderror' || target?.kind !== 'field') return undefined;
  if (typeReference(target.target, scope) !== undefined) return undefined;
  const record = compileExpression(target.target, scope);
  const { sobject } = record.type;
  const member = sobject && sobjectMember(sobject, target.name, scope.program);
  if (member?.kind !== 'field') return undefined;
  const [message] = converted(args.slice(0, 1), [types.STRING], scope, node.line);
  return {
    type: types.VOID,
    run: (frame): Value => {
      const value = record.run(frame);
      if (!(value instanceof ApexSObject)) return nullPointer();
      frame.transaction.refuse(value, text(message?.(frame)), member.name);
      return null;
    },
  };
}
