import type { OrgCore } from './core.ts';
import { lockError } from './checks.ts';
import { toId18 } from './ids.ts';
import { CHUNK, rolledBack, triggerRow } from './save.ts';
import { NO_RECORD_ACCESS } from './sharing.ts';
import type { RecordTable } from './table.ts';
import { stampOf } from './time.ts';
import type { Row, SaveError, SaveOptions, SaveResult, UserContext } from './types.ts';

/** Children that go to the recycle bin with their parent, by parent object. */
const CASCADES: Readonly<Record<string, readonly { readonly object: string; readonly field: string }[]>> = {
  Account: [
    { object: 'Contact', field: 'AccountId' },
    { object: 'Opportunity', field: 'AccountId' },
    { object: 'Task', field: 'WhatId' },
  ],
  Contact: [
    { object: 'CampaignMember', field: 'ContactId' },
    { object: 'Task', field: 'WhoId' },
  ],
  Lead: [
    { object: 'CampaignMember', field: 'LeadId' },
    { object: 'Task', field: 'WhoId' },
  ],
  Campaign: [{ object: 'CampaignMember', field: 'CampaignId' }],
  Opportunity: [{ object: 'Task', field: 'WhatId' }],
};

function* children(core: OrgCore, parent: Row, object: string): Generator<[RecordTable, Row]> {
  for (const cascade of CASCADES[object] ?? []) {
    const table = core.table(cascade.object);
    if (table === undefined) continue;
    for (const row of [...(table.find(cascade.field, parent.Id) ?? [])]) yield [table, row];
  }
}

/** Stamps a row as moved in or out of the recycle bin. */
export function restamp(core: OrgCore, user: UserContext, row: Row, changes: Partial<Row>): Row {
  const now = stampOf(core.clock.now());
  return {
    ...row,
    ...changes,
    Id: row.Id,
    LastModifiedDate: now,
    LastModifiedById: user.id,
    SystemModstamp: now,
  };
}

/** Moves a row and what hangs on it to the recycle bin. */
function bury(
  core: OrgCore,
  user: UserContext,
  table: RecordTable,
  row: Row,
  changes: Partial<Row> = {},
): void {
  core.journal.put(table, restamp(core, user, row, { ...changes, IsDeleted: true }));
  for (const [childTable, child] of children(core, row, table.schema.name)) {
    if (child['IsDeleted'] !== true) bury(core, user, childTable, child);
  }
}

/** Brings a row back with the children that were deleted together with it. */
function unbury(core: OrgCore, user: UserContext, table: RecordTable, row: Row): void {
  const deletedAt = row['SystemModstamp'];
  core.journal.put(table, restamp(core, user, row, { IsDeleted: false }));
  for (const [childTable, child] of children(core, row, table.schema.name)) {
    if (child['IsDeleted'] === true && child['SystemModstamp'] === deletedAt)
      unbury(core, user, childTable, child);
  }
}

const GONE: SaveError = { statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] };
const NOT_IN_BIN: SaveError = {
  statusCode: 'UNDELETE_FAILED',
  message: 'Entity is not in the recycle bin',
  fields: [],
};

type Operation = 'delete' | 'undelete';

interface Item {
  readonly at: number;
  readonly table: RecordTable;
  readonly row: Row;
  readonly errors: SaveError[];
}

/** The record an id names, if the operation applies to it. */
function locate(
  core: OrgCore,
  user: UserContext,
  id: string,
  operation: Operation,
): Omit<Item, 'at' | 'errors'> | SaveError {
  const id18 = toId18(id);
  const table = id18 === undefined ? undefined : core.tableOfId(id18);
  if (id18 === undefined || table === undefined) {
    return { statusCode: 'MALFORMED_ID', message: `malformed id ${id}`, fields: [] };
  }
  const row = table.get(id18);
  if (row === undefined) {
    return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
  }
  const may = operation === 'delete' ? 'deletes' : 'edits';
  if (!core.sharing[may](user, table.schema.name, row)) return NO_RECORD_ACCESS;
  const isDeleted = row['IsDeleted'] === true;
  if (operation === 'delete') return isDeleted ? GONE : { table, row };
  return isDeleted && typeof row['MasterRecordId'] !== 'string' ? { table, row } : NOT_IN_BIN;
}

