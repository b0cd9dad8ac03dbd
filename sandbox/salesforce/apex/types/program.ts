import type { SchemaRegistry } from '../../org/types.ts';
import type { TriggerDeclaration, TypeNode } from '../syntax/ast.ts';
import { ApexSourceError } from '../syntax/source.ts';
import type { Place } from '../syntax/source.ts';
import type { ClassInfo } from './class-info.ts';
import type { NativeType } from './native.ts';
import { listOf, mapOf, OBJECT, PRIMITIVES, setOf, Type } from './type.ts';

/** Namespaces of the platform that Apex may leave out. */
const OPTIONAL_NAMESPACES = ['system.', 'schema.', 'apexpages.'];

export interface TriggerInfo {
  readonly declaration: TriggerDeclaration;
  /** Holds the trigger's own methods; its body is the method `<body>`. */
  readonly class: ClassInfo;
}

/** All types that the package's Apex can name: its own, the platform's, and the org's objects. */
export class Program {
  readonly schema: SchemaRegistry;
  readonly classes = new Map<string, ClassInfo>();
  readonly triggers: TriggerInfo[] = [];
  /** By lower-case name of a custom label. */
  readonly labels = new Map<string, string>();
  /** Lines with a statement and their numbers, by file: what coverage counts. Complete once everything is compiled. */
  readonly statements = new Map<string, Map<number, number>>();
  /** Compiled queries, with a sample in each bound place. */
  readonly queries: { readonly text: string; readonly place: Place }[] = [];
  private readonly natives = new Map<string, NativeType>();
  private readonly nativeTypes = new Map<string, Type>();
  private lastStatement = 0;
  private readonly signatureNodes = new Map<string, TypeNode>();

  constructor(schema: SchemaRegistry, natives: readonly NativeType[]) {
    this.schema = schema;
    for (const native of natives) this.natives.set(native.name.toLowerCase(), native);
  }

  /** The number of a line with a statement, for coverage. */
  statementAt(file: string, line: number): number {
    const lines = this.statements.get(file) ?? new Map<number, number>();
    this.statements.set(file, lines);
    let number = lines.get(line);
    if (number === undefined) {
      number = this.lastStatement += 1;
      lines.set(line, number);
    }
    return number;
  }

  /** The library class behind a type's members: of its kind for collections and records. */
  nativeOf(type: Type): NativeType | undefined {
    if (type.native !== undefined) return type.native;
    if (type.class !== undefined) return undefined;
    if (type.kind === 'sobject') return this.natives.get('sobject');
    return this.natives.get(type.name.toLowerCase());
  }

  native(name: string): NativeType | undefined {
    return this.natives.get(name.toLowerCase());
  }

  /** The type of a dotted name without arguments, as seen from inside a class. */
  lookup(name: string, within: ClassInfo | undefined): Type | undefined {
    const key = name.toLowerCase();
    for (let at = within; at !== undefined; at = at.outer) {
      for (let own: ClassInfo | undefined = at; own !== undefined; own = own.parent) {
        const inner = own.inner.get(key);
        if (inner?.type !== undefined) return inner.type;
      }
    }
    return this.global(key);
  }

  private global(key: string): Type | undefined {
    const [outer = '', ...rest] = key.split('.');
    let found = this.classes.get(key) ?? this.classes.get(outer);
    if (!this.classes.has(key)) for (const part of rest) found = found?.inner.get(part);
    if (found?.type !== undefined) return found.type;
    const primitive = PRIMITIVES.get(key);
    if (primitive !== undefined) return primitive;
    const native = this.nativeType(key);
    if (native !== undefined) return native;
    const sobject = this.schema.object(key);
    if (sobject !== undefined) return new Type('sobject', sobject.name, { sobject });
    for (const namespace of OPTIONAL_NAMESPACES) {
      if (key.startsWith(namespace)) return this.global(key.slice(namespace.length));
    }
    return undefined;
  }

  private nativeType(key: string): Type | undefined {
    const known = this.nativeTypes.get(key);
    const native = known === undefined ? this.natives.get(key) : undefined;
    if (native === undefined) return known;
    const made = new Type('native', native.name, { native });
    this.nativeTypes.set(key, made);
    return made;
  }

  /** @throws ApexSourceError for a type that nobody knows. */
  resolve(node: TypeNode, within: ClassInfo | undefined, file: string): Type {
    const type = this.tryResolve(node, (name) => this.lookup(name, within));
    if (type === undefined)
      throw new ApexSourceError(`Invalid type: ${node.name}`, { file, line: node.line });
    return type;
  }

  private tryResolve(node: TypeNode, lookup: (name: string) => Type | undefined): Type | undefined {
    const args = node.args.map((arg) => this.tryResolve(arg, lookup));
    const [first = OBJECT, second = OBJECT] = args;
    if (args.includes(undefined)) return undefined;
    const key = node.name.toLowerCase().replace(/^system\./, '');
    if (node.args.length === 1) {
      if (key === 'list') return listOf(first);
      if (key === 'set') return setOf(first);
      if (key === 'iterable' || key === 'iterator') {
        const native = this.natives.get(key);
        return new Type('native', key === 'iterable' ? 'Iterable' : 'Iterator', {
          args: [first],
          ...(native && { native }),
        });
      }
      return lookup(node.name);
    }
    if (node.args.length === 2 && key === 'map') return mapOf(first, second);
    return node.args.length === 0 ? lookup(node.name) : undefined;
  }

  /** A type as library signatures write it, seen from a receiver. */
  signatureType(text: string, receiver: Type): Type {
    let node = this.signatureNodes.get(text);
    if (node === undefined) {
      node = parseTypeText(text);
      this.signatureNodes.set(text, node);
    }
    const type = this.tryResolve(node, (name) => {
      if (name === 'SELF') return receiver;
      if (name === 'T' || name === 'K') return receiver.arg(0);
      return name === 'V' ? receiver.arg(1) : this.global(name.toLowerCase());
    });
    if (type === undefined) throw new Error(`The library names an unknown type: ${text}`);
    return type;
  }

  /** `Type.forName` and JSON: a type by its text, or undefined. */
  typeNamed(text: string): Type | undefined {
    return this.tryResolve(parseTypeText(text), (name) => this.lookup(name, undefined));
  }

  /** @throws ApexSourceError for a class that the package lacks. */
  classNamed(name: string, place: Place): ClassInfo {
    const found = this.global(name.toLowerCase())?.class;
    if (found === undefined) throw new ApexSourceError(`No such class: ${name}`, place);
    return found;
  }
}

/** `Map<String, List<Account>>` as a tree. */
function parseTypeText(text: string): TypeNode {
  const trimmed = text.trim();
  const open = trimmed.indexOf('<');
  if (open < 0) return { name: trimmed, args: [], line: 0 };
  const args: TypeNode[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; at < trimmed.length; at += 1) {
    const character = trimmed[at];
    if (character === '<') depth += 1;
    if (character === '>') depth -= 1;
    if ((character === ',' && depth === 1) || depth === 0) {
      args.push(parseTypeText(trimmed.slice(from, at)));
      from = at + 1;
    }
  }
  return { name: trimmed.slice(0, open).trim(), args, line: 0 };
}
