import { unsupported } from '../syntax/source.ts';
import type { Frame } from './frame.ts';
import { nullPointer, raise } from './errors.ts';
import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexDouble,
  ApexInstance,
  ApexList,
  ApexMap,
  ApexNative,
  ApexSet,
  ApexSObject,
  ApexTime,
  ApexType,
} from './values.ts';
import type { Value } from './values.ts';

type Given = Value | undefined;

function wrong(value: Given, wanted: string): never {
  if (value === null || value === undefined) return raise('NullPointerException', 'Argument cannot be null.');
  throw new Error(`Not a ${wanted}.`);
}

/** Reads a String or Id argument. @throws ApexFailure for null, here and in all readers below. */
export function text(value: Given): string {
  return typeof value === 'string' ? value : wrong(value, 'String');
}

export function textOrNull(value: Given): string | null {
  return value === null || value === undefined ? null : text(value);
}

export function integer(value: Given): number {
  return typeof value === 'number' ? value : wrong(value, 'Integer');
}

export function long(value: Given): bigint {
  return typeof value === 'bigint' ? value : wrong(value, 'Long');
}

export function truth(value: Given): boolean {
  return typeof value === 'boolean' ? value : wrong(value, 'Boolean');
}

export function decimal(value: Given): ApexDecimal {
  return value instanceof ApexDecimal ? value : wrong(value, 'Decimal');
}

export function double(value: Given): number {
  return value instanceof ApexDouble ? value.value : wrong(value, 'Double');
}

export function list(value: Given): ApexList {
  return value instanceof ApexList ? value : wrong(value, 'List');
}

export function set(value: Given): ApexSet {
  return value instanceof ApexSet ? value : wrong(value, 'Set');
}

export function map(value: Given): ApexMap {
  return value instanceof ApexMap ? value : wrong(value, 'Map');
}

export function sobject(value: Given): ApexSObject {
  return value instanceof ApexSObject ? value : wrong(value, 'SObject');
}

export function instance(value: Given): ApexInstance {
  return value instanceof ApexInstance ? value : wrong(value, 'object');
}

export function date(value: Given): ApexDate {
  return value instanceof ApexDate ? value : wrong(value, 'Date');
}

export function datetime(value: Given): ApexDatetime {
  return value instanceof ApexDatetime ? value : wrong(value, 'Datetime');
}

export function time(value: Given): ApexTime {
  return value instanceof ApexTime ? value : wrong(value, 'Time');
}

export function blob(value: Given): Buffer {
  return value instanceof ApexBlob ? value.bytes : wrong(value, 'Blob');
}

export function typeValue(value: Given): ApexType {
  return value instanceof ApexType ? value : wrong(value, 'Type');
}

/** The items of a list or set. */
export function items(value: Given): Value[] {
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? [...value.entries.values()] : wrong(value, 'collection');
}

/** The library's state behind an object of one of its classes. */
export function state<T extends object>(value: Given, kind: new (...args: never[]) => T): T {
  if (value === null || value === undefined) return nullPointer();
  if (value instanceof ApexNative && value.state instanceof kind) return value.state;
  throw new Error(`Not a ${kind.name}.`);
}

/** @throws ApexSourceError that names what is not emulated and the line that asked for it. */
export function notEmulated(what: string, frame: Frame): never {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller) {
    if (at.owner !== undefined) return unsupported(what, { file: at.owner.file, line: at.line });
  }
  return unsupported(what, { file: 'anonymous', line: frame.line });
}
