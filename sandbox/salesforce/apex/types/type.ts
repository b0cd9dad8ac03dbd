import type { SObjectSchema } from '../../org/types.ts';
import type { ClassInfo } from './class-info.ts';
import type { NativeType } from './native.ts';

export type TypeKind =
  'void' | 'null' | 'object' | 'primitive' | 'list' | 'set' | 'map' | 'sobject' | 'class' | 'native';

interface TypeDetails {
  readonly args?: readonly Type[];
  readonly class?: ClassInfo;
  readonly sobject?: SObjectSchema;
  readonly native?: NativeType;
  readonly fromQuery?: boolean;
}

/** A static type. Two types are the same where their keys are. */
export class Type {
  readonly kind: TypeKind;
  /** As Apex shows it, without arguments. */
  readonly name: string;
  readonly args: readonly Type[];
  readonly class: ClassInfo | undefined;
  /** Undefined for the generic SObject. */
  readonly sobject: SObjectSchema | undefined;
  readonly native: NativeType | undefined;
  /** A query's result also stands for its one row. */
  readonly fromQuery: boolean;
  readonly key: string;

  constructor(kind: TypeKind, name: string, details: TypeDetails = {}) {
    this.kind = kind;
    this.name = name;
    this.args = details.args ?? [];
    this.class = details.class;
    this.sobject = details.sobject;
    this.native = details.native;
    this.fromQuery = details.fromQuery === true;
    const inner = this.args.map((arg) => arg.key).join(',');
    this.key = inner === '' ? name.toLowerCase() : `${name.toLowerCase()}<${inner}>`;
  }

  /** As Apex shows it, with arguments. */
  toString(): string {
    return this.args.length === 0 ? this.name : `${this.name}<${this.args.join(', ')}>`;
  }

  /** The type argument at a place. */
  arg(at: number): Type {
    return this.args[at] ?? OBJECT;
  }
}

const primitive = (name: string): Type => new Type('primitive', name);

export const VOID = new Type('void', 'void');
export const NULL = new Type('null', 'null');
export const OBJECT = new Type('object', 'Object');
export const BOOLEAN = primitive('Boolean');
export const INTEGER = primitive('Integer');
export const LONG = primitive('Long');
export const DOUBLE = primitive('Double');
export const DECIMAL = primitive('Decimal');
export const STRING = primitive('String');
export const ID = primitive('Id');
export const DATE = primitive('Date');
export const DATETIME = primitive('Datetime');
export const TIME = primitive('Time');
export const BLOB = primitive('Blob');
/** Any record. */
export const SOBJECT = new Type('sobject', 'SObject');

export const PRIMITIVES: ReadonlyMap<string, Type> = new Map(
  [
    BOOLEAN,
    INTEGER,
    LONG,
    DOUBLE,
    DECIMAL,
    STRING,
    ID,
    DATE,
    DATETIME,
    TIME,
    BLOB,
    OBJECT,
    SOBJECT,
    VOID,
  ].map((type) => [type.key, type]),
);

export function listOf(type: Type, fromQuery = false): Type {
  return new Type('list', 'List', { args: [type], fromQuery });
}

export function setOf(type: Type): Type {
  return new Type('set', 'Set', { args: [type] });
}

export function mapOf(key: Type, value: Type): Type {
  return new Type('map', 'Map', { args: [key, value] });
}

export function same(left: Type, right: Type): boolean {
  return left.key === right.key;
}

/** The rank of a number type: a lower one widens to a higher one. -1 for what is no number. */
export function numberRank(type: Type): number {
  return ['integer', 'long', 'double', 'decimal'].indexOf(type.key);
}
