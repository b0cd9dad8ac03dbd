import { display } from '../runtime/display.ts';
import { equals } from '../runtime/equality.ts';
import { AssertFailure } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { typeValue } from '../runtime/read.ts';
import type { Value } from '../runtime/values.ts';
import { isInstance } from '../types/runtime-type.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';

type Given = Value | undefined;

function fail(text: string, message: Given, frame: Frame): never {
  const own = message === undefined || message === null ? '' : `: ${display(message, frame)}`;
  throw new AssertFailure(`Assertion Failed${own}${text === '' ? '' : `: ${text}`}`, frame.trace());
}

/** Assertions compare as `==` does, but text with its letter case. */
function isSame(one: Given, other: Given, frame: Frame): boolean {
  if (typeof one === 'string' && typeof other === 'string') return one === other;
  return equals(one ?? null, other ?? null, frame);
}

const areEqual: NativeCode = (_, [expected, actual, message], frame) => {
  if (isSame(expected, actual, frame)) return null;
  return fail(
    `Expected: ${display(expected ?? null, frame)}, Actual: ${display(actual ?? null, frame)}`,
    message,
    frame,
  );
};

const areNotEqual: NativeCode = (_, [expected, actual, message], frame) =>
  isSame(expected, actual, frame)
    ? fail(`Same value: ${display(actual ?? null, frame)}`, message, frame)
    : null;

const isTrue: NativeCode = (_, [condition, message], frame) =>
  condition === true ? null : fail('Expected: true, Actual: false', message, frame);

const isFalse: NativeCode = (_, [condition, message], frame) =>
  condition === false ? null : fail('Expected: false, Actual: true', message, frame);

const isNull: NativeCode = (_, [value, message], frame) =>
  value === null ? null : fail(`Expected: null, Actual: ${display(value ?? null, frame)}`, message, frame);

const isNotNull: NativeCode = (_, [value, message], frame) =>
  value === null ? fail('Expected: not null, Actual: null', message, frame) : null;

const isInstanceOf: NativeCode = (_, [value, type, message], frame) =>
  isInstance(value ?? null, typeValue(type).of)
    ? null
    : fail(`Not an instance of ${typeValue(type).of.toString()}`, message, frame);

const isNotInstanceOf: NativeCode = (_, [value, type, message], frame) =>
  isInstance(value ?? null, typeValue(type).of)
    ? fail(`An instance of ${typeValue(type).of.toString()}`, message, frame)
    : null;

const never: NativeCode = (_, [message], frame) => fail('', message, frame);

/** `System.Assert`, and the older assertions of `System` in its own file. */
export const assertTypes = [
  nativeType('Assert', {
    'static void areEqual(Object expected, Object actual)': areEqual,
    'static void areEqual(Object expected, Object actual, String message)': areEqual,
    'static void areNotEqual(Object expected, Object actual)': areNotEqual,
    'static void areNotEqual(Object expected, Object actual, String message)': areNotEqual,
    'static void isTrue(Boolean condition)': isTrue,
    'static void isTrue(Boolean condition, String message)': isTrue,
    'static void isFalse(Boolean condition)': isFalse,
    'static void isFalse(Boolean condition, String message)': isFalse,
    'static void isNull(Object value)': isNull,
    'static void isNull(Object value, String message)': isNull,
    'static void isNotNull(Object value)': isNotNull,
    'static void isNotNull(Object value, String message)': isNotNull,
    'static void isInstanceOfType(Object value, Type type)': isInstanceOf,
    'static void isInstanceOfType(Object value, Type type, String message)': isInstanceOf,
    'static void isNotInstanceOfType(Object value, Type type)': isNotInstanceOf,
    'static void isNotInstanceOfType(Object value, Type type, String message)': isNotInstanceOf,
    'static void fail()': never,
    'static void fail(String message)': never,
  }),
];

export const assertions = { areEqual, areNotEqual, isTrue };
