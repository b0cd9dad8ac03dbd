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
  ApexNative,
  ApexSet,
  ApexSObject,
  ApexTime,
} from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { toId18 } from '../../org/ids.ts';
import { conversion } from './conversions.ts';
import * as types from './type.ts';
import { Type } from './type.ts';

/** The type that a value has at run time. An Id is seen as the String it is kept as. */
export function typeOf(value: Exclude<Value, null>): Type {
  if (typeof value === 'boolean') return types.BOOLEAN;
  if (typeof value === 'number') return types.INTEGER;
  if (typeof value === 'bigint') return types.LONG;
  if (typeof value === 'string') return types.STRING;
  if (value instanceof ApexDecimal) return types.DECIMAL;
  if (value instanceof ApexDouble) return types.DOUBLE;
  if (value instanceof ApexDate) return types.DATE;
  if (value instanceof ApexDatetime) return types.DATETIME;
  if (value instanceof ApexTime) return types.TIME;
  if (value instanceof ApexBlob) return types.BLOB;
  if (
    value instanceof ApexList ||
    value instanceof ApexSet ||
    value instanceof ApexMap ||
    value instanceof ApexEnum
  ) {
    return value.type;
  }
  if (value instanceof ApexSObject) return new Type('sobject', value.schema.name, { sobject: value.schema });
  if (value instanceof ApexInstance) return value.class.type ?? types.OBJECT;
  return new Type('native', value instanceof ApexNative ? value.name : 'Type');
}

/** `instanceof`. */
export function isInstance(value: Value, type: Type): boolean {
  if (value === null) return false;
  if (type.kind === 'object') return true;
  const own = typeOf(value);
  if (types.same(own, type)) return true;
  if (typeof value === 'string') return type.key === 'id' && toId18(value) !== undefined;
  // Numbers widen in assignments, but an Integer is no Long.
  if (own.kind === 'primitive') return false;
  return conversion(own, type)?.apply === undefined && conversion(own, type) !== undefined;
}
