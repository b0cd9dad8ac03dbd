import { getFlattenedFields } from '@jetstreamapp/soql-parser-js';
import { ApiError } from '../org/types.ts';
import type { Org, ResultRecord, SObjectSchema } from '../org/types.ts';
import { parseSoql } from '../soql/parse.ts';

/** One column of a bulk query's result. */
export interface QueryColumn {
  /** In canonical letter case, `Account.Name` for a parent's field. */
  readonly header: string;
  /** The cell's text; empty for null. */
  cell(record: ResultRecord): string;
}

/**
 * The object and columns of a query, in the order of its SELECT.
 * @throws ApiError MALFORMED_QUERY; API_ERROR for what Bulk API 2.0 queries cannot do
 */
export function queryColumns(org: Org, soql: string): { object: string; columns: readonly QueryColumn[] } {
  const query = parseSoql(soql);
  const object = org.schema.object(query.sObject);
  const fields = query.fields ?? [];
  if (fields.some((field) => field.type === 'FieldSubquery')) throw notSupported('Aggregate Relationships');
  if (
    query.groupBy ||
    fields.some((field) => field.type === 'FieldFunctionExpression' && field.isAggregateFn)
  ) {
    throw notSupported('Aggregate functions and GROUP BY');
  }
  if (query.offset !== undefined) throw notSupported('OFFSET');
  const paths = getFlattenedFields(query);
  return {
    object: object?.name ?? query.sObject,
    columns: paths.map((path) => column(org, object, path.split('.'))),
  };
}

function notSupported(construct: string): ApiError {
  return new ApiError(400, 'API_ERROR', `${construct} not supported in Bulk V2 Query with CSV content type`);
}

function column(org: Org, object: SObjectSchema | undefined, path: readonly string[]): QueryColumn {
  const canonical: string[] = [];
  let type = '';
  let current = object;
  for (const segment of path) {
    const wanted = segment.toLowerCase();
    const lookup: SObjectSchema['fields'][number] | undefined = current?.fields.find(
      (field) => field.relationshipName?.toLowerCase() === wanted,
    );
    const isLast = canonical.length === path.length - 1;
    const field = isLast ? current?.field(segment) : undefined;
    canonical.push(field?.name ?? (isLast ? undefined : lookup?.relationshipName) ?? segment);
    type = field?.type ?? '';
    current = org.schema.object(lookup?.referenceTo[0] ?? '');
  }
  const show = type === 'datetime' ? utcText : plainText;
  return { header: canonical.join('.'), cell: (record) => show(valueAt(record, canonical)) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function valueAt(record: ResultRecord, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const segment of path) {
    if (!isRecord(value)) return null;
    value = value[segment];
  }
  return value;
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** Bulk results write `Z` where REST writes `+0000`. */
function utcText(value: unknown): string {
  return plainText(value).replace(/\+0000$/, 'Z');
}
