import type { OrgCore } from './core.ts';
import { lockError } from './checks.ts';
import { toId18 } from './ids.ts';
import { refusal, rolledBack, triggerRow } from './save.ts';
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
export function bury(
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

type Found = { readonly table: RecordTable; readonly row: Row } | SaveError;

function locate(core: OrgCore, id: string): Found {
  const id18 = toId18(id);
  const table = id18 === undefined ? undefined : core.tableOfId(id18);
  if (id18 === undefined || table === undefined) {
    return { statusCode: 'MALFORMED_ID', message: `malformed id ${id}`, fields: [] };
  }
  const row = table.get(id18);
  if (row === undefined)
    return { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] };
  return { table, row };
}

function triggered(
  core: OrgCore,
  user: UserContext,
  operation: 'delete' | 'undelete',
  found: { table: RecordTable; row: Row },
  act: () => void,
): SaveError[] {
  const errors: SaveError[] = [];
  const isDelete = operation === 'delete';
  const run = (timing: 'before' | 'after'): void => {
    const rows = [triggerRow(isDelete ? found.row : undefined, isDelete ? undefined : found.row, errors)];
    core.triggers?.[timing]({ operation, object: found.table.schema.name, user, rows });
  };
  if (isDelete) run('before');
  if (errors.length > 0) return errors;
  act();
  run('after');
  return errors;
}

function perRow(
  core: OrgCore,
  ids: readonly string[],
  options: SaveOptions,
  act: (id: string) => SaveResult,
): SaveResult[] {
  const one = (id: string): SaveResult =>
    core.journal.unit(
      () => act(id),
      (result) => result.success,
    );
  const allSucceeded = (results: readonly SaveResult[]): boolean => results.every((result) => result.success);
  const results = core.journal.unit(
    () => ids.map(one),
    (all) => options.allOrNone !== true || allSucceeded(all),
  );
  return options.allOrNone === true && !allSucceeded(results) ? rolledBack(results) : results;
}

export function deleteRows(
  core: OrgCore,
  user: UserContext,
  ids: readonly string[],
  options: SaveOptions,
): SaveResult[] {
  return perRow(core, ids, options, (id) => {
    const found = locate(core, id);
    if (!('table' in found)) return refusal(found);
    const { table, row } = found;
    if (row['IsDeleted'] === true)
      return refusal({ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] });
    const locked = lockError(core, row, []);
    if (locked !== undefined) return refusal(locked);
    const errors = triggered(core, user, 'delete', found, () => bury(core, user, table, row));
    return errors.length > 0 ? { success: false, errors } : { success: true, id: row.Id, created: false };
  });
}

export function undeleteRows(core: OrgCore, user: UserContext, ids: readonly string[]): SaveResult[] {
  return perRow(core, ids, {}, (id) => {
    const found = locate(core, id);
    if (!('table' in found)) return refusal(found);
    const { table, row } = found;
    if (row['IsDeleted'] !== true || typeof row['MasterRecordId'] === 'string') {
      return refusal({
        statusCode: 'UNDELETE_FAILED',
        message: 'Entity is not in the recycle bin',
        fields: [],
      });
    }
    const errors = triggered(core, user, 'undelete', found, () => unbury(core, user, table, row));
    return errors.length > 0 ? { success: false, errors } : { success: true, id: row.Id, created: false };
  });
}
