import { Decimal } from 'decimal.js';
import type { SObjectSchema } from '../../org/types.ts';
import type { ClassInfo, FieldInfo } from '../types/class-info.ts';
import type { Type } from '../types/type.ts';

/** Everything an Apex variable can hold. Integer is a number, Long a bigint; String and Id are strings. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | ApexDecimal
  | ApexDouble
  | ApexDate
  | ApexDatetime
  | ApexTime
  | ApexBlob
  | ApexList
  | ApexSet
  | ApexMap
  | ApexSObject
  | ApexInstance
  | ApexEnum
  | ApexType
  | ApexNative;

/** Decimal arithmetic as Java's BigDecimal has it: exact, and half up where a quotient must end. */
export const Exact = Decimal.clone({
  precision: 100,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -999,
  toExpPos: 999,
});

export class ApexDecimal {
  readonly value: Decimal;
  /** Digits behind the point, which Apex keeps: 1.50 has two. */
  readonly scale: number;

  constructor(value: Decimal.Value, scale?: number) {
    this.value = new Exact(value);
    this.scale = scale ?? this.value.decimalPlaces();
  }

  toString(): string {
    return this.value.toFixed(this.scale);
  }
}

export class ApexDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return Number.isInteger(this.value) && Math.abs(this.value) < 1e7
      ? this.value.toFixed(1)
      : String(this.value);
  }
}

export class ApexDate {
  /** Days since 1970-01-01. */
  readonly days: number;

  constructor(days: number) {
    this.days = days;
  }

  /** `YYYY-MM-DD`. */
  toString(): string {
    return new Date(this.days * 86_400_000).toISOString().slice(0, 10);
  }
}

export class ApexDatetime {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;

  constructor(time: number) {
    this.time = time;
  }
}

export class ApexTime {
  /** Milliseconds since midnight. */
  readonly time: number;

  constructor(time: number) {
    this.time = time;
  }
}

export class ApexBlob {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export class ApexList {
  readonly type: Type;
  items: Value[];

  constructor(type: Type, items: Value[] = []) {
    this.type = type;
    this.items = items;
  }
}

export class ApexSet {
  readonly type: Type;
  readonly entries = new Map<unknown, Value>();

  constructor(type: Type) {
    this.type = type;
  }
}

export class ApexMap {
  readonly type: Type;
  readonly entries = new Map<unknown, { readonly key: Value; value: Value }>();
  /** Whether its keys are names in lower case, found in any letter case: the maps of describes. */
  ignoresCase = false;

  constructor(type: Type) {
    this.type = type;
  }
}

/** A record in memory: what was set or queried, under canonical names; parents and children under relationship names. */
export class ApexSObject {
  readonly schema: SObjectSchema;
  readonly fields = new Map<string, Value>();
  /** Whether a query made it: then only queried fields may be read. */
  queried = false;
  /** Trigger.old, and Trigger.new after the save. */
  readOnly = false;
  /** Set where a trigger holds the record: refuses it. */
  refuse: ((message: string, field: string | undefined) => void) | undefined;

  constructor(schema: SObjectSchema) {
    this.schema = schema;
  }

  get id(): string | null {
    const id = this.fields.get('Id');
    return typeof id === 'string' ? id : null;
  }
}

/** What an exception carries beside the fields of its class. */
export interface Failure {
  message: string | null;
  cause: ApexInstance | null;
  /** Innermost first: `Class.Foo.bar: line 3, column 1`. */
  trace: readonly string[];
  line: number;
  readonly rows: readonly FailedRow[];
}

/** One refused row of a DML statement. */
export interface FailedRow {
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export class ApexInstance {
  readonly class: ClassInfo;
  readonly fields = new Map<FieldInfo, Value>();
  failure: Failure | undefined;

  constructor(info: ClassInfo) {
    this.class = info;
  }
}

export class ApexEnum {
  readonly type: Type;
  readonly name: string;
  readonly ordinal: number;

  constructor(type: Type, name: string, ordinal: number) {
    this.type = type;
    this.name = name;
    this.ordinal = ordinal;
  }
}

/** A `System.Type`. */
export class ApexType {
  readonly of: Type;

  constructor(of: Type) {
    this.of = of;
  }
}

/** An object of a library class, with the library's own state behind it. */
export class ApexNative {
  /** The library class's name. */
  readonly name: string;
  readonly state: object;

  constructor(name: string, state: object) {
    this.name = name;
    this.state = state;
  }
}