/** Runs the triggers of every object among the items that are still without errors. */
function runTriggers(
  core: OrgCore,
  user: UserContext,
  timing: 'before' | 'after',
  operation: Operation,
  items: readonly Item[],
): void {
  // There is no trigger before an undelete.
  if (core.triggers === undefined || (timing === 'before' && operation === 'undelete')) return;
  const groups = Map.groupBy(
    items.filter((item) => item.errors.length === 0),
    (item) => item.table,
  );
  for (const [table, group] of groups) {
    const rows = group.map(({ row, errors }) =>
      operation === 'delete'
        ? triggerRow(row, undefined, errors)
        : triggerRow(undefined, table.get(row.Id), errors),
    );
    core.triggers[timing]({ operation, object: table.schema.name, user, rows });
  }
}

/** Does the items of one chunk and answers those that triggers refused afterwards. */
function attempt(core: OrgCore, user: UserContext, operation: Operation, items: readonly Item[]): Item[] {
  runTriggers(core, user, 'before', operation, items);
  for (const { table, row, errors } of items) {
    if (errors.length > 0) continue;
    const locked = lockError(core, row, []);
    if (locked !== undefined) errors.push(locked);
    // A parent in the same call may have taken this row along.
    else if (operation === 'undelete') unbury(core, user, table, row);
    else if (table.get(row.Id)?.['IsDeleted'] !== true) bury(core, user, table, row);
  }
  const done = items.filter((item) => item.errors.length === 0);
  runTriggers(core, user, 'after', operation, done);
  return done.filter((item) => item.errors.length > 0);
}

/** One chunk: rows that triggers refuse afterwards are left out of a second try, as in saves. */
function moveChunk(
  core: OrgCore,
  user: UserContext,
  operation: Operation,
  ids: readonly string[],
  allOrNone: boolean,
): SaveResult[] {
  const refused = new Map<number, readonly SaveError[]>();
  for (;;) {
    const items: Item[] = [];
    ids.forEach((id, at) => {
      if (refused.has(at)) return;
      const found = locate(core, user, id, operation);
      if ('table' in found) items.push({ at, ...found, errors: [] });
      else refused.set(at, [found]);
    });
    const late = core.journal.unit(
      () => attempt(core, user, operation, items),
      (failed) => allOrNone || failed.length === 0,
    );
    const again = late.length > 0 && !allOrNone;
    for (const item of again ? late : items) if (item.errors.length > 0) refused.set(item.at, item.errors);
    if (again) continue;
    return ids.map((id, at): SaveResult => {
      const errors = refused.get(at);
      return errors === undefined
        ? { success: true, id: toId18(id) ?? id, created: false }
        : { success: false, errors };
    });
  }
}

function move(
  core: OrgCore,
  user: UserContext,
  operation: Operation,
  ids: readonly string[],
  options: SaveOptions,
): SaveResult[] {
  const allOrNone = options.allOrNone === true;
  const succeeded = (results: readonly SaveResult[]): boolean => results.every((result) => result.success);
  const results = core.journal.unit(
    () => {
      const all: SaveResult[] = [];
      for (let from = 0; from < ids.length; from += CHUNK) {
        all.push(...moveChunk(core, user, operation, ids.slice(from, from + CHUNK), allOrNone));
      }
      return all;
    },
    (all) => !allOrNone || succeeded(all),
  );
  return allOrNone && !succeeded(results) ? rolledBack(results) : results;
}

export function deleteRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: SaveOptions,
): SaveResult[] {
  return move(core, user, 'delete', ids, options);
}

export function undeleteRows(core: OrgCore, user: UserContext, ids: readonly string[]): SaveResult[] {
  return move(core, user, 'undelete', ids, {});
}

/** Buries one row with its triggers, as a merge does with a loser. Answers what refused it. */
export function buryWithTriggers(
  core: OrgCore,
  user: UserContext,
  table: RecordTable,
  row: Row,
  changes: Partial<Row>,
): readonly SaveError[] {
  const item: Item = { at: 0, table, row, errors: [] };
  runTriggers(core, user, 'before', 'delete', [item]);
  if (item.errors.length > 0) return item.errors;
  bury(core, user, table, row, changes);
  runTriggers(core, user, 'after', 'delete', [item]);
  return item.errors;
}
