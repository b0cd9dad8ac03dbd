import type { FieldSchema, SObjectSchema } from '../../org/types.ts';
import type { Frame } from '../runtime/frame.ts';
import { notEmulated } from '../runtime/read.ts';
import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexDouble,
  ApexList,
  ApexMap,
  ApexSet,
  ApexSObject,
} from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { Program } from '../types/program.ts';

/** The field that a bound value is compared with, as far as its path can be followed. */
export function emptyBindField(
  schema: SObjectSchema,
  path: string | undefined,
  program: Program,
): FieldSchema | undefined {
  const parts = path?.split('.') ?? [];
  let at: SObjectSchema | undefined = schema;
  for (const part of parts.slice(0, -1)) {
    const parent: FieldSchema | undefined = at?.fields.find(
      (field) => field.relationshipName?.toLowerCase() === part.toLowerCase(),
    );
    at = parent === undefined ? undefined : program.schema.object(parent.referenceTo[0] ?? '');
  }
  return at?.field(parts.at(-1) ?? '');
}

/** A list that no value is in, as SOQL of the field's type can say it. */
function nothing(field: FieldSchema | undefined, frame: Frame): string {
  if (
    field === undefined ||
    ['string', 'email', 'phone', 'url', 'picklist', 'textarea'].includes(field.type)
  ) {
    return "('\u0001')";
  }
  if (field.type === 'id' || field.type === 'reference') return "('000000000000000AAA')";
  return notEmulated(`an empty list bound to ${field.name}`, frame);
}

/** A bound Apex value as SOQL text. */
export function boundText(value: Value, field: FieldSchema | undefined, frame: Frame): string {
  if (value === null) return 'null';
  if (typeof value === 'string')
    return `'${value
      .replaceAll(/[\\']/g, (character) => `\\${character}`)
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')}'`;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof ApexDecimal || value instanceof ApexDouble || value instanceof ApexDate)
    return value.toString();
  if (value instanceof ApexDatetime) return new Date(value.time).toISOString();
  if (value instanceof ApexSObject) return boundText(value.id, field, frame);
  const many =
    value instanceof ApexList
      ? value.items
      : value instanceof ApexSet
        ? [...value.entries.values()]
        : value instanceof ApexMap
          ? [...value.entries.values()].map((entry) => entry.key)
          : notEmulated('a bound value of this type', frame);
  if (many.length === 0) return nothing(field, frame);
  return `(${many.map((item) => boundText(item, field, frame)).join(', ')})`;
}
