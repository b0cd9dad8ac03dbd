import { ApexInstance } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Frame } from '../runtime/frame.ts';
import { enter, fillFields, initialise } from '../runtime/invoke.ts';
import { text } from '../runtime/read.ts';
import type { ClassInfo, MethodInfo } from '../types/class-info.ts';
import { bestFit } from '../types/conversions.ts';
import { STRING, VOID } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { Scope } from './scope.ts';
import type { Eval, Typed } from './scope.ts';

/** Runs a constructor on an instance that exists. */
type Construct = (self: ApexInstance, args: readonly Value[], frame: Frame) => void;

interface Choice {
  readonly parameters: readonly Type[];
  readonly run: Construct;
}

function exceptionRoot(info: ClassInfo): ClassInfo | undefined {
  for (const ancestor of info.lineage()) if (ancestor.native !== undefined) return ancestor;
  return undefined;
}

/** An exception's constructors that the platform adds: (), (message), (cause), (message, cause). */
function exceptionChoices(info: ClassInfo, root: Type): Choice[] {
  const made =
    (messageAt: number, causeAt: number): Construct =>
    (self, args, frame) => {
      const failure = blankFailure(self, frame);
      const message = args[messageAt] ?? null;
      const cause = args[causeAt];
      failure.message = message === null ? null : text(message);
      failure.cause = cause instanceof ApexInstance ? cause : null;
      for (const ancestor of [...info.lineage()].toReversed()) {
        if (ancestor.kind === 'class') fillFields(ancestor, self, frame);
      }
    };
  return [
    { parameters: [], run: made(-1, -1) },
    { parameters: [STRING], run: made(0, -1) },
    { parameters: [root], run: made(-1, 0) },
    { parameters: [STRING, root], run: made(0, 1) },
  ];
}

/** What an exception knows of itself from the moment it is made. */
function blankFailure(self: ApexInstance, frame: Frame): NonNullable<ApexInstance['failure']> {
  self.failure ??= { message: null, cause: null, trace: frame.trace(), line: frame.line, rows: [] };
  return self.failure;
}

function fromMethod(constructor: MethodInfo): Choice {
  return {
    parameters: constructor.parameters.map((parameter) => parameter.type),
    run: (self, args, frame) => {
      enter(constructor, self, args, frame);
    },
  };
}

function choices(info: ClassInfo, scope: Scope, line: number): Choice[] {
  const own = info.constructors.map(fromMethod);
  const root = exceptionRoot(info)?.type;
  if (root !== undefined) return [...own, ...exceptionChoices(info, root)];
  if (own.length > 0) return own;
  const parent = constructParent(info, scope, line);
  const implicit: Construct = (self, _args, frame) => {
    parent(frame, self);
    fillFields(info, self, frame);
  };
  return [{ parameters: [], run: implicit }];
}

/** The call of the constructor that fits the arguments. @throws ApexSourceError where none does. */
function constructorFor(info: ClassInfo, args: readonly Typed[], scope: Scope, line: number): Construct {
  const candidates = choices(info, scope, line);
  const at = bestFit(
    candidates.map((choice) => choice.parameters),
    args.map((arg) => arg.type),
  );
  const chosen = typeof at === 'number' ? candidates[at] : undefined;
  if (chosen === undefined) {
    const shown = args.map((arg) => arg.type.toString()).join(', ');
    return scope.fail(`Constructor not defined: [${info.name}].<Constructor>(${shown})`, line);
  }
  const values = args.map((arg, place) => scope.convert(arg, chosen.parameters[place] ?? arg.type, line));
  return (self, _args, frame) => {
    chosen.run(
      self,
      values.map((value) => value(frame)),
      frame,
    );
  };
}

/** `new C(…)`. */
export function compileNew(info: ClassInfo, args: readonly Typed[], scope: Scope, line: number): Eval {
  if (info.isAbstract) return scope.fail(`Abstract classes cannot be constructed: ${info.name}`, line);
  const construct = constructorFor(info, args, scope, line);
  const isException = exceptionRoot(info) !== undefined;
  return (frame) => {
    initialise(info, frame);
    const self = new ApexInstance(info);
    if (isException) blankFailure(self, frame);
    construct(self, [], frame);
    return self;
  };
}

/** `this(…)` or `super(…)` within a constructor. */
export function compileConstructorCall(
  of: 'this' | 'super',
  args: readonly Typed[],
  scope: Scope,
  line: number,
): Eval {
  const info = of === 'this' ? scope.owner : scope.owner.parent;
  if (info === undefined) return scope.fail('There is no parent class', line);
  const construct = constructorFor(info, args, scope, line);
  return (frame) => {
    if (frame.self !== null) construct(frame.self, [], frame);
    return null;
  };
}

/** The parent's constructor without arguments, as it runs where none is called. */
export function constructParent(
  info: ClassInfo,
  scope: Scope,
  line: number,
): (frame: Frame, self?: ApexInstance) => void {
  const { parent } = info;
  if (parent === undefined) return () => undefined;
  const construct = constructorFor(parent, [], scope, line);
  return (frame, self = frame.self ?? undefined) => {
    if (self !== undefined) construct(self, [], frame);
  };
}

/** An instance made without arguments, as `Type.newInstance` does. @throws ApexSourceError where that is not possible. */
export function construct(info: ClassInfo, frame: Frame): ApexInstance {
  const scope = new Scope(frame.transaction.program, { owner: info, isStatic: true, returns: VOID });
  const made = compileNew(info, [], scope, info.declaration.line)(frame);
  if (made instanceof ApexInstance) return made;
  throw new Error(`${info.name} was not made.`);
}
