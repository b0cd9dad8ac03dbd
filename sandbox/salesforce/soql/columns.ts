import type { FieldSchema, Row, SObjectSchema, Table, Value } from '../org/types.ts';
import { malformed, noSuchColumn, noSuchRelationship } from './errors.ts';
import type { Scope, Source } from './scope.ts';
import { isLive, visibleField } from './scope.ts';

/** Relationship levels that a path may climb (Relationship Query Limitations). */
const MAX_LEVELS = 5;

/** What the Name object shows of a parent that may be one of several objects (Object Reference, Name). */
const NAME_FIELDS = new Set(
  'id name firstname lastname alias email isactive phone title type username profileid userroleid'.split(' '),
);

/** One step from a row to its parent. */
export interface Hop {
  readonly relationship: string;
  /** The parent's row and object, or undefined where there is none. */
  parent(row: Row): Parent | undefined;
}

export interface Parent {
  readonly row: Row;
  readonly object: SObjectSchema;
}

/** A field of the queried object or of a parent. */
export interface Column {
  /** As the user wrote it, for messages. */
  readonly written: string;
  /** In canonical letter case, relationships included. */
  readonly path: string;
  readonly field: FieldSchema;
  readonly hops: readonly Hop[];
  /** From the queried row. Null where the row or a parent has none; checkboxes are false then. */
  readonly read: (row: Row) => Value;
  /** From the row that holds the field itself: the last parent on the path. */
  readonly readOwn: (row: Row) => Value;
}

/**
 * Finds the column of a dotted path.
 * @throws ApiError INVALID_FIELD for what does not exist or the user may not see.
 */
export function resolveColumn(scope: Scope, source: Source, written: string): Column {
  const segments = pathWithin(source, written);
  const name = segments.at(-1) ?? written;
  const relationships = segments.slice(0, -1);
  if (relationships.length > MAX_LEVELS) {
    throw malformed(`Relationship path '${written}' exceeds the limit of ${MAX_LEVELS} levels`);
  }

  let targets: readonly SObjectSchema[] = [source.object];
  const hops: Hop[] = [];
  for (const relationship of relationships) {
    const key = foreignKey(scope, targets, relationship);
    if (!key?.relationshipName) throw noSuchRelationship(scope.soql, written, relationship);
    const parents = parentTables(scope, key);
    if (parents.length === 0) throw noSuchRelationship(scope.soql, written, relationship);
    hops.push(hopOver(scope, key.relationshipName, key.name, parents));
    targets = parents.map((parent) => parent.schema);
  }

  const found = targets.length === 1 ? ownField(scope, targets, name) : nameField(scope, targets, name);
  // A relationship to several objects is seen through the Name object.
  if (!found)
    throw noSuchColumn(scope.soql, written, targets.length === 1 ? (targets[0]?.name ?? '') : 'Name');
  const { field, readOwn } = found;
  const path = [...hops.map((hop) => hop.relationship), field.name].join('.');
  return { written, path, field, hops, readOwn, read: climbing(hops, readOwn, absentOf(field)) };
}

type Found = Pick<Column, 'field' | 'readOwn'>;

function ownField(scope: Scope, targets: readonly SObjectSchema[], name: string): Found | undefined {
  const field = targets.map((target) => visibleField(scope, target, name)).find((each) => each !== undefined);
  if (!field) return undefined;
  const key = field.name;
  const absent = absentOf(field);
  return { field, readOwn: (row) => valueOf(row[key], absent) };
}

/** A field of the Name object; its Type is the name of the parent's object, `Queue` for queues. */
function nameField(scope: Scope, targets: readonly SObjectSchema[], name: string): Found | undefined {
  const wanted = name.toLowerCase();
  if (!NAME_FIELDS.has(wanted)) return undefined;
  if (wanted !== 'type') return ownField(scope, targets, name);
  const like = ownField(scope, targets, 'Name');
  if (!like) return undefined;
  return {
    field: { ...like.field, name: 'Type', label: 'Type' },
    readOwn: (row) => {
      const object = targets.find((target) => target.keyPrefix === row.Id.slice(0, 3));
      return object?.name === 'Group' ? (row['Type'] ?? null) : (object?.name ?? null);
    },
  };
}

/** The path without a leading alias or object name. */
function pathWithin(source: Source, written: string): string[] {
  const segments = written.split('.');
  const first = segments[0]?.toLowerCase();
  if (segments.length < 2) return segments;
  const isAlias = first === source.alias?.toLowerCase();
  const isObject = first === source.object.name.toLowerCase();
  const isRelationship = source.object.fields.some(
    (field) => field.relationshipName?.toLowerCase() === first,
  );
  return isAlias || (isObject && !isRelationship) ? segments.slice(1) : segments;
}

function foreignKey(
  scope: Scope,
  objects: readonly SObjectSchema[],
  relationship: string,
): FieldSchema | undefined {
  const wanted = relationship.toLowerCase();
  for (const object of objects) {
    const key = object.fields.find((field) => field.relationshipName?.toLowerCase() === wanted);
    if (!key || !visibleField(scope, object, key.name)) continue;
    if (objects.length === 1 || NAME_FIELDS.has(key.name.toLowerCase())) return key;
  }
  return undefined;
}

function parentTables(scope: Scope, key: FieldSchema): Table[] {
  const tables: Table[] = [];
  for (const name of key.referenceTo) {
    const table = scope.table(name);
    if (table) tables.push(table);
  }
  return tables;
}

function hopOver(scope: Scope, relationship: string, key: string, parents: readonly Table[]): Hop {
  return {
    relationship,
    parent(row) {
      const id = row[key];
      if (typeof id !== 'string') return undefined;
      for (const table of parents) {
        const parent = table.get(id);
        if (parent) return isLive(scope, parent) ? { row: parent, object: table.schema } : undefined;
      }
      return undefined;
    },
  };
}

function absentOf(field: FieldSchema): Value {
  return field.type === 'boolean' ? false : null;
}

function climbing(hops: readonly Hop[], readOwn: (row: Row) => Value, absent: Value): (row: Row) => Value {
  if (hops.length === 0) return readOwn;
  return (row) => {
    let current: Row | undefined = row;
    for (const hop of hops) {
      current = hop.parent(current)?.row;
      if (!current) return absent;
    }
    return readOwn(current);
  };
}

/** Empty strings count as null, as Salesforce never stores them. */
function valueOf(stored: Value | undefined, absent: Value): Value {
  return stored === undefined || stored === null || stored === '' ? absent : stored;
}
