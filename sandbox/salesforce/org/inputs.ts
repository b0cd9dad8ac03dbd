import { accessTo } from './access.ts';
import type { OrgCore } from './core.ts';
import type { SObjectDefinition } from './schema.ts';
import type { FieldSchema, InputRow, SaveError, UserContext, Value } from './types.ts';
import { coerce } from './values.ts';

/** A client's row under canonical names and stored values, or what is wrong with it. */
export interface ReadInput {
  readonly values: Record<string, Value>;
  readonly errors: SaveError[];
}

/** "No such column", as REST words it for writes. */
export function noSuchColumn(object: string, name: string): SaveError {
  return {
    statusCode: 'INVALID_FIELD',
    message: `No such column '${name}' on sobject of type ${object}`,
    fields: [],
  };
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** The reference field behind a relationship name (`Account` → `AccountId`). */
export function referenceByRelationship(schema: SObjectDefinition, name: string): FieldSchema | undefined {
  const wanted = name.toLowerCase();
  return schema.fields.find(
    (field) => field.type === 'reference' && field.relationshipName?.toLowerCase() === wanted,
  );
}

/** Finds a parent by one of its external ids: `{Ext__c: 'x'}`. */
function findParent(
  core: OrgCore,
  reference: FieldSchema,
  parent: Readonly<Record<string, unknown>>,
): { id: string } | SaveError {
  const named = isRecord(parent['attributes']) ? parent['attributes']['type'] : undefined;
  const object = typeof named === 'string' ? named : (reference.referenceTo[0] ?? '');
  const keys = Object.entries(parent).filter(([name]) => name !== 'attributes');
  const table = core.table(object);
  const [key] = keys;
  if (table === undefined || key === undefined || keys.length > 1) {
    const message = `Only one external id may be given for the relationship ${reference.relationshipName ?? reference.name}`;
    return { statusCode: 'INVALID_FIELD', message, fields: [] };
  }
  const [name, raw] = key;
  const field = table.schema.field(name);
  if (field === undefined || !(field.externalId || field.idLookup))
    return noSuchColumn(table.schema.name, name);
  const value = coerce(field, raw);
  if (!value.ok) return value.error;
  const found = [...(table.find(field.name, value.value) ?? [])].filter((row) => row['IsDeleted'] !== true);
  const [first] = found;
  if (first === undefined) {
    const message = `Foreign key external ID: ${String(raw)} not found for field ${field.name} in entity ${table.schema.name}`;
    return { statusCode: 'INVALID_FIELD', message, fields: [] };
  }
  if (found.length > 1) {
    const message = `${field.name}: more than one record found for external id field: [${found.map((row) => row.Id).join(', ')}]`;
    return { statusCode: 'DUPLICATE_EXTERNAL_ID', message, fields: [field.name] };
  }
  return { id: first.Id };
}

/** Reads rows of one object from one user for one operation. */
export class InputReader {
  private readonly core: OrgCore;
  private readonly user: UserContext;
  private readonly schema: SObjectDefinition;
  private readonly operation: 'insert' | 'update';
  private readonly access = new Map<string, 'unknown' | 'closed' | FieldSchema>();

  constructor(core: OrgCore, user: UserContext, schema: SObjectDefinition, operation: 'insert' | 'update') {
    this.core = core;
    this.user = user;
    this.schema = schema;
    this.operation = operation;
  }

  read(row: InputRow): ReadInput {
    const values: Record<string, Value> = {};
    const errors: SaveError[] = [];
    const closed: string[] = [];
    for (const [name, raw] of Object.entries(row)) {
      const lower = name.toLowerCase();
      if (lower === 'attributes' || (lower === 'id' && this.operation === 'update')) continue;
      const relation = isRecord(raw) ? referenceByRelationship(this.schema, name) : undefined;
      const field = this.fieldOf(relation?.name ?? name);
      if (field === 'unknown') errors.push(noSuchColumn(this.schema.name, name));
      else if (field === 'closed') closed.push(this.schema.field(relation?.name ?? name)?.name ?? name);
      else if (relation !== undefined && isRecord(raw)) {
        const parent = findParent(this.core, relation, raw);
        if ('id' in parent) values[field.name] = parent.id;
        else errors.push(parent);
      } else {
        const value = coerce(field, raw);
        if (value.ok) values[field.name] = value.value;
        else errors.push(value.error);
      }
    }
    if (closed.length > 0) errors.push(this.closedFields(closed));
    return { values, errors };
  }

  private fieldOf(name: string): 'unknown' | 'closed' | FieldSchema {
    const known = this.access.get(name);
    if (known !== undefined) return known;
    const verdict = this.judge(name);
    this.access.set(name, verdict);
    return verdict;
  }

  private judge(name: string): 'unknown' | 'closed' | FieldSchema {
    const field = this.schema.field(name);
    if (field === undefined) return 'unknown';
    const access = accessTo(this.user, this.schema, field);
    if (access === 'none') return 'unknown';
    const open = this.operation === 'insert' ? field.createable : field.updateable;
    return open && access === 'edit' ? field : 'closed';
  }

  private closedFields(fields: string[]): SaveError {
    const message =
      `Unable to create/update fields: ${fields.join(', ')}. Please check the security settings of this field ` +
      'and verify that it is read/write for your profile or permission set.';
    return { statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message, fields };
  }
}
