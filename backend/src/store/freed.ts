import { nextVersion } from './link-row.ts';
import type { Scope, Tx } from './scope.ts';

/** A link that waits for what another one has. */
export interface Blocked {
  readonly id: number;
  /** The link that has it; null where only the platform knows who. */
  readonly rival: number | null;
}

/** Links that were refused because of another record and are not due, by id. */
export async function blockedLinks(
  tx: Tx,
  scope: Scope,
  codes: readonly string[],
  afterId: number,
  limit: number,
): Promise<Blocked[]> {
  const { rows } = await tx.query<Blocked>(
    `SELECT id, (problem->>'rival')::bigint AS rival FROM link
     WHERE tenant_id = $1 AND connection_id = $2 AND problem IS NOT NULL AND problem->>'code' = ANY($3)
       AND state IN ('candidate', 'linked') AND salesforce_id IS NOT NULL AND outbound_due IS NULL AND id > $4
     ORDER BY id LIMIT $5`,
    [scope.tenantId, scope.connectionId, codes, afterId, limit],
  );
  return rows;
}

/** Makes links due again without forgetting how often they were tried. */
export async function tryAgain(tx: Tx, scope: Scope, linkIds: readonly number[], now: number): Promise<void> {
  if (linkIds.length === 0) return;
  await tx.query(
    `UPDATE link SET outbound_due = $4, version = ${nextVersion}
     WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($3::bigint[]) AND outbound_due IS NULL`,
    [scope.tenantId, scope.connectionId, linkIds, new Date(now)],
  );
}
