import type { FieldSchema, SObjectSchema } from '../../org/types.ts';
import type { Program } from './program.ts';
import * as types from './type.ts';
import { Type } from './type.ts';

/** What a name means on a record: a field's value, a parent record, or a list of children. */
export interface SObjectMember {
  readonly kind: 'field' | 'parent' | 'children';
  /** Canonical. */
  readonly name: string;
  readonly type: Type;
}

const TYPES: Readonly<Record<string, Type>> = {
  boolean: types.BOOLEAN,
  int: types.INTEGER,
  double: types.DECIMAL,
  currency: types.DECIMAL,
  percent: types.DECIMAL,
  date: types.DATE,
  datetime: types.DATETIME,
  time: types.TIME,
  id: types.ID,
  reference: types.ID,
  base64: types.BLOB,
};

/** The Apex type of a field. */
export function fieldType(field: FieldSchema): Type {
  return TYPES[field.type] ?? types.STRING;
}

export function recordType(schema: SObjectSchema): Type {
  return new Type('sobject', schema.name, { sobject: schema });
}

/** Looks a name up on an object, in any letter case. */
export function sobjectMember(
  schema: SObjectSchema,
  name: string,
  program: Program,
): SObjectMember | undefined {
  const key = name.toLowerCase();
  const field = schema.field(name);
  if (field !== undefined && field.type !== 'address')
    return { kind: 'field', name: field.name, type: fieldType(field) };
  const parent = schema.fields.find((candidate) => candidate.relationshipName?.toLowerCase() === key);
  if (parent?.relationshipName != null) {
    const target =
      parent.referenceTo.length === 1 ? program.schema.object(parent.referenceTo[0] ?? '') : undefined;
    const type = target === undefined ? types.SOBJECT : recordType(target);
    return { kind: 'parent', name: parent.relationshipName, type };
  }
  const children = schema.childRelationships.find(
    (candidate) => candidate.relationshipName.toLowerCase() === key,
  );
  const child = children && program.schema.object(children.childSObject);
  if (children === undefined || child === undefined) return undefined;
  return { kind: 'children', name: children.relationshipName, type: types.listOf(recordType(child)) };
}
