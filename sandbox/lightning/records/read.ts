import { toId18 } from '../../salesforce/org/ids.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { FieldSchema, ResultRecord, SObjectSchema, Value } from '../../salesforce/org/types.ts';
import type { Viewer } from '../shell/viewer.ts';
import { isSeen } from './fields.ts';

/** One record with the fields that were asked for and the viewer may see. */
export interface RecordRead {
  readonly object: SObjectSchema;
  readonly id: string;
  readonly fields: readonly FieldSchema[];
  value(field: string): Value;
  /** The name of the record that a reference leads to. */
  nameOf(field: FieldSchema): string | undefined;
}

/** The object whose records have such ids; undefined for what is no id. */
export function objectOfId(org: SandboxOrg, id: string): SObjectSchema | undefined {
  return toId18(id) === undefined ? undefined : org.schema.objectOfPrefix(id.slice(0, 3));
}

const relationshipOf = (field: FieldSchema): string | undefined =>
  field.type === 'reference' ? (field.relationshipName ?? undefined) : undefined;

/** A queried column that is no parent record. */
export function plain(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function toRecord(object: SObjectSchema, fields: readonly FieldSchema[], record: ResultRecord): RecordRead {
  return {
    object,
    id: String(record['Id']),
    fields,
    value: (field) => plain(record[field]),
    nameOf(field) {
      const relationship = relationshipOf(field);
      const parent = relationship === undefined ? undefined : record[relationship];
      if (typeof parent !== 'object' || parent === null || !('Name' in parent)) return undefined;
      return typeof parent.Name === 'string' ? parent.Name : undefined;
    },
  };
}

/** The fields of these names that exist and that the viewer may see, in order, each once. */
export function seenFields(viewer: Viewer, object: SObjectSchema, names: readonly string[]): FieldSchema[] {
  const found = names.flatMap((name) => object.field(name) ?? []);
  return [...new Set(found)].filter((field) => isSeen(viewer, object, field));
}

/** SOQL's SELECT list for fields, with the names of what references lead to. */
function selected(fields: readonly FieldSchema[]): string {
  const columns = fields.flatMap((field) => {
    const relationship = relationshipOf(field);
    return relationship === undefined ? [field.name] : [field.name, `${relationship}.Name`];
  });
  return [...new Set(['Id', ...columns])].join(', ');
}

/** Reads records as the viewer. @param tail what follows FROM, such as `WHERE …` */
export function readRecords(
  org: SandboxOrg,
  viewer: Viewer,
  object: SObjectSchema,
  fields: readonly FieldSchema[],
  tail: string,
): RecordRead[] {
  const soql = `SELECT ${selected(fields)} FROM ${object.name} ${tail}`;
  return org.query(viewer.context, soql).records.map((record) => toRecord(object, fields, record));
}

/** Reads one record as the viewer; undefined where there is none that the viewer may see. */
export function readRecord(
  org: SandboxOrg,
  viewer: Viewer,
  id: string,
  names: readonly string[],
): RecordRead | undefined {
  const object = objectOfId(org, id);
  if (object === undefined) return undefined;
  const fields = seenFields(viewer, object, names);
  return readRecords(org, viewer, object, fields, `WHERE Id = '${id}'`)[0];
}
