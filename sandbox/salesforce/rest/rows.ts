import { toId18 } from '../org/ids.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import type { Row, Table } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { checkJsonRow, rowBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { NO_CONTENT, notFound, objectOf } from './call.ts';
import {
  fieldsNamed,
  fieldsParameter,
  onlyResult,
  recordUrl,
  refusedRow,
  refuseKeyInBody,
  renderRecord,
  visibleFields,
} from './records.ts';
import { dateHeader, saveOptions } from './save-headers.ts';

/** The living record that the path names by id. @throws ApiError NOT_FOUND, ENTITY_IS_DELETED */
function rowOf(
  call: Call,
  object: SObjectDefinition,
  table: Table | undefined = call.org.table(object.name),
): Row {
  const text = call.params['id'] ?? '';
  if (toId18(text) === undefined) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${text}`);
  }
  const row = table?.get(text);
  if (row === undefined) throw notFound();
  if (row['IsDeleted'] === true) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
  return row;
}

function create(call: Call): Answer {
  const object = objectOf(call);
  const row = rowBody(call);
  checkJsonRow(call.user, object, row);
  const result = onlyResult(call.org.insert(call.user, object.name, [row], saveOptions(call)));
  if (!result.success) return refusedRow(result.errors);
  return {
    status: 201,
    body: { id: result.id, success: true, errors: [] },
    headers: { Location: recordUrl(call.version, object.name, result.id) },
  };
}

/** A record unless conditional headers say that the client needs none or expects another. */
export function readRow(call: Call, object: SObjectDefinition, row: Row): Answer {
  const modified = Date.parse(String(row['LastModifiedDate'] ?? row['SystemModstamp'] ?? ''));
  const since = dateHeader(call, 'if-modified-since');
  if (since !== undefined && modified <= since) return { status: 304 };
  const until = dateHeader(call, 'if-unmodified-since');
  if (until !== undefined && modified > until) return { status: 412 };
  const names = fieldsParameter(call);
  const fields =
    names === undefined ? visibleFields(call.user, object) : fieldsNamed(call.user, object, names);
  const body = renderRecord(call.version, object, row, fields);
  return { status: 200, body, headers: { 'Last-Modified': new Date(modified).toUTCString() } };
}

function read(call: Call): Answer {
  const object = objectOf(call);
  return readRow(call, object, rowOf(call, object, call.org.tableFor(call.user, object.name)));
}

function update(call: Call): Answer {
  const object = objectOf(call);
  const row = rowBody(call);
  const { Id } = rowOf(call, object);
  refuseKeyInBody(row, 'Id');
  checkJsonRow(call.user, object, row);
  const unmodifiedSince = dateHeader(call, 'if-unmodified-since');
  const options = { ...saveOptions(call), ...(unmodifiedSince === undefined ? {} : { unmodifiedSince }) };
  const result = onlyResult(call.org.update(call.user, object.name, [{ ...row, Id }], options));
  return result.success ? NO_CONTENT : refusedRow(result.errors);
}

function remove(call: Call): Answer {
  const object = objectOf(call);
  const { Id } = rowOf(call, object);
  const result = onlyResult(call.org.delete(call.user, [Id]));
  return result.success ? NO_CONTENT : refusedRow(result.errors);
}

/** Rows by id (sObject Rows). */
export const rowDoors: readonly Door[] = [
  { method: 'POST', path: '/sobjects/:object', handle: create },
  { method: 'GET', path: '/sobjects/:object/:id', handle: read },
  { method: 'PATCH', path: '/sobjects/:object/:id', handle: update },
  { method: 'DELETE', path: '/sobjects/:object/:id', handle: remove },
];
