import type { FieldType, Subquery } from '@jetstreamapp/soql-parser-js';
import type { SObjectDefinition } from '../org/schema.ts';
import type { FieldSchema } from '../org/types.ts';
import { parseSoql } from '../soql/parse.ts';
import type { Call } from './call.ts';

interface Column {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly Column[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

const NUMBER_TYPES = new Set(['int', 'double', 'currency', 'percent', 'long']);
const NOT_TEXT = new Set([...NUMBER_TYPES, 'boolean', 'date', 'datetime', 'address']);
const APEX_TYPES: Readonly<Record<string, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
};

function plain(name: string, aggregate: boolean): Column {
  return {
    aggregate,
    apexType: null,
    booleanType: false,
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: aggregate,
    textType: false,
    updatable: false,
  };
}

function fieldColumn(name: string, field: FieldSchema | undefined): Column {
  if (field === undefined) return plain(name, false);
  return {
    ...plain(field.name, false),
    apexType: APEX_TYPES[field.type] ?? 'String',
    booleanType: field.type === 'boolean',
    custom: field.custom,
    foreignKeyName: field.relationshipName,
    insertable: field.createable,
    numberType: NUMBER_TYPES.has(field.type),
    textType: !NOT_TEXT.has(field.type),
    updatable: field.updateable,
  };
}

/** A parent path becomes nested joins: `Account.Owner.Name` → Account ⊃ Owner ⊃ Name. */
function pathColumn(call: Call, object: SObjectDefinition | undefined, path: readonly string[]): Column {
  const [head = '', ...rest] = path;
  if (rest.length === 0) return fieldColumn(head, object?.field(head));
  const reference = object?.fields.find(
    (field) => field.relationshipName?.toLowerCase() === head.toLowerCase(),
  );
  const target = reference?.referenceTo[0];
  const parent = target === undefined ? undefined : call.org.schema.object(target);
  return {
    ...plain(reference?.relationshipName ?? head, false),
    joinColumns: [pathColumn(call, parent, rest)],
  };
}

function childColumn(call: Call, object: SObjectDefinition | undefined, subquery: Subquery): Column {
  const name = subquery.relationshipName;
  const child = object?.childRelationships.find(
    (known) => known.relationshipName.toLowerCase() === name.toLowerCase(),
  );
  const target = child === undefined ? undefined : call.org.schema.object(child.childSObject);
  return {
    ...plain(name, true),
    numberType: false,
    joinColumns: columnsOf(call, target, subquery.fields ?? []),
  };
}

function columnsOf(
  call: Call,
  object: SObjectDefinition | undefined,
  fields: readonly FieldType[],
): Column[] {
  let expressions = 0;
  return fields.map((field) => {
    switch (field.type) {
      case 'Field':
        return fieldColumn(field.field, object?.field(field.field));
      case 'FieldRelationship':
        return pathColumn(call, object, [...field.relationships, field.field]);
      case 'FieldSubquery':
        return childColumn(call, object, field.subquery);
      case 'FieldFunctionExpression': {
        const name = field.alias ?? `expr${expressions}`;
        if (field.alias === undefined) expressions += 1;
        return plain(name, field.functionName.toUpperCase() !== 'FIELDS');
      }
      case 'FieldTypeof':
        return plain(field.field, false);
    }
  });
}

/** What `?columns=true` answers instead of records: the columns that the query would give (as Tooling API does). */
export function columnMetadata(call: Call, soql: string): Readonly<Record<string, unknown>> {
  // Refuses what the query itself would be refused for.
  const result = call.org.query(call.user, soql);
  const query = parseSoql(soql);
  const object = call.org.schema.object(query.sObject);
  const fields = query.fields ?? [];
  return {
    columnMetadata: columnsOf(call, object, fields),
    entityName: object?.name ?? query.sObject,
    groupBy: query.groupBy !== undefined,
    idSelected: fields.some((field) => field.type === 'Field' && field.field.toLowerCase() === 'id'),
    keyPrefix: object?.keyPrefix ?? null,
    totalSize: result.totalSize,
  };
}
