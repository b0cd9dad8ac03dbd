import type { HintReason } from './hints.ts';
import type { Scope, Tx } from './scope.ts';

/** A tag that asks for a contact's Salesforce record. */
export interface RequestTag {
  readonly platformId: string;
  readonly reason: HintReason;
  /** The platform's id of the tag on this contact. */
  readonly tagId: string;
}

/** Notes tags that ask for a record. @returns those that were not seen before */
export async function noteRequestTags(
  tx: Tx,
  scope: Scope,
  tags: readonly RequestTag[],
): Promise<RequestTag[]> {
  if (tags.length === 0) return [];
  const { rows } = await tx.query<RequestTag>(
    `INSERT INTO request_tag (tenant_id, connection_id, platform_id, reason, tag_id)
     SELECT DISTINCT ON ("platformId", reason) $1::uuid, $2::uuid, "platformId", reason, "tagId"
     FROM jsonb_to_recordset($3::jsonb) AS r("platformId" text, reason text, "tagId" text)
     ON CONFLICT (tenant_id, connection_id, platform_id, reason) DO UPDATE SET tag_id = excluded.tag_id
     WHERE request_tag.tag_id <> excluded.tag_id
     RETURNING platform_id AS "platformId", reason, tag_id AS "tagId"`,
    [scope.tenantId, scope.connectionId, JSON.stringify(tags)],
  );
  return rows;
}
