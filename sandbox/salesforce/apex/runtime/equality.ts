import type { Frame } from './frame.ts';
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
  ApexType,
  Exact,
} from './values.ts';
import type { Value } from './values.ts';

let lastIdentity = 0;
const identities = new WeakMap<object, number>();

/** A number that stands for one object for as long as it lives. */
export function identityOf(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  lastIdentity += 1;
  identities.set(value, lastIdentity);
  return lastIdentity;
}

/** What equal values share: the key under which sets and maps keep a value. Strings keep their letter case. */
export function keyOf(value: Value, frame: Frame): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`;
  if (value instanceof ApexDecimal) return `n${value.value.toFixed()}`;
  if (value instanceof ApexDouble) return `n${value.value}`;
  if (value instanceof ApexDate) return `date${value.days}`;
  if (value instanceof ApexDatetime) return `datetime${value.time}`;
  if (value instanceof ApexTime) return `time${value.time}`;
  if (value instanceof ApexBlob) return `blob${value.bytes.toString('base64')}`;
  if (value instanceof ApexEnum) return `enum${value.type.key}.${value.name}`;
  if (value instanceof ApexType) return `type${value.of.key}`;
  if (value instanceof ApexList)
    return `[${value.items.map((item) => String(keyOf(item, frame))).join('\u0001')}]`;
  if (value instanceof ApexSet) return `{${[...value.entries.keys()].map(String).toSorted().join('\u0001')}}`;
  if (value instanceof ApexMap) {
    const entries = [...value.entries].map(
      ([key, entry]) => `${String(key)}=${String(keyOf(entry.value, frame))}`,
    );
    return `{${entries.toSorted().join('\u0001')}}`;
  }
  if (value instanceof ApexSObject) {
    const fields = [...value.fields].map(([name, field]) => `${name}=${String(keyOf(field, frame))}`);
    return `${value.schema.name}{${fields.toSorted().join('\u0001')}}`;
  }
  if (value instanceof ApexInstance) {
    const hash = frame.transaction.callNamed(value, 'hashCode', [], frame);
    if (typeof hash === 'number') return `hash${value.class.name}${hash}`;
  }
  return `object${identityOf(value)}`;
}

function numeric(value: Value): InstanceType<typeof Exact> | undefined {
  if (typeof value === 'number') return new Exact(value);
  if (typeof value === 'bigint') return new Exact(value.toString());
  if (value instanceof ApexDecimal) return value.value;
  return value instanceof ApexDouble && Number.isFinite(value.value) ? new Exact(value.value) : undefined;
}

/** `==`: text without regard to letter case, numbers by value, collections and records by content. */
export function equals(left: Value, right: Value, frame: Frame): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (typeof left === 'string' && typeof right === 'string')
    return left.toLowerCase() === right.toLowerCase();
  const one = numeric(left);
  const other = numeric(right);
  if (one !== undefined && other !== undefined) return one.equals(other);
  if (left instanceof ApexInstance) {
    const own = frame.transaction.callNamed(left, 'equals', [right], frame);
    return own === true;
  }
  return keyOf(left, frame) === keyOf(right, frame);
}

/** Below zero, zero or above: the order of `<`, `sort()` and `ORDER BY`. Null comes first. */
export function compare(left: Value, right: Value, frame: Frame): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  const one = numeric(left);
  const other = numeric(right);
  if (one !== undefined && other !== undefined) return one.comparedTo(other);
  const [first, second] = [sortable(left), sortable(right)];
  if (first !== undefined && second !== undefined) return first < second ? -1 : first > second ? 1 : 0;
  if (left instanceof ApexInstance) {
    const own = frame.transaction.callNamed(left, 'compareTo', [right], frame);
    if (typeof own === 'number') return own;
  }
  throw new Error('These values have no order.');
}

function sortable(value: Value): string | number | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof ApexDate) return value.days * 86_400_000;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.time;
  return value instanceof ApexEnum ? value.ordinal : undefined;
}
