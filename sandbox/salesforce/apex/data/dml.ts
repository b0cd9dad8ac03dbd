import { objectAccess } from '../../org/access.ts';
import type { InputRow, SaveResult, UserContext } from '../../org/types.ts';
import { ApiError } from '../../org/types.ts';
import { ApexFailure, nullPointer, raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import type { ApexSObject, FailedRow } from '../runtime/values.ts';
import type { DmlOperation } from '../syntax/ast.ts';
import { inputRow } from './input-row.ts';
import { actorOf } from './system-mode.ts';
import type { Mode } from './system-mode.ts';

export interface DmlOptions {
  readonly mode: Mode;
  readonly allOrNone: boolean;
  /** Upserts only: the external id field. */
  readonly key?: string | undefined;
  /** `Database.DMLOptions.DuplicateRuleHeader.allowSave`. */
  readonly allowDuplicates?: boolean;
}

type Step = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

/** Rows of one object that go to the org in one call. */
interface Group {
  readonly step: Step;
  readonly object: string;
  readonly places: number[];
}

/** Neighbouring rows that one call can take. A record with an Id is updated by an upsert without a key. */
function groups(operation: DmlOperation, records: readonly ApexSObject[], key: string | undefined): Group[] {
  const found: Group[] = [];
  records.forEach((record, at) => {
    const byId = key === undefined || key.toLowerCase() === 'id';
    const step: Step =
      operation === 'upsert' && byId ? (record.id === null ? 'insert' : 'update') : operation;
    const last = found.at(-1);
    const object = record.schema.name;
    if (last?.step === step && last.object === object) last.places.push(at);
    else found.push({ step, object, places: [at] });
  });
  return found;
}

function runGroup(
  group: Group,
  records: readonly ApexSObject[],
  options: DmlOptions,
  user: UserContext,
  frame: Frame,
): SaveResult[] {
  const { org } = frame.transaction.host;
  if (options.mode === 'user') checkAccess(group, frame);
  const rows = group.places.map((at) => records[at] ?? nullPointer());
  const settings = {
    allOrNone: options.allOrNone,
    ...(options.allowDuplicates === true && {
      duplicateRule: { allowSave: true, includeRecordDetails: false },
    }),
  };
  const inputs = (kind: 'insert' | 'update'): InputRow[] => rows.map((row) => inputRow(row, kind));
  switch (group.step) {
    case 'insert':
      return org.insert(user, group.object, inputs('insert'), settings);
    case 'update':
      return org.update(user, group.object, inputs('update'), settings);
    case 'upsert':
      return org.upsert(user, group.object, options.key ?? 'Id', inputs('insert').map(withoutId), settings);
    case 'delete':
    case 'undelete': {
      const ids = rows.map((row) => row.id ?? missingId(group.step));
      return group.step === 'delete' ? org.delete(user, ids, settings) : org.undelete(user, ids);
    }
  }
}

/** @throws ApexFailure where the object is closed to the running user. */
function checkAccess({ step, object }: Group, frame: Frame): void {
  const access = objectAccess(frame.transaction.user, object);
  const needed = {
    insert: access.create,
    update: access.edit,
    upsert: access.create && access.edit,
    delete: access.delete,
    undelete: access.create,
  };
  if (needed[step]) return;
  const text = `${verb(step)} failed. First exception on row 0; first error: INSUFFICIENT_ACCESS_OR_READONLY, Access to entity '${object}' denied: []`;
  throw new ApexFailure('DmlException', text);
}

function withoutId({ Id: _id, ...rest }: InputRow): InputRow {
  return rest;
}

function missingId(step: Step): never {
  throw new ApexFailure(
    'DmlException',
    `${verb(step)} failed. First exception on row 0; first error: MISSING_ARGUMENT, Id not specified in an ${step} call: []`,
  );
}

function verb(step: string): string {
  return step.slice(0, 1).toUpperCase() + step.slice(1);
}

/** The error of a row, as DmlException and Database.Error tell it. */
export function failedRow(result: SaveResult, index: number, id: string | null): FailedRow | undefined {
  if (result.success) return undefined;
  // The row that caused a rollback stands before those that went with it.
  const error = result.errors[0];
  return {
    index,
    id,
    statusCode: error?.statusCode ?? 'UNKNOWN_EXCEPTION',
    message: error?.message ?? '',
    fields: error?.fields ?? [],
  };
}

function dmlException(operation: DmlOperation, failures: readonly FailedRow[]): ApexFailure {
  const own = failures.filter((row) => row.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
  const [first] = own;
  const id = first?.id == null ? '' : ` with id ${first.id}`;
  const text =
    `${verb(operation)} failed. First exception on row ${first?.index ?? 0}${id}; ` +
    `first error: ${first?.statusCode ?? ''}, ${first?.message ?? ''}: [${first?.fields.join(', ') ?? ''}]`;
  return new ApexFailure('DmlException', text, own);
}

/** @throws ApexFailure ListException where a list names a record twice, whether all rows or none are to be saved or not. */
function checkTwice(operation: DmlOperation, records: readonly ApexSObject[]): void {
  if (operation !== 'update' && new Set(records).size < records.length)
    raise('ListException', 'Before Insert or Upsert list must not have two identically equal elements');
  const seen = new Set<string>();
  for (const { id } of records) {
    if (id !== null && seen.has(id)) raise('ListException', `Duplicate id in list: ${id}`);
    if (id !== null) seen.add(id);
  }
}

/**
 * Saves records in the order given; new ones get their ids.
 * @throws ApexFailure DmlException where all rows or none are to be saved and one fails.
 */
export function saveRecords(
  operation: DmlOperation,
  records: readonly ApexSObject[],
  options: DmlOptions,
  frame: Frame,
): SaveResult[] {
  const { transaction } = frame;
  const { limits, host } = transaction;
  if (records.length === 0) return [];
  limits.use('DmlStatements');
  limits.use('DmlRows', records.length);
  if (operation === 'insert' || operation === 'update' || operation === 'upsert')
    checkTwice(operation, records);
  for (const { schema } of records) transaction.checkMixedSave(schema.name, verb(operation));
  const user = actorOf(frame, options.mode);
  const results = new Array<SaveResult | undefined>(records.length);
  const outer = host.current;
  host.current = transaction;
  try {
    host.org.transaction(
      () => {
        for (const group of groups(operation, records, options.key)) {
          const saved = runGroup(group, records, options, user, frame);
          group.places.forEach((at, place) => {
            results[at] = saved[place];
          });
        }
      },
      () => !options.allOrNone || results.every((result) => result?.success === true),
    );
  } catch (error) {
    if (error instanceof ApiError) {
      throw new ApexFailure(
        'DmlException',
        `${verb(operation)} failed. First exception on row 0; first error: ${error.errorCode}, ${error.message}: []`,
      );
    }
    throw error;
  } finally {
    host.current = outer;
  }
  transaction.uncommitted = true;
  const all = results.map((result): SaveResult => result ?? { success: false, errors: [] });
  const failures = all.flatMap((result, at) => failedRow(result, at, records[at]?.id ?? null) ?? []);
  if (options.allOrNone && failures.length > 0) throw dmlException(operation, failures);
  all.forEach((result, at) => {
    if (result.success && operation !== 'delete') records[at]?.fields.set('Id', result.id);
  });
  return all;
}

/** `merge`: one DML statement. */
export function mergeRecords(
  master: ApexSObject,
  loserIds: readonly string[],
  mode: Mode,
  frame: Frame,
): void {
  const { transaction } = frame;
  const { host } = transaction;
  transaction.limits.use('DmlStatements');
  transaction.limits.use('DmlRows', loserIds.length + 1);
  const outer = host.current;
  host.current = transaction;
  try {
    const user = actorOf(frame, mode);
    const result = host.org.merge(user, master.schema.name, inputRow(master, 'update'), loserIds);
    const failure = failedRow(result, 0, master.id);
    if (failure !== undefined) {
      const text = `Merge failed. First exception on row 0 with id ${master.id ?? ''}; first error: ${failure.statusCode}, ${failure.message}: []`;
      throw new ApexFailure('DmlException', text, [failure]);
    }
  } finally {
    host.current = outer;
  }
  transaction.uncommitted = true;
}
