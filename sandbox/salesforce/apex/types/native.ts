import type { Frame } from '../runtime/frame.ts';
import type { Value } from '../runtime/values.ts';

/** What a library method gets: the object it is called on (null for static ones), its converted arguments, who calls. */
export type NativeCode = (self: Value, args: readonly Value[], frame: Frame) => Value;

/** A library member's types as Apex documentation writes them; `T`, `K` and `V` are the receiver's type arguments. */
export interface NativeMethod {
  readonly name: string;
  readonly returns: string;
  readonly parameters: readonly string[];
  readonly isStatic: boolean;
  readonly run: NativeCode;
}

export interface NativeProperty {
  readonly name: string;
  readonly type: string;
  readonly isStatic: boolean;
  readonly get: NativeCode;
  readonly set: NativeCode | undefined;
}

/** A class of the standard library. */
export interface NativeType {
  /** With its namespace where Apex wants it: `Database.SaveResult`. */
  readonly name: string;
  readonly parents: readonly string[];
  readonly constants: readonly string[];
  readonly methods: ReadonlyMap<string, readonly NativeMethod[]>;
  readonly constructors: readonly NativeMethod[];
  readonly properties: ReadonlyMap<string, NativeProperty>;
}

interface Extras {
  readonly parents?: readonly string[];
  /** For enums: names in their order. */
  readonly constants?: readonly string[];
  /** By `Type name` or `static Type name`. */
  readonly properties?: Readonly<Record<string, { get: NativeCode; set?: NativeCode }>>;
}

const SIGNATURE = /^(static )?(?:([\w.<>, ]+?) )?(\w+)\((.*)\)$/;

/** Splits at commas outside angle brackets. */
function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if (character === '<') depth += 1;
    if (character === '>') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return part.trim() === '' ? parts : [...parts, part];
}

/**
 * Declares a library class. Methods are keyed by their signature: `static String join(Iterable<Object> parts, String by)`;
 * constructors by `new(String name)`.
 */
export function nativeType(
  name: string,
  members: Readonly<Record<string, NativeCode>>,
  extras: Extras = {},
): NativeType {
  const methods = new Map<string, NativeMethod[]>();
  const constructors: NativeMethod[] = [];
  for (const [signature, run] of Object.entries(members)) {
    const match = SIGNATURE.exec(signature);
    if (match === null) throw new Error(`${name}: not a signature: ${signature}`);
    const [, isStatic, returns = 'void', method = '', inner = ''] = match;
    const parameters = splitTypes(inner).map((part) => part.trim().replace(/\s+\w+$/, ''));
    const made: NativeMethod = { name: method, returns, parameters, isStatic: isStatic !== undefined, run };
    if (method === 'new') constructors.push({ ...made, returns: name });
    else methods.set(method.toLowerCase(), [...(methods.get(method.toLowerCase()) ?? []), made]);
  }
  const properties = new Map<string, NativeProperty>();
  for (const [key, { get, set }] of Object.entries(extras.properties ?? {})) {
    const words = key.split(' ');
    const own = words.at(-1) ?? '';
    const isStatic = words[0] === 'static';
    const type = words.slice(isStatic ? 1 : 0, -1).join(' ');
    properties.set(own.toLowerCase(), { name: own, type, isStatic, get, set });
  }
  return {
    name,
    parents: extras.parents ?? [],
    constants: extras.constants ?? [],
    methods,
    constructors,
    properties,
  };
}
