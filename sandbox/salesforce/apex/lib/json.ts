import { readJson, writeJson } from '../data/json.ts';
import { parsed } from '../data/json-source.ts';
import { untyped } from '../data/json-untyped.ts';
import { text, truth, typeValue } from '../runtime/read.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import type { Frame } from '../runtime/frame.ts';

const write =
  (indent: number): NativeCode =>
  (_, [value = null, suppressNulls], frame) =>
    JSON.stringify(
      writeJson(value, suppressNulls !== undefined && truth(suppressNulls), frame),
      undefined,
      indent,
    );

const read =
  (strict: boolean): NativeCode =>
  (_, [source, type], frame) =>
    readJson(parsed(text(source)), typeValue(type).of, strict, frame);

const readUntyped = (_: Value, [source]: readonly Value[], frame: Frame): Value =>
  untyped(parsed(text(source)), frame);

export const jsonTypes = [
  nativeType('JSON', {
    'static String serialize(Object value)': write(0),
    'static String serialize(Object value, Boolean suppressNulls)': write(0),
    'static String serializePretty(Object value)': write(2),
    'static String serializePretty(Object value, Boolean suppressNulls)': write(2),
    'static Object deserialize(String source, Type type)': read(false),
    'static Object deserializeStrict(String source, Type type)': read(true),
    'static Object deserializeUntyped(String source)': readUntyped,
  }),
];
