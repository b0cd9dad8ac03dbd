import type { FieldType, FunctionExp, Subquery } from '@jetstreamapp/soql-parser-js';
import type { FieldSchema, ResultRecord, Row, SObjectSchema, Value } from '../org/types.ts';
import { addressReader } from './address.ts';
import type { Column, Hop } from './columns.ts';
import { resolveColumn } from './columns.ts';
import { malformed, unsupported } from './errors.ts';
import type { Scope, Source } from './scope.ts';
import { visibleFields } from './scope.ts';
import { labelReader, soleArgument } from './subjects.ts';

/** Base of the record addresses in `attributes`. */
const SOBJECTS_URL = '/services/data/v67.0/sobjects';

/** FIELDS(ALL) and FIELDS(CUSTOM) need a LIMIT of at most this. */
const MAX_FIELDS_LIMIT = 200;

/** Makes the record of a row as REST answers it. */
export type Projection = (row: Row) => ResultRecord;

/** Compiles a child sub-query: the property it fills and how. */
export type CompileChild = (subquery: Subquery) => {
  readonly key: string;
  readonly read: (parent: Row) => unknown;
};

/** One property of the answer, in the order of the SELECT list. */
type Node =
  | { readonly kind: 'value'; readonly key: string; readonly read: (row: Row) => unknown }
  | { readonly kind: 'parent'; readonly key: string; readonly hop: Hop; readonly nodes: Node[] };

/**
 * Compiles a SELECT list without aggregates.
 * @throws ApiError INVALID_FIELD, or MALFORMED_QUERY for duplicates, aliases and what is not emulated.
 */
export function compileSelect(
  scope: Scope,
  source: Source,
  fields: readonly FieldType[],
  limit: number | undefined,
  child: CompileChild,
): Projection {
  const root: Node[] = [];
  const selected = new Set<string>();
  const add = (column: Column, alias: string | undefined, read: (row: Row) => unknown): void => {
    const key = [...column.hops.map((hop) => hop.relationship), alias ?? column.field.name].join('.');
    if (selected.has(key.toLowerCase())) throw malformed(`duplicate field selected: ${key}`);
    selected.add(key.toLowerCase());
    place(root, column, alias, read);
  };

  for (const field of fields) {
    switch (field.type) {
      case 'Field':
      case 'FieldRelationship': {
        if ('alias' in field && field.alias !== undefined)
          throw malformed('only aggregate expressions use field aliasing');
        const path = field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
        const column = resolveColumn(scope, source, path);
        add(column, undefined, valueReader(column));
        break;
      }
      case 'FieldFunctionExpression':
        if (field.functionName.toUpperCase() === 'FIELDS') {
          for (const each of fieldsOf(scope, source.object, field, limit)) {
            const column = resolveColumn(scope, source, each.name);
            add(column, undefined, valueReader(column));
          }
        } else {
          const { column, read } = functionColumn(scope, source, field);
          add(column, field.alias, read);
        }
        break;
      case 'FieldSubquery': {
        const { key, read } = child(field.subquery);
        root.push({ kind: 'value', key, read });
        break;
      }
      case 'FieldTypeof':
        throw unsupported('TYPEOF');
    }
  }
  return (row) => {
    const record = recordOf(source.object, row);
    fill(record, root, row);
    return record;
  };
}

function place(root: Node[], column: Column, alias: string | undefined, read: (row: Row) => unknown): void {
  let nodes = root;
  for (const hop of column.hops) {
    let parent = nodes.find((node) => node.kind === 'parent' && node.key === hop.relationship);
    if (parent?.kind !== 'parent') {
      parent = { kind: 'parent', key: hop.relationship, hop, nodes: [] };
      nodes.push(parent);
    }
    nodes = parent.nodes;
  }
  nodes.push({ kind: 'value', key: alias ?? column.field.name, read });
}

function recordOf(object: SObjectSchema, row: Row): ResultRecord {
  return { attributes: { type: object.name, url: `${SOBJECTS_URL}/${object.name}/${row.Id}` } };
}

function fill(record: ResultRecord, nodes: readonly Node[], row: Row): void {
  for (const node of nodes) {
    if (node.kind === 'value') {
      record[node.key] = node.read(row);
      continue;
    }
    const parent = node.hop.parent(row);
    if (!parent) {
      record[node.key] = null;
      continue;
    }
    const nested = recordOf(parent.object, parent.row);
    fill(nested, node.nodes, parent.row);
    record[node.key] = nested;
  }
}

/** Reads a field from the row that holds it (the parent's row for a path) in REST's form. */
function valueReader(column: Column): (row: Row) => unknown {
  const { field } = column;
  if (field.type === 'address') return addressReader(field);
  return (row) => shownValue(field.type, column.readOwn(row));
}

/** REST shows datetimes at whole seconds with a numeric offset. */
export function shownValue(type: string, value: Value): Value {
  return type === 'datetime' && typeof value === 'string' ? `${value.slice(0, 19)}.000+0000` : value;
}

/** toLabel answers picklist labels; FORMAT passes values through, as the org has no locale formats. */
function functionColumn(
  scope: Scope,
  source: Source,
  call: FunctionExp,
): { column: Column; read: (row: Row) => unknown } {
  const name = (call.functionName ?? '').toLowerCase();
  if (name !== 'tolabel' && name !== 'format')
    throw unsupported(`function ${call.functionName ?? ''} in SELECT`);
  const argument = soleArgument(call);
  if (typeof argument === 'object') throw unsupported(`a function inside ${call.functionName ?? ''}`);
  const column = resolveColumn(scope, source, argument);
  if (name === 'format') return { column, read: valueReader(column) };
  return { column, read: labelReader(column.field, column.readOwn) };
}

function fieldsOf(
  scope: Scope,
  object: SObjectSchema,
  call: FunctionExp,
  limit: number | undefined,
): readonly FieldSchema[] {
  const which = soleArgument(call);
  const fields = visibleFields(scope, object);
  const kind = typeof which === 'string' ? which.toUpperCase() : '';
  if (kind === 'STANDARD') return fields.filter((field) => !field.custom);
  if (kind !== 'ALL' && kind !== 'CUSTOM') throw malformed(`unexpected token: '${kind}'`);
  if (limit === undefined || limit > MAX_FIELDS_LIMIT) {
    throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${MAX_FIELDS_LIMIT}`);
  }
  return kind === 'ALL' ? fields : fields.filter((field) => field.custom);
}
