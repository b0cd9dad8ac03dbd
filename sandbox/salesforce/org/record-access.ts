import { unsupported } from '../soql/errors.ts';
import { objectAccess } from './access.ts';
import type { OrgCore } from './core.ts';
import type { RecordLevel } from './sharing.ts';
import type { Row, UserContext } from './types.ts';

/** Rows of UserRecordAccess have no id of their own. */
const NO_ID = '000000000000000AAA';

/**
 * What a user may do with records, as rows of UserRecordAccess: sharing and object permissions together. Records that
 * are gone, or that the one who asks does not see, are left out.
 * @throws SoqlNotEmulated for a record of an object that no sharing setting is about.
 */
export function accessRows(
  core: OrgCore,
  asker: UserContext,
  user: UserContext,
  recordIds: readonly string[],
): Row[] {
  return [...new Set(recordIds)].flatMap((id) => {
    const table = core.tableOfId(id);
    const row = table?.get(id);
    if (table === undefined || row === undefined || row['IsDeleted'] === true) return [];
    const { name } = table.schema;
    if (table.schema.field('OwnerId') === undefined) throw unsupported(`UserRecordAccess of ${name}`);
    const isSeen = objectAccess(asker, name).read && core.sharing.sees(asker, name, row);
    return isSeen ? [accessRow(core.sharing.level(user, name, row), user, name, row)] : [];
  });
}

function accessRow(level: RecordLevel, user: UserContext, object: string, row: Row): Row {
  const may = objectAccess(user, object);
  const reads = may.read && level !== 'none';
  const edits = reads && may.edit && level !== 'read';
  const owns = edits && level === 'all';
  const deletes = reads && may.delete && level === 'all';
  const all = owns && deletes;
  return {
    Id: NO_ID,
    UserId: user.id,
    RecordId: row.Id,
    HasReadAccess: reads,
    HasEditAccess: edits,
    HasDeleteAccess: deletes,
    HasTransferAccess: owns,
    HasAllAccess: all,
    MaxAccessLevel: all
      ? 'All'
      : owns
        ? 'Transfer'
        : deletes
          ? 'Delete'
          : edits
            ? 'Edit'
            : reads
              ? 'Read'
              : 'None',
  };
}
