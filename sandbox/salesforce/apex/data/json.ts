import { shown } from '../../org/values.ts';
import { keyOf } from '../runtime/equality.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { display, showTime } from '../runtime/display.ts';
import { enter } from '../runtime/invoke.ts';
import { notEmulated } from '../runtime/read.ts';
import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexDouble,
  ApexEnum,
  ApexInstance,
  ApexList,
  ApexMap,
  ApexSet,
  ApexSObject,
  ApexTime,
} from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { enumConstant } from '../compile/members.ts';
import type { FieldInfo } from '../types/class-info.ts';
import { conversion, toNumber } from '../types/conversions.ts';
import { typeOf } from '../types/runtime-type.ts';
import { sobjectMember } from '../types/sobject-members.ts';
import { numberRank } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { JsonNumber } from './json-source.ts';
import { untyped, untypedNumber } from './json-untyped.ts';
import { fromWire } from './wire.ts';

/** A value as `JSON.serialize` writes it. */
export function writeJson(value: Value, suppressNulls: boolean, frame: Frame): unknown {
  const inner = (one: Value): unknown => writeJson(one, suppressNulls, frame);
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  if (typeof value === 'bigint') return Number(value.toString());
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return Number(value.toString());
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime) return new Date(value.time).toISOString();
  if (value instanceof ApexTime) return showTime(value);
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexList) return value.items.map(inner);
  if (value instanceof ApexSet) return [...value.entries.values()].map(inner);
  if (value instanceof ApexMap) {
    return Object.fromEntries(
      [...value.entries.values()].map((entry) => [display(entry.key, frame), inner(entry.value)]),
    );
  }
  if (value instanceof ApexSObject) return writeRecord(value, inner);
  if (value instanceof ApexInstance) {
    const fields = serialisable(value).map((field): [string, Value] => {
      const held =
        field.getter === undefined ? value.fields.get(field) : enter(field.getter, value, [], frame);
      return [field.name, held ?? null];
    });
    return Object.fromEntries(
      fields.filter(([, held]) => !suppressNulls || held !== null).map(([name, held]) => [name, inner(held)]),
    );
  }
  return notEmulated(`JSON.serialize of ${display(value, frame)}`, frame);
}

function serialisable(value: ApexInstance): FieldInfo[] {
  const found: FieldInfo[] = [];
  for (const ancestor of [...value.class.lineage()].toReversed()) {
    found.push(
      ...[...ancestor.fields.values()].filter(
        (field) => !field.isStatic && !field.modifiers.words.has('transient'),
      ),
    );
  }
  return found;
}

function writeRecord(record: ApexSObject, inner: (one: Value) => unknown): unknown {
  const { name } = record.schema;
  const url = record.id === null ? {} : { url: `/services/data/v67.0/sobjects/${name}/${record.id}` };
  const fields = [...record.fields].map(([field, value]): [string, unknown] => {
    if (!(value instanceof ApexList)) return [field, inner(value)];
    return [field, { totalSize: value.items.length, done: true, records: value.items.map(inner) }];
  });
  return { attributes: { type: name, ...url }, ...Object.fromEntries(fields) };
}

/** JSON as a value of a static type. @throws ApexFailure JSONException or TypeException where it does not fit. */
export function readJson(json: unknown, type: Type, strict: boolean, frame: Frame): Value {
  if (json === null || json === undefined) return null;
  if (type.kind === 'object') return untyped(json, frame);
  if (type.kind === 'primitive') return readPrimitive(json, type);
  if (Array.isArray(json)) return readArray(json, type, strict, frame);
  if (type.class?.kind === 'enum') {
    const constant = enumConstant(type, shown(json), frame.transaction.program);
    return constant?.(frame) ?? raise('JSONException', `Invalid enum value: ${shown(json)}`);
  }
  if (typeof json !== 'object')
    return raise('JSONException', `Malformed JSON: Expected '{' at the beginning of object`);
  if (type.kind === 'map') {
    const made = new ApexMap(type);
    for (const [name, raw] of Object.entries(json)) {
      const key = readPrimitive(name, type.arg(0));
      made.entries.set(keyOf(key, frame), { key, value: readJson(raw, type.arg(1), strict, frame) });
    }
    return made;
  }
  if (type.kind === 'sobject') return readRecord(json, type, frame);
  if (type.class === undefined || type.class.isAbstract)
    return notEmulated(`JSON.deserialize into ${type.toString()}`, frame);
  return readInstance(json, type, strict, frame);
}

function readPrimitive(json: unknown, type: Type): Value {
  const wrong = (): never => raise('JSONException', `Illegal value for primitive: ${type.name}`);
  if (json instanceof JsonNumber) {
    const value = untypedNumber(json);
    if (type.key === 'string') return json.source;
    if (numberRank(type) < 0) return wrong();
    if (type.key === 'integer' && typeof value !== 'number') return wrong();
    return toNumber(value, type.key);
  }
  if (typeof json === 'boolean') return type.key === 'boolean' ? json : wrong();
  if (typeof json !== 'string') return wrong();
  const wire = ['date', 'datetime', 'time'].includes(type.key);
  if (wire) return fromWire({ type: type.key }, json);
  if (type.key === 'blob') return new ApexBlob(Buffer.from(json, 'base64'));
  if (type.key === 'string') return json;
  return type.key === 'id' ? (conversion(typeOf(json), type)?.apply?.(json) ?? json) : wrong();
}

function readArray(json: readonly unknown[], type: Type, strict: boolean, frame: Frame): Value {
  const items = json.map((item) => readJson(item, type.arg(0), strict, frame));
  if (type.kind === 'list') return new ApexList(type, items);
  if (type.kind !== 'set') return raise('JSONException', 'Unexpected array');
  const made = new ApexSet(type);
  for (const item of items) made.entries.set(keyOf(item, frame), item);
  return made;
}

function readRecord(json: object, type: Type, frame: Frame): Value {
  const named = 'attributes' in json ? json.attributes : undefined;
  const given = typeof named === 'object' && named !== null && 'type' in named ? String(named.type) : '';
  const schema = type.sobject ?? frame.transaction.program.schema.object(given);
  if (schema === undefined) return raise('JSONException', 'Cannot deserialize a record without its type');
  const record = new ApexSObject(schema);
  for (const [name, raw] of Object.entries(json)) {
    if (name === 'attributes') continue;
    const member = sobjectMember(schema, name, frame.transaction.program);
    if (member === undefined)
      return raise('JSONException', `No such column '${name}' on sobject of type ${schema.name}`);
    record.fields.set(member.name, readJson(raw, member.type, false, frame));
  }
  return record;
}

function readInstance(json: object, type: Type, strict: boolean, frame: Frame): Value {
  const info = type.class;
  if (info === undefined) throw new Error('Not a class.');
  const made = new ApexInstance(info);
  for (const [name, raw] of Object.entries(json)) {
    const field = info.field(name.toLowerCase());
    if (field === undefined || field.isStatic || field.modifiers.words.has('transient')) {
      if (strict) raise('JSONException', `No such column '${name}' on class ${info.name}`);
      continue;
    }
    const value = readJson(raw, field.type, strict, frame);
    if (field.setter === undefined) made.fields.set(field, value);
    else enter(field.setter, made, [value], frame);
  }
  return made;
}
