import { z } from 'zod';
import { ApiError } from '../../org/types.ts';
import type { UserContext } from '../../org/types.ts';
import { parseBody } from '../../rest/bodies.ts';
import { notFound } from '../../rest/call.ts';
import type { Answer, Call, Door } from '../../rest/call.ts';
import { parsed } from '../data/json-source.ts';
import { readJson, writeJson } from '../data/json.ts';
import { display } from '../runtime/display.ts';
import { ApexFailure, LimitFailure, Thrown } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { CalloutPending } from '../runtime/http.ts';
import { invoke } from '../runtime/invoke.ts';
import { Transaction } from '../runtime/transaction.ts';
import { ApexInstance, ApexList } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { ClassInfo, FieldInfo, MethodInfo } from '../types/class-info.ts';
import type { Apex } from './apex.ts';
import type { ApexUsers } from './users.ts';

type Inputs = readonly Readonly<Record<string, unknown>>[];

const bodySchema = z.object({ inputs: z.array(z.record(z.string(), z.unknown())) });

/**
 * Flow actions from outside: `POST /actions/custom/apex/{class}` with `{inputs: [{name: value}]}` answers what became of
 * each input (Actions Developer Guide, "Invoking Actions" and "Apex Actions"). Of refusals only the one for an exception
 * is known by its words; those for inputs and for a class that is closed to the user are the sandbox's own.
 */
export function actionDoors(apex: Apex, people: ApexUsers): readonly Door[] {
  const handle = (call: Call): Answer => {
    const name = call.params['class'] ?? '';
    const method = actionOf(apex, name);
    if (method === undefined) throw notFound();
    const { user } = call;
    const isOpen = people.setsOf(user.id).some((set) => set.classes.has(name.toLowerCase()));
    if (!isOpen && !user.isAdmin) {
      const message = `You do not have access to the Apex class named '${method.owner.name}'.`;
      throw new ApiError(403, 'INSUFFICIENT_ACCESS', message);
    }
    const { inputs } = parseBody(bodySchema, call.body);
    checkNames(method, inputs);
    return perform(apex, user, method, inputs);
  };
  return [{ method: 'POST', path: '/actions/custom/apex/:class', handle }];
}

/** A class has one action at most. */
function actionOf(apex: Apex, className: string): MethodInfo | undefined {
  const info = apex.program.classes.get(className.toLowerCase());
  if (info?.isOwn !== true) return undefined;
  return [...info.methods.values()]
    .flat()
    .find(({ isStatic, modifiers }) => isStatic && modifiers.annotations.has('invocablemethod'));
}

function perform(apex: Apex, user: UserContext, method: MethodInfo, inputs: Inputs): Answer {
  const transaction = new Transaction(apex, { user, context: 'action' });
  const frame = transaction.root();
  const entry = (errors: unknown, outputValues: unknown): unknown => ({
    actionName: method.name,
    errors,
    isSuccess: errors === null,
    outputValues,
  });
  try {
    const outputs = apex.org.transaction(
      () => {
        apex.current = transaction;
        try {
          return outputsOf(invoke(method, null, argumentsOf(method, inputs, frame), frame), inputs, frame);
        } finally {
          apex.current = undefined;
        }
      },
      () => true,
    );
    return { status: 200, body: outputs.map((output) => entry(null, output)) };
  } catch (error) {
    if (error instanceof CalloutPending)
      throw new Error(`Callouts of a flow action are not emulated: ${method.owner.name}`, { cause: error });
    const message = `An Apex error occurred: ${failureOf(error, transaction)}`;
    const errors = [{ statusCode: 'UNKNOWN_EXCEPTION', message, fields: [] }];
    return { status: 400, body: inputs.map(() => entry(errors, null)) };
  }
}

/** Type and message of what Apex threw; anything else is thrown on. */
function failureOf(error: unknown, transaction: Transaction): string {
  if (error instanceof LimitFailure) return `System.LimitException: ${error.message}`;
  if (!(error instanceof Thrown)) throw error;
  const { exception } = error;
  const message = exception.failure?.message ?? display(exception, transaction.root());
  return `${transaction.exceptionName(exception.class)}: ${message}`;
}

/** The values that a class offers as inputs or outputs. */
function variablesOf(info: ClassInfo): FieldInfo[] {
  return [...info.fields.values()].filter(({ modifiers }) => modifiers.annotations.has('invocablevariable'));
}

function isRequired({ modifiers }: FieldInfo): boolean {
  return /required\s*=\s*true/i.test(modifiers.annotations.get('invocablevariable') ?? '');
}

/** @throws ApiError where an input is not known, or a required one is missing */
function checkNames({ parameters: [parameter] }: MethodInfo, inputs: Inputs): void {
  const info = parameter?.type.arg(0).class;
  const variables = info === undefined ? [] : variablesOf(info);
  const known = info === undefined ? [parameter?.name] : variables.map(({ name }) => name);
  const refuse = (message: string, name: string): never => {
    throw new ApiError(400, 'INVALID_API_INPUT', `${message}: ${name}`, [name]);
  };
  for (const input of inputs) {
    for (const name of Object.keys(input)) if (!known.includes(name)) refuse('Unknown input parameter', name);
    for (const variable of variables) {
      if (isRequired(variable) && (input[variable.name] ?? null) === null)
        refuse('Missing required input parameter', variable.name);
    }
  }
}

/** An action takes nothing, or the list of all inputs: objects of a class of the package, or plain values. */
function argumentsOf({ parameters: [parameter] }: MethodInfo, inputs: Inputs, frame: Frame): Value[] {
  if (parameter === undefined) return [];
  const { name, type } = parameter;
  const given = type.arg(0).class === undefined ? inputs.map((input) => input[name] ?? null) : inputs;
  try {
    return [readJson(parsed(JSON.stringify(given)), type, false, frame)];
  } catch (error) {
    if (!(error instanceof ApexFailure)) throw error;
    throw new ApiError(400, 'INVALID_API_INPUT', error.message);
  }
}

/** One for each input, in their order; null where the action answers nothing. */
function outputsOf(answer: Value, inputs: Inputs, frame: Frame): unknown[] {
  if (!(answer instanceof ApexList)) return inputs.map(() => null);
  if (answer.items.length !== inputs.length)
    throw new ApiError(400, 'INVALID_API_INPUT', 'The action has another number of results than of inputs');
  return answer.items.map((value) =>
    value instanceof ApexInstance
      ? Object.fromEntries(
          variablesOf(value.class).map((variable) => [
            variable.name,
            writeJson(value.fields.get(variable) ?? null, false, frame),
          ]),
        )
      : { output: writeJson(value, false, frame) },
  );
}
