import type { FieldSchema } from '../../org/types.ts';
import { shown } from '../../org/values.ts';
import { parseDateTime } from '../../org/time.ts';
import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexDouble, ApexTime } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { showTime } from '../runtime/display.ts';

/** A stored or answered field value as Apex holds it. */
export function fromWire(field: Pick<FieldSchema, 'type'>, given: unknown): Value {
  if (given === null || given === undefined) return field.type === 'boolean' ? false : null;
  const raw = typeof given === 'boolean' || typeof given === 'number' ? given : shown(given);
  switch (field.type) {
    case 'date':
      return new ApexDate(Date.parse(`${String(raw)}T00:00:00Z`) / 86_400_000);
    case 'datetime':
      return new ApexDatetime(Date.parse(parseDateTime(String(raw)) ?? String(raw)));
    case 'double':
    case 'currency':
    case 'percent':
      return new ApexDecimal(String(raw));
    case 'time': {
      const [hours = '0', minutes = '0', seconds = '0'] = String(raw).replace('Z', '').split(':');
      return new ApexTime(
        Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000),
      );
    }
    default:
      return typeof raw === 'boolean' || typeof raw === 'number' ? raw : String(raw);
  }
}

/** An Apex value as the org's save takes it. */
export function toWire(value: Value): unknown {
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return Number(value.toString());
  if (value instanceof ApexDate) return value.toString();
  if (value instanceof ApexDatetime) return new Date(value.time).toISOString();
  if (value instanceof ApexTime) return showTime(value);
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  return typeof value === 'bigint' ? Number(value) : value;
}
