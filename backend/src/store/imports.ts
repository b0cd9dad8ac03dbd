import type { Tx } from './scope.ts';

/** Notes imports that the platform will report on, and forgets those of more than a day ago, reported on or not. */
export async function expectImports(tx: Tx, tenantId: string, refs: readonly string[]): Promise<void> {
  await tx.query(
    `WITH forgotten AS (
       DELETE FROM platform_import WHERE tenant_id = $1 AND created_at < now() - interval '1 day'
     )
     INSERT INTO platform_import (tenant_id, ref) SELECT $1::uuid, unnest($2::text[]) ON CONFLICT DO NOTHING`,
    [tenantId, refs],
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

/** Which of these imports the platform has reported on. */
export async function completedImports(
  tx: Tx,
  tenantId: string,
  refs: readonly string[],
): Promise<Set<string>> {
  const { rows } = await tx.query<{ ref: string }>(
    `SELECT ref FROM platform_import WHERE tenant_id = $1 AND ref = ANY($2::text[]) AND completed_at IS NOT NULL`,
    [tenantId, refs],
  );
  return new Set(rows.map(({ ref }) => ref));
}
