import type { OrgCore } from './core.ts';
import { buryWithTriggers } from './deletes.ts';
import { idIntent, readKey, updateRows, writableTable } from './dml.ts';
import { refusal } from './save.ts';
import { NO_RECORD_ACCESS } from './sharing.ts';
import type { RecordTable } from './table.ts';
import { stampOf } from './time.ts';
import type { InputRow, Row, SaveResult, UserContext } from './types.ts';

const MERGEABLE = new Set(['Lead', 'Contact', 'Account']);
const MOST_LOSERS = 2;

/** Points every child of the loser at the winner. A campaign both belong to keeps the winner's membership. */
function reparent(core: OrgCore, loser: Row, masterId: string): void {
  for (const object of core.schema.objects()) {
    const table = core.table(object.name);
    for (const field of object.fields) {
      if (table === undefined || field.type !== 'reference' || field.name === 'MasterRecordId') continue;
      for (const child of [...(table.find(field.name, loser.Id) ?? [])]) {
        if (object.name === 'CampaignMember' && isMember(table, child, field.name, masterId)) continue;
        core.journal.put(table, {
          ...child,
          [field.name]: masterId,
          SystemModstamp: stampOf(core.clock.now()),
        });
      }
    }
  }
}

function isMember(members: RecordTable, member: Row, field: string, personId: string): boolean {
  return [...(members.find(field, personId) ?? [])].some(
    (other) => other['CampaignId'] === member['CampaignId'] && other['IsDeleted'] !== true,
  );
}

/**
 * Merges up to two records of one object into a master, as SOAP `merge()` and Apex do.
 * The master's row may carry new values; what it leaves out stays as the master has it.
 */
export function mergeRecords(
  core: OrgCore,
  user: UserContext,
  object: string,
  master: InputRow,
  loserIds: readonly string[],
): SaveResult {
  const table = writableTable(core, object);
  if (!MERGEABLE.has(table.schema.name)) {
    return refusal({
      statusCode: 'INVALID_TYPE',
      message: `merge is not supported for ${table.schema.name}`,
      fields: [],
    });
  }
  if (loserIds.length === 0 || loserIds.length > MOST_LOSERS) {
    return refusal({
      statusCode: 'INVALID_NUMBER_FOR_MERGE',
      message: 'between 1 and 2 records can be merged into a master',
      fields: [],
    });
  }
  const masterId = idIntent(table, readKey(master, 'Id'));
  if (!('id' in masterId)) return refusal(masterId);
  return core.journal.unit(
    () => {
      for (const raw of loserIds) {
        const found = idIntent(table, raw);
        if (!('id' in found)) return refusal(found);
        const loser = table.get(found.id);
        if (loser === undefined || loser.Id === masterId.id) {
          return refusal({
            statusCode: 'INVALID_CROSS_REFERENCE_KEY',
            message: 'invalid cross reference id',
            fields: [],
          });
        }
        if (loser['IsDeleted'] === true) {
          return refusal({ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] });
        }
        if (!core.sharing.edits(user, table.schema.name, loser)) return refusal(NO_RECORD_ACCESS);
        reparent(core, loser, masterId.id);
        const errors = buryWithTriggers(core, user, table, loser, { MasterRecordId: masterId.id });
        if (errors.length > 0) return { success: false, errors };
      }
      return (
        updateRows(core, user, object, [master], {})[0] ??
        refusal({ statusCode: 'UNKNOWN_EXCEPTION', message: 'nothing saved', fields: [] })
      );
    },
    (result) => result.success,
  );
}
