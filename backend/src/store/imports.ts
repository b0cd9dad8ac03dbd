import type { Tx } from './scope.ts';

/** Notes an import that the platform will report on, and forgets those of more than a day ago, reported on or not. */
export async function expectImport(tx: Tx, tenantId: string, ref: string): Promise<void> {
  await tx.query(
    `WITH forgotten AS (
       DELETE FROM platform_import WHERE tenant_id = $1 AND created_at < now() - interval '1 day'
     )
     INSERT INTO platform_import (tenant_id, ref) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [tenantId, ref],
  );
}

/** The platform called back. @returns false for an import that nobody expects */
export async function completeImport(tx: Tx, tenantId: string, ref: string, now: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'UPDATE platform_import SET completed_at = coalesce(completed_at, $3) WHERE tenant_id = $1 AND ref = $2',
    [tenantId, ref, new Date(now)],
  );
  return rowCount === 1;
}

export async function isImportComplete(tx: Tx, tenantId: string, ref: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(
    'SELECT completed_at IS NOT NULL AS done FROM platform_import WHERE tenant_id = $1 AND ref = $2',
    [tenantId, ref],
  );
  return rows[0]?.done ?? false;
}
