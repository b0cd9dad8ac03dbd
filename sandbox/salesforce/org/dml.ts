import type { OrgCore } from './core.ts';
import { hashKey } from './hash-index.ts';
import { toId18 } from './ids.ts';
import { CHUNK, rolledBack, Saver } from './save.ts';
import type { Intent } from './save.ts';
import type { RecordTable } from './table.ts';
import type {
  FieldSchema,
  InputRow,
  SaveError,
  SaveOptions,
  SaveResult,
  UserContext,
  Value,
} from './types.ts';
import { ApiError } from './types.ts';
import { coerce, shown } from './values.ts';

/** @throws ApiError NOT_FOUND for an unknown object, CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY for a read-only one. */
export function writableTable(core: Pick<OrgCore, 'table'>, object: string): RecordTable {
  const table = core.table(object);
  if (table === undefined) throw new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');
  if (table.schema.readOnly) {
    throw new ApiError(
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be inserted: ${table.schema.label}`,
    );
  }
  return table;
}

/** Runs chunks of a call; with all-or-none the first failure takes every row back. */
function inChunks(
  core: OrgCore,
  intents: readonly Intent[],
  options: SaveOptions,
  save: (chunk: readonly Intent[]) => SaveResult[],
): SaveResult[] {
  const run = (): SaveResult[] => {
    const results: SaveResult[] = [];
    for (let from = 0; from < intents.length; from += CHUNK)
      results.push(...save(intents.slice(from, from + CHUNK)));
    return results;
  };
  if (options.allOrNone !== true) return core.journal.unit(run, () => true);
  const results = core.journal.unit(run, (outcome) => outcome.every((result) => result.success));
  return results.every((result) => result.success) ? results : rolledBack(results);
}

function refused(statusCode: string, message: string, fields: readonly string[]): Intent {
  return { kind: 'refused', errors: [{ statusCode, message, fields }] };
}

export function insertRows(
  core: OrgCore,
  user: UserContext,
  object: string,
  rows: readonly InputRow[],
  options: SaveOptions,
): SaveResult[] {
  const table = writableTable(core, object);
  const saver = new Saver(core, user, table, options);
  const intents = rows.map((row): Intent => {
    if (readKey(row, 'Id') !== undefined) {
      return refused('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
    }
    return { kind: 'insert', row };
  });
  return inChunks(core, intents, options, (chunk) => saver.saveChunk(chunk));
}

/** A row's value under a name in any letter case; null and empty text count as absent. */
export function readKey(row: InputRow, name: string): unknown {
  const direct = row[name];
  const wanted = name.toLowerCase();
  const key =
    direct === undefined ? Object.keys(row).find((candidate) => candidate.toLowerCase() === wanted) : name;
  const value = key === undefined ? undefined : row[key];
  return value === null || value === '' ? undefined : value;
}

/** Refuses every row whose key appears more than once within the same chunk of 200. */
function refuseRepeated(
  intents: readonly Intent[],
  keyOf: (at: number) => Value | undefined,
  error: (at: number) => SaveError,
): Intent[] {
  const counts = new Map<string, number>();
  const keyAt = (at: number): string => `${Math.floor(at / CHUNK)}:${String(hashKey(keyOf(at)))}`;
  intents.forEach((intent, at) => {
    if (intent.kind !== 'refused') counts.set(keyAt(at), (counts.get(keyAt(at)) ?? 0) + 1);
  });
  return intents.map((intent, at) =>
    intent.kind !== 'refused' && keyOf(at) !== undefined && (counts.get(keyAt(at)) ?? 0) > 1
      ? { kind: 'refused', errors: [error(at)] }
      : intent,
  );
}

/** The id a row names, checked against the object it is to be. */
export function idIntent(table: RecordTable, raw: unknown): { readonly id: string } | SaveError {
  if (raw === undefined)
    return { statusCode: 'MISSING_ARGUMENT', message: 'Id not specified in an update call', fields: ['Id'] };
  const id = typeof raw === 'string' ? toId18(raw) : undefined;
  if (id === undefined || id.slice(0, 3) !== table.schema.keyPrefix) {
    const label = table.schema.field('Id')?.label ?? 'Id';
    return {
      statusCode: 'MALFORMED_ID',
      message: `${label}: id value of incorrect type: ${shown(raw)}`,
      fields: ['Id'],
    };
  }
  return { id };
}

export function updateRows(
  core: OrgCore,
  user: UserContext,
  object: string,
  rows: readonly InputRow[],
  options: SaveOptions,
): SaveResult[] {
  const table = writableTable(core, object);
  const saver = new Saver(core, user, table, options);
  const intents = rows.map((row): Intent => {
    const found = idIntent(table, readKey(row, 'Id'));
    return 'id' in found ? { kind: 'update', id: found.id, row } : { kind: 'refused', errors: [found] };
  });
  const idAt = (at: number): string | undefined => {
    const intent = intents[at];
    return intent?.kind === 'update' ? intent.id : undefined;
  };
  const once = refuseRepeated(intents, idAt, (at) => ({
    statusCode: 'DUPLICATE_VALUE',
    message: `Duplicate id specified: ${idAt(at) ?? ''}`,
    fields: ['Id'],
  }));
  return inChunks(core, once, options, (chunk) => saver.saveChunk(chunk));
}

/** @throws ApiError NOT_FOUND where the field is no external id that the user sees. */
export function externalIdField(
  core: Pick<OrgCore, 'table'>,
  user: UserContext,
  object: string,
  name: string,
): FieldSchema {
  const table = writableTable(core, object);
  const field = table.schema.field(name);
  const hidden =
    field?.permissionable !== false &&
    field !== undefined &&
    user.fieldAccess(table.schema.name, field.name) === 'none';
  if (field === undefined || hidden || !(field.externalId || field.idLookup)) {
    const message = `Provided external ID field does not exist or is not accessible: ${name}`;
    throw new ApiError(404, 'NOT_FOUND', message);
  }
  return field;
}

/** Living records with this external id value. */
export function holdersOf(table: RecordTable, field: FieldSchema, value: Value): string[] {
  return [...(table.find(field.name, value) ?? [])]
    .filter((row) => row['IsDeleted'] !== true && (!field.caseSensitive || row[field.name] === value))
    .map((row) => row.Id);
}

function withoutKey(row: InputRow, name: string): InputRow {
  const wanted = name.toLowerCase();
  return Object.fromEntries(Object.entries(row).filter(([key]) => key.toLowerCase() !== wanted));
}

function upsertIntent(
  table: RecordTable,
  field: FieldSchema,
  row: InputRow,
  value: Value,
  options: SaveOptions,
): Intent {
  const found = holdersOf(table, field, value);
  const [id] = found;
  if (id === undefined) {
    if (options.updateOnly === true || field.name === 'Id')
      return refused('NOT_FOUND', 'The requested resource does not exist', []);
    return { kind: 'insert', row };
  }
  if (found.length > 1) {
    const message = `${field.name}: more than one record found for external id field: [${found.join(', ')}]`;
    return refused('DUPLICATE_EXTERNAL_ID', message, [field.name]);
  }
  // The key says which record it is; a user who may not edit the field may still use it so.
  return { kind: 'update', id, row: withoutKey(row, field.name) };
}

export function upsertRows(
  core: OrgCore,
  user: UserContext,
  object: string,
  externalId: string,
  rows: readonly InputRow[],
  options: SaveOptions,
): SaveResult[] {
  const field = externalIdField(core, user, object, externalId);
  const table = writableTable(core, object);
  const saver = new Saver(core, user, table, options);
  const keys = rows.map((row): Value => {
    const read = coerce(field, readKey(row, field.name));
    return read.ok ? read.value : null;
  });
  const known = rows.map((row, at): Intent => {
    if ((keys[at] ?? null) === null)
      return refused('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
    if (field.name !== 'Id' && readKey(row, 'Id') !== undefined) {
      return refused('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', ['Id']);
    }
    return { kind: 'insert', row };
  });
  const once = refuseRepeated(
    known,
    (at) => keys[at] ?? undefined,
    (at) => ({
      statusCode: 'DUPLICATE_VALUE',
      message: `Duplicate external id specified: ${String(keys[at])}`,
      fields: [field.name],
    }),
  );
  let at = 0;
  return inChunks(core, once, options, (chunk) => {
    // Looked up chunk by chunk: a key that an earlier chunk created is found by a later one.
    const resolved = chunk.map((intent) => {
      const value = keys[at] ?? null;
      at += 1;
      return intent.kind === 'refused' ? intent : upsertIntent(table, field, intent.row, value, options);
    });
    return saver.saveChunk(resolved);
  });
}
