import type { FieldAccess, FieldSchema, SObjectSchema, UserContext } from './types.ts';

/** What a user may do with a field. Fields that field-level security cannot hide are always open. */
export function accessTo(user: UserContext, object: SObjectSchema, field: FieldSchema): FieldAccess {
  return field.permissionable === false ? 'edit' : user.fieldAccess(object.name, field.name);
}

/** Whether a user sees a field in describe, queries and rows. */
export function canRead(user: UserContext, object: SObjectSchema, field: FieldSchema): boolean {
  return accessTo(user, object, field) !== 'none';
}
