import { canRead } from '../org/access.ts';
import type { FieldSchema, Row, SchemaRegistry, SObjectSchema, Table, UserContext } from '../org/types.ts';
import { noSuchObject } from './errors.ts';

/** What every part of one query's compilation shares. */
export interface Scope {
  readonly soql: string;
  readonly user: UserContext;
  readonly schema: SchemaRegistry;
  table(name: string): Table | undefined;
  /** Whether deleted rows count (queryAll). */
  readonly all: boolean;
  readonly now: number;
}

/** The object that a query level reads. */
export interface Source {
  readonly object: SObjectSchema;
  readonly table: Table;
  readonly alias: string | undefined;
}

/** @throws ApiError INVALID_TYPE for an object that is unknown or holds no rows. */
export function sourceOf(scope: Scope, name: string, alias: string | undefined): Source {
  const object = scope.schema.object(name);
  const table = object && scope.table(object.name);
  if (!object || !table) throw noSuchObject(scope.soql, name);
  return { object, table, alias };
}

/** The field if it exists and the user may see it. */
export function visibleField(scope: Scope, object: SObjectSchema, name: string): FieldSchema | undefined {
  const field = object.field(name);
  return field && canRead(scope.user, object, field) ? field : undefined;
}

/** All fields that the user may see. */
export function visibleFields(scope: Scope, object: SObjectSchema): FieldSchema[] {
  return object.fields.filter((field) => visibleField(scope, object, field.name) !== undefined);
}

/** Whether the query may see the row at all. */
export function isLive(scope: Scope, row: Row): boolean {
  return scope.all || row['IsDeleted'] !== true;
}
