import type { FieldAccess, FieldSchema, ObjectAccess, SObjectSchema, UserContext } from './types.ts';

const OPEN: ObjectAccess = { read: true, create: true, edit: true, delete: true };

/** What a user may do with an object's records, those that sharing leaves. */
export function objectAccess(user: UserContext, object: string): ObjectAccess {
  return user.objectAccess?.(object) ?? OPEN;
}

/** What a user may do with a field. Fields that field-level security cannot hide are always open. */
export function accessTo(user: UserContext, object: SObjectSchema, field: FieldSchema): FieldAccess {
  return field.permissionable === false ? 'edit' : user.fieldAccess(object.name, field.name);
}

/** Whether a user sees a field in describe, queries and rows. */
export function canRead(user: UserContext, object: SObjectSchema, field: FieldSchema): boolean {
  return accessTo(user, object, field) !== 'none';
}
