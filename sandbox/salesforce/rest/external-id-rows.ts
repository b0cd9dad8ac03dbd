import { externalIdField, holdersOf } from '../org/dml.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import type { FieldSchema, Row } from '../org/types.ts';
import { coerce } from '../org/values.ts';
import { checkJsonRow, rowBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { NO_CONTENT, notFound, objectOf } from './call.ts';
import { onlyResult, recordUrl, refusedRow, refuseKeyInBody } from './records.ts';
import { readRow } from './rows.ts';
import { saveOptions } from './save-headers.ts';

/** From this version on an upsert that updates answers a body. */
const BODY_ON_UPDATE_SINCE = 46;

interface Target {
  readonly object: SObjectDefinition;
  readonly field: FieldSchema;
  readonly rows: readonly Row[];
}

function targetOf(call: Call): Target {
  const object = objectOf(call);
  const field = externalIdField(call.org, call.user, object.name, call.params['field'] ?? '');
  const value = coerce(field, call.params['value']);
  const table = call.org.table(object.name);
  if (table === undefined || !value.ok) throw notFound();
  const rows = holdersOf(table, field, value.value).flatMap((id) => table.get(id) ?? []);
  return { object, field, rows };
}

/** 300: the records among which the client has to choose, by address. */
function choices(call: Call, { object, rows }: Target): Answer {
  return { status: 300, body: rows.map((row) => recordUrl(call.version, object.name, row.Id)) };
}

function read(call: Call): Answer {
  const target = targetOf(call);
  const [row, another] = target.rows.filter((each) =>
    call.org.sharing.sees(call.user, target.object.name, each),
  );
  if (row === undefined) throw notFound();
  return another === undefined ? readRow(call, target.object, row) : choices(call, target);
}

function upsert(call: Call): Answer {
  const target = targetOf(call);
  const { object, field } = target;
  const row = rowBody(call);
  refuseKeyInBody(row, field.name);
  if (field.name !== 'Id') refuseKeyInBody(row, 'Id');
  checkJsonRow(call.user, object, row);
  if (target.rows.length > 1) return choices(call, target);
  const options = { ...saveOptions(call), updateOnly: call.query['updateOnly']?.toLowerCase() === 'true' };
  const keyed = { ...row, [field.name]: call.params['value'] };
  const result = onlyResult(call.org.upsert(call.user, object.name, field.name, [keyed], options));
  if (!result.success) return refusedRow(result.errors);
  if (!result.created && Number(call.version.slice(1)) < BODY_ON_UPDATE_SINCE) return NO_CONTENT;
  return {
    status: result.created ? 201 : 200,
    body: { id: result.id, success: true, errors: [], created: result.created },
    headers: result.created ? { Location: recordUrl(call.version, object.name, result.id) } : {},
  };
}

function remove(call: Call): Answer {
  const target = targetOf(call);
  const [row, another] = target.rows;
  if (row === undefined) throw notFound();
  if (another !== undefined) return choices(call, target);
  const result = onlyResult(call.org.delete(call.user, [row.Id]));
  return result.success ? NO_CONTENT : refusedRow(result.errors);
}

/** Rows by external id (sObject Rows by External ID). */
export const externalIdDoors: readonly Door[] = [
  { method: 'GET', path: '/sobjects/:object/:field/:value', handle: read },
  { method: 'PATCH', path: '/sobjects/:object/:field/:value', handle: upsert },
  { method: 'DELETE', path: '/sobjects/:object/:field/:value', handle: remove },
];
