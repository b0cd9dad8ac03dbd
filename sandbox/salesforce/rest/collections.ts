import { z } from 'zod';
import { rolledBack } from '../org/save.ts';
import { toId18 } from '../org/ids.ts';
import { externalIdField } from '../org/dml.ts';
import type { SObjectDefinition } from '../org/schema.ts';
import type { InputRow, SaveOptions, SaveResult } from '../org/types.ts';
import { ApiError } from '../org/types.ts';
import { checkJsonRow, parseBody } from './bodies.ts';
import type { Answer, Call, Door } from './call.ts';
import { objectOf, ok } from './call.ts';
import { fieldsNamed, renderRecord, rowResult } from './records.ts';
import { saveOptions } from './save-headers.ts';

const MOST_ROWS = 200;
const MOST_RETRIEVED = 2_000;
/** Runs of rows of the same type in one request. */
const MOST_RUNS = 10;

const record = z.looseObject({ attributes: z.object({ type: z.string() }).optional() });
const collectionBody = z.object({ allOrNone: z.boolean().default(false), records: z.array(record) });
const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

function tooMany(most: number): ApiError {
  const message = `record limit reached. cannot submit more than ${most} records into this call`;
  return new ApiError(400, 'EXCEEDED_ID_LIMIT', message);
}

interface Run {
  readonly object: SObjectDefinition;
  readonly rows: InputRow[];
}

function objectOfRow(call: Call, row: z.infer<typeof record>): SObjectDefinition {
  const type = row.attributes?.type;
  const object = type === undefined ? undefined : call.org.schema.object(type);
  if (object !== undefined) return object;
  throw new ApiError(400, 'INVALID_TYPE', `sObject type '${type ?? 'null'}' is not supported.`);
}

/** Neighbouring rows of the same type, which are saved together. */
function runsOf(call: Call, rows: readonly z.infer<typeof record>[]): Run[] {
  const runs: Run[] = [];
  for (const row of rows) {
    const object = objectOfRow(call, row);
    checkJsonRow(call.user, object, row);
    const last = runs.at(-1);
    if (last?.object === object) last.rows.push(row);
    else runs.push({ object, rows: [row] });
  }
  if (runs.length > MOST_RUNS) {
    const message = `The request has ${runs.length} chunks of records of one type; at most ${MOST_RUNS} are allowed`;
    throw new ApiError(400, 'LIMIT_EXCEEDED', message);
  }
  return runs;
}

/** Saves runs in order; with all-or-none one failed row takes back all of them. */
function saveRuns(
  call: Call,
  runs: readonly Run[],
  allOrNone: boolean,
  save: (run: Run, options: SaveOptions) => SaveResult[],
): SaveResult[] {
  const options = { ...saveOptions(call), allOrNone };
  const succeeded = (results: readonly SaveResult[]): boolean => results.every((result) => result.success);
  const work = (): SaveResult[] => runs.flatMap((run) => save(run, options));
  const results = call.org.transaction(work, (all) => !allOrNone || succeeded(all));
  return allOrNone && !succeeded(results) ? rolledBack(results) : results;
}

function write(call: Call, operation: 'insert' | 'update'): Answer {
  const { allOrNone, records } = parseBody(collectionBody, call.body);
  if (records.length > MOST_ROWS) throw tooMany(MOST_ROWS);
  const results = saveRuns(call, runsOf(call, records), allOrNone, (run, options) =>
    call.org[operation](call.user, run.object.name, run.rows, options),
  );
  return ok(results.map((result) => rowResult(result, false)));
}

function upsert(call: Call): Answer {
  const object = objectOf(call);
  const field = externalIdField(call.org, call.user, object.name, call.params['field'] ?? '');
  const { allOrNone, records } = parseBody(collectionBody, call.body);
  if (records.length > MOST_ROWS) throw tooMany(MOST_ROWS);
  const runs = runsOf(call, records);
  const other = runs.find((run) => run.object !== object);
  if (other !== undefined) {
    const message = `The type ${other.object.name} of a record is not the type ${object.name} of the request`;
    throw new ApiError(400, 'INVALID_TYPE', message);
  }
  const results = saveRuns(call, runs, allOrNone, (run, options) =>
    call.org.upsert(call.user, object.name, field.name, run.rows, options),
  );
  return ok(results.map((result) => rowResult(result, true)));
}

function idList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

function remove(call: Call): Answer {
  const ids = idList(call.query['ids']);
  if (ids.length === 0) throw new ApiError(400, 'MISSING_ARGUMENT', 'The ids parameter is required');
  if (ids.length > MOST_ROWS) throw tooMany(MOST_ROWS);
  const results = call.org.delete(call.user, ids, {
    allOrNone: call.query['allOrNone']?.toLowerCase() === 'true',
  });
  return ok(results.map((result) => rowResult(result, false)));
}

function retrieve(
  call: Call,
  wanted: { readonly ids: readonly string[]; readonly fields: readonly string[] },
): Answer {
  const object = objectOf(call);
  if (wanted.ids.length > MOST_RETRIEVED) throw tooMany(MOST_RETRIEVED);
  if (wanted.fields.length === 0)
    throw new ApiError(400, 'MISSING_ARGUMENT', 'The fields parameter is required');
  const fields = fieldsNamed(call.user, object, wanted.fields);
  const table = call.org.tableFor(call.user, object.name);
  return ok(
    wanted.ids.map((text) => {
      const id = toId18(text);
      if (id === undefined) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${text}`);
      const row = table?.get(id);
      return row === undefined || row['IsDeleted'] === true
        ? null
        : renderRecord(call.version, object, row, fields);
    }),
  );
}

/** sObject Collections: up to 200 rows, or 2,000 ids to read, in one API call. */
export const collectionDoors: readonly Door[] = [
  { method: 'POST', path: '/composite/sobjects', handle: (call) => write(call, 'insert') },
  { method: 'PATCH', path: '/composite/sobjects', handle: (call) => write(call, 'update') },
  { method: 'DELETE', path: '/composite/sobjects', handle: remove },
  {
    method: 'GET',
    path: '/composite/sobjects/:object',
    handle: (call) =>
      retrieve(call, { ids: idList(call.query['ids']), fields: idList(call.query['fields']) }),
  },
  {
    method: 'POST',
    path: '/composite/sobjects/:object',
    handle: (call) => retrieve(call, parseBody(retrieveBody, call.body)),
  },
  { method: 'PATCH', path: '/composite/sobjects/:object/:field', handle: upsert },
];
