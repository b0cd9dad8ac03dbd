import type { FieldSchema, SObjectSchema } from '../../org/types.ts';
import { ApexNative } from '../runtime/values.ts';

/** Behind a `Schema.SObjectType`. */
export class ObjectToken {
  readonly schema: SObjectSchema;

  constructor(schema: SObjectSchema) {
    this.schema = schema;
  }

  get shown(): string {
    return this.schema.name;
  }
}

/** Behind a `Schema.SObjectField`. */
export class FieldToken {
  readonly schema: SObjectSchema;
  readonly field: FieldSchema;

  constructor(schema: SObjectSchema, field: FieldSchema) {
    this.schema = schema;
    this.field = field;
  }

  get shown(): string {
    return this.field.name;
  }
}

const objects = new WeakMap<SObjectSchema, ApexNative>();
const fields = new WeakMap<FieldSchema, ApexNative>();

/** The one token of an object: tokens are compared. */
export function objectToken(schema: SObjectSchema): ApexNative {
  let token = objects.get(schema);
  if (token === undefined) {
    token = new ApexNative('SObjectType', new ObjectToken(schema));
    objects.set(schema, token);
  }
  return token;
}

/** The one token of a field. */
export function fieldToken(schema: SObjectSchema, field: FieldSchema): ApexNative {
  let token = fields.get(field);
  if (token === undefined) {
    token = new ApexNative('SObjectField', new FieldToken(schema, field));
    fields.set(field, token);
  }
  return token;
}
