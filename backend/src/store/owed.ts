import type { SalesforceObject } from '../sync/types.ts';
import { fromRow, read, type Link, type LinkRow, type Marks, type SeenMarks } from './link-row.ts';
import type { Scope, Tx } from './scope.ts';

/** What is still to be written into one record's package fields. */
export interface OwedMarks {
  readonly id: number;
  readonly salesforceId: string;
  readonly writeback: Partial<Marks>;
  readonly marks: SeenMarks | null;
}

/** Records of one object whose package fields are still to be written, in id order. */
export async function linksToWriteBack(
  tx: Tx,
  scope: Scope,
  object: SalesforceObject,
  afterId: number,
  limit: number,
): Promise<OwedMarks[]> {
  const { rows } = await tx.query<OwedMarks>(
    `SELECT id, salesforce_id AS "salesforceId", writeback, salesforce_marks AS marks FROM link
     WHERE tenant_id = $1 AND connection_id = $2 AND object = $3 AND writeback IS NOT NULL
       AND salesforce_id IS NOT NULL AND id > $4 ORDER BY id LIMIT $5`,
    [scope.tenantId, scope.connectionId, object, afterId, limit],
  );
  return rows;
}

/** Notes what the package fields hold now (`marks` null: unknown). A write-back that changed meanwhile stays. */
export async function markWrittenBack(
  tx: Tx,
  scope: Scope,
  written: readonly { id: number; writeback: Partial<Marks>; marks: SeenMarks | null }[],
): Promise<void> {
  if (written.length === 0) return;
  await tx.query(
    `UPDATE link SET writeback = NULL, salesforce_marks = coalesce(r.marks, salesforce_marks)
     FROM jsonb_to_recordset($3::jsonb) AS r(id bigint, writeback jsonb, marks jsonb)
     WHERE link.tenant_id = $1 AND link.connection_id = $2 AND link.id = r.id AND link.writeback = r.writeback`,
    [scope.tenantId, scope.connectionId, JSON.stringify(written)],
  );
}

/** Links whose platform record lacks tags that tell what was done; a request has nothing to tell before it is answered. */
export async function linksToTag(tx: Tx, scope: Scope, limit: number): Promise<Link[]> {
  const { rows } = await tx.query<LinkRow>(
    `SELECT ${read} FROM link WHERE tenant_id = $1 AND connection_id = $2 AND platform_tags IS NOT NULL
       AND platform_id IS NOT NULL AND state <> 'candidate' ORDER BY id LIMIT $3`,
    [scope.tenantId, scope.connectionId, limit],
  );
  return rows.map(fromRow);
}

/** Takes away a tag that was added; tags that were asked for meanwhile stay. */
export async function markTagged(
  tx: Tx,
  scope: Scope,
  linkIds: readonly number[],
  tag: string,
): Promise<void> {
  if (linkIds.length === 0) return;
  await tx.query(
    `UPDATE link SET platform_tags = nullif(array_remove(platform_tags, $4), '{}')
     WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[])`,
    [scope.tenantId, scope.connectionId, linkIds, tag],
  );
}
