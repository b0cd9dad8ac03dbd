import type { Frame } from '../runtime/frame.ts';
import { ApexDecimal, ApexList, ApexMap } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { listOf, mapOf, OBJECT, STRING } from '../types/type.ts';
import { keyOf } from '../runtime/equality.ts';
import { JsonNumber } from './json-source.ts';

const SMALLEST = -2_147_483_648n;
const LARGEST = 2_147_483_647n;

/** A number as `deserializeUntyped` types it: Integer, Long, or Decimal where it has a fraction. */
export function untypedNumber({ source }: JsonNumber): Value {
  if (!/^-?\d+$/.test(source))
    return new ApexDecimal(source, /[eE]/.test(source) ? undefined : (source.split('.')[1]?.length ?? 0));
  const whole = BigInt(source);
  return whole >= SMALLEST && whole <= LARGEST ? Number(whole) : whole;
}

/** Parsed JSON as maps, lists and plain values. */
export function untyped(json: unknown, frame: Frame): Value {
  if (json === null || json === undefined) return null;
  if (json instanceof JsonNumber) return untypedNumber(json);
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (Array.isArray(json)) {
    const items: readonly unknown[] = json;
    return new ApexList(
      listOf(OBJECT),
      items.map((item) => untyped(item, frame)),
    );
  }
  const made = new ApexMap(mapOf(STRING, OBJECT));
  for (const [key, value] of Object.entries(json))
    made.entries.set(keyOf(key, frame), { key, value: untyped(value, frame) });
  return made;
}
