import type { FieldSchema, InputRow, Org, SObjectSchema, UserContext } from '../org/types.ts';
import { InvalidBatch } from './invalid-batch.ts';

/** One CSV column as a part of the row to be saved. */
interface Column {
  /** A field's name, or a relationship's where a parent is named by its external id. */
  readonly target: string;
  readonly parentField: string | undefined;
  readonly field: FieldSchema;
}

const NULL_CELL = '#N/A';

/** Turns CSV records under one header into rows for the org. An empty cell leaves the field alone, `#N/A` empties it. */
export class ColumnPlan {
  readonly header: readonly string[];
  readonly #columns: readonly Column[];

  /** @throws InvalidBatch for a column that is no field the user can see */
  constructor(org: Org, user: UserContext, object: SObjectSchema, header: readonly string[]) {
    if (header.length === 0) throw new InvalidBatch('Failed to parse CSV header');
    this.header = header;
    this.#columns = header.map((name) => resolveColumn(org, user, object, name.trim()));
  }

  row(record: readonly string[]): InputRow {
    const row: Record<string, unknown> = {};
    this.#columns.forEach((column, index) => {
      const cell = record[index] ?? '';
      if (cell === '') return;
      const value = cell === NULL_CELL ? null : typed(cell, column.field);
      row[column.target] =
        column.parentField === undefined || value === null ? value : { [column.parentField]: value };
    });
    return row;
  }
}

/** `Field`, `Relationship.ExternalId__c` or, for a polymorphic lookup, `Type:Relationship.ExternalId__c`. */
function resolveColumn(org: Org, user: UserContext, object: SObjectSchema, name: string): Column {
  const notFound = () => new InvalidBatch(`Field name not found : ${name}`);
  const visible = (schema: SObjectSchema, fieldName: string) => {
    const field = schema.field(fieldName);
    return field && user.fieldAccess(schema.name, field.name) !== 'none' ? field : undefined;
  };
  const [, parentType, relationship, fieldName = ''] = /^(?:(\w+):)?(?:(\w+)\.)?(\w+)$/.exec(name) ?? [];
  if (relationship === undefined) {
    const field = parentType === undefined ? visible(object, fieldName) : undefined;
    if (!field) throw notFound();
    return { target: field.name, parentField: undefined, field };
  }
  const lookup = object.fields.find(
    (field) => field.relationshipName?.toLowerCase() === relationship.toLowerCase(),
  );
  if (!lookup?.relationshipName || !visible(object, lookup.name)) throw notFound();
  if (parentType !== undefined && lookup.referenceTo.length === 1) {
    throw new InvalidBatch(`type is not needed for non polymorphic foreign key : ${name}`);
  }
  const parent = org.schema.object(parentType ?? lookup.referenceTo[0] ?? '');
  const parentField = parent && visible(parent, fieldName);
  if (!parentField) throw notFound();
  return { target: lookup.relationshipName, parentField: parentField.name, field: parentField };
}

const NUMBERS = new Set(['int', 'double', 'currency', 'percent', 'long']);

/** A cell in its field's type. What does not read as one stays text, for the org to refuse that row. */
function typed(cell: string, field: FieldSchema): string | number | boolean {
  if (NUMBERS.has(field.type))
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell.trim()) ? Number(cell) : cell;
  if (field.type === 'boolean') {
    if (/^(true|1|yes|t|y)$/i.test(cell)) return true;
    if (/^(false|0|no|f|n)$/i.test(cell)) return false;
  }
  return cell;
}
