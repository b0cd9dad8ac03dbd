import { canRead } from '../org/access.ts';
import type {
  FieldSchema,
  InputRow,
  ResultRecord,
  Row,
  SaveError,
  SaveResult,
  SObjectSchema,
  UserContext,
} from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { addressReader } from '../soql/address.ts';
import { shownValue } from '../soql/select.ts';
import type { Answer, Call } from './call.ts';

export function recordUrl(version: string, object: string, id: string): string {
  return `/services/data/${version}/sobjects/${object}/${id}`;
}

/** The fields of an object that a user sees. */
export function visibleFields(user: UserContext, object: SObjectSchema): FieldSchema[] {
  return object.fields.filter((field) => canRead(user, object, field));
}

/** Fields by name. @throws ApiError INVALID_FIELD for one the user does not see */
export function fieldsNamed(
  user: UserContext,
  object: SObjectSchema,
  names: readonly string[],
): FieldSchema[] {
  return names.map((name) => {
    const field = object.field(name.trim());
    if (field !== undefined && canRead(user, object, field)) return field;
    throw new ApiError(
      400,
      'INVALID_FIELD',
      `No such column '${name.trim()}' on entity '${object.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  });
}

/** A record as the row doors answer it. */
export function renderRecord(
  version: string,
  object: SObjectSchema,
  row: Row,
  fields: readonly FieldSchema[],
): ResultRecord {
  const record: ResultRecord = {
    attributes: { type: object.name, url: recordUrl(version, object.name, row.Id) },
  };
  for (const field of fields) {
    const absent = field.type === 'boolean' ? false : null;
    record[field.name] =
      field.type === 'address'
        ? addressReader(field)(row)
        : shownValue(field.type, row[field.name] ?? absent);
  }
  return record;
}

const STATUS: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  PRECONDITION_FAILED: 412,
  INSUFFICIENT_ACCESS: 403,
  INSUFFICIENT_ACCESS_OR_READONLY: 403,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
};

/** What a single-row door answers when its row was refused. The misspelt `duplicateResut` is Salesforce's own. */
export function refusedRow(errors: readonly SaveError[]): Answer {
  const [first] = errors;
  return {
    status: STATUS[first?.statusCode ?? ''] ?? 400,
    body: errors.map(({ statusCode, message, fields, duplicateResult }) =>
      duplicateResult === undefined
        ? { message, errorCode: statusCode, fields }
        : { duplicateResut: duplicateResult, message, errorCode: statusCode },
    ),
  };
}

/** What a collection door answers for one row: `statusCode`, not `errorCode`, and no matches of duplicate rules. */
export function rowResult(result: SaveResult, withCreated: boolean): unknown {
  if (result.success) {
    return { id: result.id, success: true, errors: [], ...(withCreated ? { created: result.created } : {}) };
  }
  const errors = result.errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields }));
  return { ...(result.id === undefined ? {} : { id: result.id }), success: false, errors };
}

/** The one result of a save of one row. */
export function onlyResult(results: readonly SaveResult[]): SaveResult {
  const [result] = results;
  if (result === undefined) throw new ApiError(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred');
  return result;
}

/** @throws ApiError INVALID_FIELD where a row that the path names also carries its key */
export function refuseKeyInBody(row: InputRow, key: string): void {
  const wanted = key.toLowerCase();
  if (Object.keys(row).some((name) => name.toLowerCase() === wanted)) {
    throw new ApiError(400, 'INVALID_FIELD', `The ${key} field should not be specified in the sobject data.`);
  }
}

/** The wanted fields of `?fields=a,b`, or undefined where the parameter is absent. */
export function fieldsParameter(call: Call): string[] | undefined {
  return call.query['fields']?.split(',').filter((name) => name.trim() !== '');
}
