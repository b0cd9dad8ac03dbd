import type { Scope, Tx } from './scope.ts';

/** Ids of links that are not in step, in their order; optionally of one cause. Records that are not synced any more are left out. */
export async function problemLinkIds(
  tx: Tx,
  scope: Scope,
  filter: { code?: string; afterId?: number; limit: number },
): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `SELECT id FROM link WHERE tenant_id = $1 AND connection_id = $2 AND problem IS NOT NULL AND id > $3
       AND ($4::text IS NULL OR problem->>'code' = $4) AND state IN ('linked', 'candidate')
     ORDER BY id LIMIT $5`,
    [scope.tenantId, scope.connectionId, filter.afterId ?? 0, filter.code ?? null, filter.limit],
  );
  return rows.map((row) => row.id);
}
