import { compileInitializer, compileMethod } from '../compile/method.ts';
import type { Code } from '../compile/method.ts';
import type { ClassInfo, FieldInfo, MethodInfo } from '../types/class-info.ts';
import type { Program } from '../types/program.ts';
import { ApexFailure, LimitFailure, Thrown } from './errors.ts';
import { Frame } from './frame.ts';
import type { ApexInstance, Value } from './values.ts';

const DEEPEST = 1_000;
const codes = new WeakMap<Program, Map<MethodInfo | FieldInfo, Code>>();

/** The compiled code of a method, or of a field's initial value. Made when first asked for. */
export function codeOf(program: Program, part: MethodInfo | FieldInfo): Code {
  let known = codes.get(program);
  if (known === undefined) {
    known = new Map();
    codes.set(program, known);
  }
  let code = known.get(part);
  if (code === undefined) {
    code = 'parameters' in part ? compileMethod(program, part) : compileInitializer(program, part);
    known.set(part, code);
  }
  return code;
}

function labelOf(owner: ClassInfo, name: string): string {
  if (owner.isTrigger) return `Trigger.${owner.name.slice('trigger '.length)}`;
  return `Class.${owner.name}.${name}`;
}

/** Runs code in a frame of its own; what library code raised becomes an Apex exception that knows the stack. */
export function enter(
  part: MethodInfo | FieldInfo,
  self: ApexInstance | null,
  args: readonly Value[],
  caller: Frame,
): Value {
  const { transaction } = caller;
  const code = codeOf(transaction.program, part);
  const name = 'parameters' in part ? part.name : part.isStatic ? '<clinit>' : '<init>';
  const frame = new Frame(transaction, caller, { owner: part.owner, label: labelOf(part.owner, name), self });
  if (frame.depth > DEEPEST) throw new LimitFailure(`Maximum stack depth reached: ${frame.depth}`);
  for (const arg of args) frame.slots.push(arg);
  frame.line = part.line;
  try {
    code(frame);
    return frame.result;
  } catch (error) {
    // The machine's own stack may end before Apex's does.
    if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) {
      throw new LimitFailure(`Maximum stack depth reached: ${DEEPEST + 1}`);
    }
    throw error instanceof ApexFailure ? new Thrown(transaction.exceptionOf(error, frame)) : error;
  }
}

/** Calls a static method, or exactly this method of an instance. */
export function invoke(
  method: MethodInfo,
  self: ApexInstance | null,
  args: readonly Value[],
  caller: Frame,
): Value {
  if (method.isStatic) initialise(method.owner, caller);
  return enter(method, self, args, caller);
}

/** Runs a class's static initial values and blocks, once in a transaction. */
export function initialise(info: ClassInfo, caller: Frame): void {
  const { transaction } = caller;
  if (transaction.initialised.has(info)) return;
  transaction.initialised.add(info);
  if (info.parent !== undefined) initialise(info.parent, caller);
  for (const step of info.staticInit) {
    if (step.kind === 'block') enter(step.method, null, [], caller);
    else
      transaction.statics.set(
        step.field,
        step.field.init === undefined ? null : enter(step.field, null, [], caller),
      );
  }
}

/** Gives a new instance the initial values of one class's fields. */
export function fillFields(info: ClassInfo, self: ApexInstance, caller: Frame): void {
  for (const step of info.instanceInit) {
    if (step.kind === 'block') enter(step.method, self, [], caller);
    else
      self.fields.set(step.field, step.field.init === undefined ? null : enter(step.field, self, [], caller));
  }
}
