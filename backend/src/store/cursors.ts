import type { Scope, Tx } from './scope.ts';

export interface StoredCursor {
  readonly position: unknown;
  readonly generation: string;
  readonly version: number;
}

export async function readCursor(tx: Tx, scope: Scope, source: string): Promise<StoredCursor | null> {
  const { rows } = await tx.query<StoredCursor>(
    'SELECT position, generation, version FROM cursor WHERE tenant_id = $1 AND connection_id = $2 AND source = $3',
    [scope.tenantId, scope.connectionId, source],
  );
  return rows[0] ?? null;
}

/**
 * Moves a cursor. Only once everything that was read up to it is stored, so that no crash can skip a record.
 * @param version the version that was read, null when there was none
 * @returns false when another run moved it meanwhile, so that it stays where that run put it
 */
export async function moveCursor(
  tx: Tx,
  scope: Scope,
  source: string,
  to: { position: unknown; generation: string },
  version: number | null,
): Promise<boolean> {
  const values = [scope.tenantId, scope.connectionId, source, JSON.stringify(to.position), to.generation];
  const { rowCount } =
    version === null
      ? await tx.query(
          `INSERT INTO cursor (tenant_id, connection_id, source, position, generation)
           VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
          values,
        )
      : await tx.query(
          `UPDATE cursor SET position = $4, generation = $5, version = version + 1, updated_at = now()
           WHERE tenant_id = $1 AND connection_id = $2 AND source = $3 AND version = $6`,
          [...values, version],
        );
  return rowCount === 1;
}
