import { DateTime } from 'luxon';
import type { Frame } from './frame.ts';
import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexEnum,
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

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

/** `HH:mm:ss.SSSZ`. */
export function showTime(value: ApexTime): string {
  const { time } = value;
  const parts = [time / 3_600_000, (time / 60_000) % 60, (time / 1_000) % 60].map((part) =>
    pad(Math.floor(part)),
  );
  return `${parts.join(':')}.${pad(time % 1_000, 3)}Z`;
}

/** `YYYY-MM-DD HH:mm:ss` in a zone. */
export function showDatetime(value: ApexDatetime, zone: string): string {
  return DateTime.fromMillis(value.time, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** A value as `String.valueOf` shows it: dates in the running user's time zone. */
export function display(value: Value, frame: Frame): string {
  if (value === null) return 'null';
  if (value instanceof ApexDatetime) return showDatetime(value, frame.transaction.user.timeZone);
  if (value instanceof ApexTime) return showTime(value);
  if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexType) return value.of.toString();
  if (value instanceof ApexList) return `(${value.items.map((item) => joined(item, frame)).join(', ')})`;
  if (value instanceof ApexSet) {
    return `{${[...value.entries.values()].map((item) => joined(item, frame)).join(', ')}}`;
  }
  if (value instanceof ApexMap) {
    const entries = [...value.entries.values()];
    return `{${entries.map((entry) => `${joined(entry.key, frame)}=${joined(entry.value, frame)}`).join(', ')}}`;
  }
  if (value instanceof ApexSObject) {
    const fields = [...value.fields].map(([name, field]) => `${name}=${joined(field, frame)}`);
    return `${value.schema.name}:{${fields.join(', ')}}`;
  }
  if (value instanceof ApexInstance) return showInstance(value, frame);
  if (value instanceof ApexNative) return frame.transaction.showNative(value, frame);
  return String(value);
}

/** A value inside a longer text: a Date is a moment there. */
export function joined(value: Value, frame: Frame): string {
  return value instanceof ApexDate ? `${String(value)} 00:00:00` : display(value, frame);
}

function showInstance(value: ApexInstance, frame: Frame): string {
  const own = frame.transaction.callNamed(value, 'toString', [], frame);
  if (own !== undefined) return own === null ? 'null' : display(own, frame);
  if (value.failure !== undefined) {
    const message = value.failure.message ?? 'Script-thrown exception';
    return `${frame.transaction.exceptionName(value.class)}: ${message}`;
  }
  const fields = [...value.fields]
    .filter(([field]) => !field.isStatic)
    .map(
      ([field, held]) =>
        `${field.name}=${held instanceof ApexInstance ? held.class.name : display(held, frame)}`,
    );
  return `${value.class.declaration.name}:[${fields.join(', ')}]`;
}
