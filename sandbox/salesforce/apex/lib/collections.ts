import { compare, keyOf } from '../runtime/equality.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { integer, items, list, map, set, state } from '../runtime/read.ts';
import { ApexInstance, ApexList, ApexMap, ApexNative, ApexSet, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { copyRecord } from '../data/records.ts';
import { objectToken } from '../data/tokens.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { listOf, setOf } from '../types/type.ts';

class Cursor {
  readonly values: readonly Value[];
  at = 0;

  constructor(values: readonly Value[]) {
    this.values = values;
  }
}

function inBounds(self: Value, at: Value | undefined, extra = 0): number {
  const index = integer(at);
  if (index < 0 || index >= list(self).items.length + extra)
    raise('ListException', `List index out of bounds: ${index}`);
  return index;
}

export function put(target: ApexMap, key: Value, value: Value, frame: Frame): Value {
  const hash = keyOf(key, frame);
  const entry = target.entries.get(hash);
  if (entry === undefined) {
    target.entries.set(hash, { key, value });
    return null;
  }
  const before = entry.value;
  entry.value = value;
  return before;
}

export function include(target: ApexSet, value: Value, frame: Frame): boolean {
  const hash = keyOf(value, frame);
  if (target.entries.has(hash)) return false;
  target.entries.set(hash, value);
  return true;
}

/** Records by their ids. */
function byId(target: ApexMap, records: readonly Value[], frame: Frame): void {
  for (const [index, record] of records.entries()) {
    const id = record instanceof ApexSObject ? record.id : null;
    if (id === null) raise('ListException', `Row with null Id at index: ${index}`);
    put(target, id, record, frame);
  }
}

const includeAll: NativeCode = (self, [values], frame) => {
  let changed = false;
  for (const value of items(values)) changed = include(set(self), value, frame) || changed;
  return changed;
};

const removeAll: NativeCode = (self, [values], frame) => {
  let changed = false;
  for (const value of items(values)) changed = set(self).entries.delete(keyOf(value, frame)) || changed;
  return changed;
};

const sort: NativeCode = (self, _, frame) => {
  list(self).items.sort((one, other) => compare(sortKey(one), sortKey(other), frame));
  return null;
};

/** Records sort by name where nothing else is said. */
function sortKey(value: Value): Value {
  return value instanceof ApexSObject ? (value.fields.get('Name') ?? value.id) : value;
}

const deepClone: NativeCode = (self, [keepId]) => {
  const own = list(self);
  return new ApexList(
    own.type,
    own.items.map((item) => {
      if (!(item instanceof ApexSObject)) return item;
      const copy = copyRecord(item);
      if (keepId !== true) copy.fields.delete('Id');
      return copy;
    }),
  );
};

const listTypes = nativeType('List', {
  'new()': (self) => self,
  'new(List<T> values)': (self, [values]) => fill(list(self), items(values)),
  'new(Set<T> values)': (self, [values]) => fill(list(self), items(values)),
  'new(Iterable<T> values)': (self, [values]) => fill(list(self), items(values)),
  'void add(T value)': (self, [value = null]) => {
    list(self).items.push(value);
    return null;
  },
  'void add(Integer at, T value)': (self, [at, value = null]) => {
    list(self).items.splice(inBounds(self, at, 1), 0, value);
    return null;
  },
  'void addAll(Iterable<T> values)': (self, [values]) => {
    list(self).items.push(...items(values));
    return null;
  },
  'T get(Integer at)': (self, [at]) => list(self).items[inBounds(self, at)] ?? null,
  'void set(Integer at, T value)': (self, [at, value = null]) => {
    list(self).items[inBounds(self, at)] = value;
    return null;
  },
  'T remove(Integer at)': (self, [at]) => list(self).items.splice(inBounds(self, at), 1)[0] ?? null,
  'void clear()': (self) => {
    list(self).items = [];
    return null;
  },
  'Integer size()': (self) => list(self).items.length,
  'Boolean isEmpty()': (self) => list(self).items.length === 0,
  'Boolean contains(T value)': (self, [value = null], frame) => indexOf(self, value, frame) >= 0,
  'Integer indexOf(T value)': (self, [value = null], frame) => indexOf(self, value, frame),
  'void sort()': sort,
  'void sort(Comparator<T> by)': (self, [by], frame) => {
    if (!(by instanceof ApexInstance)) return raise('NullPointerException', 'Argument cannot be null.');
    list(self).items.sort((one, other) =>
      integer(frame.transaction.callNamed(by, 'compare', [one, other], frame)),
    );
    return null;
  },
  'SELF clone()': (self) => new ApexList(list(self).type, [...list(self).items]),
  'SELF deepClone()': deepClone,
  'SELF deepClone(Boolean keepId)': deepClone,
  'Iterator<T> iterator()': (self) => new ApexNative('Iterator', new Cursor(list(self).items)),
  'SObjectType getSObjectType()': (self) => {
    const { sobject } = list(self).type.arg(0);
    return sobject === undefined ? null : objectToken(sobject);
  },
});

function fill(target: ApexList, values: readonly Value[]): ApexList {
  target.items.push(...values);
  return target;
}

function indexOf(self: Value, value: Value, frame: Frame): number {
  const wanted = keyOf(value, frame);
  return list(self).items.findIndex((item) => keyOf(item, frame) === wanted);
}

function fillSet(self: Value, values: readonly Value[], frame: Frame): Value {
  for (const value of values) include(set(self), value, frame);
  return self;
}

const setTypes = nativeType('Set', {
  'new()': (self) => self,
  'new(List<T> values)': (self, [values], frame) => fillSet(self, items(values), frame),
  'new(Set<T> values)': (self, [values], frame) => fillSet(self, items(values), frame),
  'Boolean add(T value)': (self, [value = null], frame) => include(set(self), value, frame),
  'Boolean addAll(Iterable<T> values)': includeAll,
  'Boolean contains(T value)': (self, [value = null], frame) => set(self).entries.has(keyOf(value, frame)),
  'Boolean containsAll(Iterable<T> values)': (self, [values], frame) =>
    items(values).every((value) => set(self).entries.has(keyOf(value, frame))),
  'Boolean remove(T value)': (self, [value = null], frame) => set(self).entries.delete(keyOf(value, frame)),
  'Boolean removeAll(Iterable<T> values)': removeAll,
  'Boolean retainAll(Iterable<T> values)': (self, [values], frame) => {
    const kept = new Set(items(values).map((value) => keyOf(value, frame)));
    const { entries } = set(self);
    const before = entries.size;
    for (const key of [...entries.keys()]) if (!kept.has(key)) entries.delete(key);
    return entries.size !== before;
  },
  'void clear()': (self) => {
    set(self).entries.clear();
    return null;
  },
  'Integer size()': (self) => set(self).entries.size,
  'Boolean isEmpty()': (self) => set(self).entries.size === 0,
  'SELF clone()': (self, _, frame) => fillSet(new ApexSet(set(self).type), items(self), frame),
  'Iterator<T> iterator()': (self) => new ApexNative('Iterator', new Cursor(items(self))),
});

function copyMap(self: Value, from: ApexMap, frame: Frame): Value {
  for (const { key, value } of from.entries.values()) put(map(self), key, value, frame);
  return self;
}

function hashFor(self: Value, key: Value, frame: Frame): unknown {
  return keyOf(map(self).ignoresCase && typeof key === 'string' ? key.toLowerCase() : key, frame);
}

const mapTypes = nativeType('Map', {
  'new()': (self) => self,
  'new(Map<K, V> other)': (self, [other], frame) => copyMap(self, map(other), frame),
  'new(List<V> records)': (self, [records], frame) => {
    byId(map(self), items(records), frame);
    return self;
  },
  'V put(K key, V value)': (self, [key = null, value = null], frame) => put(map(self), key, value, frame),
  'void putAll(Map<K, V> other)': (self, [other], frame) => {
    copyMap(self, map(other), frame);
    return null;
  },
  'void putAll(List<V> records)': (self, [records], frame) => {
    byId(map(self), items(records), frame);
    return null;
  },
  'V get(K key)': (self, [key = null], frame) =>
    map(self).entries.get(hashFor(self, key, frame))?.value ?? null,
  'Boolean containsKey(K key)': (self, [key = null], frame) =>
    map(self).entries.has(hashFor(self, key, frame)),
  'V remove(K key)': (self, [key = null], frame) => {
    const hash = keyOf(key, frame);
    const before = map(self).entries.get(hash);
    map(self).entries.delete(hash);
    return before?.value ?? null;
  },
  'Set<K> keySet()': (self, _, frame) =>
    fillSet(
      new ApexSet(setOf(map(self).type.arg(0))),
      [...map(self).entries.values()].map(({ key }) => key),
      frame,
    ),
  'List<V> values()': (self) =>
    new ApexList(
      listOf(map(self).type.arg(1)),
      [...map(self).entries.values()].map(({ value }) => value),
    ),
  'void clear()': (self) => {
    map(self).entries.clear();
    return null;
  },
  'Integer size()': (self) => map(self).entries.size,
  'Boolean isEmpty()': (self) => map(self).entries.size === 0,
  'SELF clone()': (self, _, frame) => copyMap(new ApexMap(map(self).type), map(self), frame),
});

const iteratorTypes = [
  nativeType('Iterator', {
    'Boolean hasNext()': (self) => state(self, Cursor).at < state(self, Cursor).values.length,
    'T next()': (self) => {
      const cursor = state(self, Cursor);
      if (cursor.at >= cursor.values.length) raise('NoSuchElementException', 'No more elements');
      cursor.at += 1;
      return cursor.values[cursor.at - 1] ?? null;
    },
  }),
  nativeType('Iterable', {
    'Iterator<T> iterator()': (self) => new ApexNative('Iterator', new Cursor(items(self))),
  }),
];

export const collectionTypes = [listTypes, setTypes, mapTypes, ...iteratorTypes];
