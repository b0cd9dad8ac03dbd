import { SyncError } from '../lib/errors.ts';
import { sentence } from '../words/told.ts';
import type { Database } from './database.ts';
import type { Scope, Tx } from './scope.ts';

/** Every platform connection that can be synced now, of all tenants: ids alone. */
export async function connectedPairs(db: Database): Promise<Scope[]> {
  return db.system(async (tx) => {
    const { rows } = await tx.query<{ tenant_id: string; connection_id: string }>(
      'SELECT tenant_id, connection_id FROM connected_pairs()',
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, connectionId: row.connection_id }));
  });
}

/**
 * The tenant's platform connection: the one named, else the only one.
 * @throws SyncError SYNC_NOT_FOUND for another tenant's or an unknown one, SYNC_NOT_CONNECTED when there is none,
 * SYNC_REQUEST_INVALID when several could be meant
 */
export async function platformConnection(tx: Tx, connectionId: string | undefined): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM connection WHERE platform <> 'salesforce' AND state <> 'disconnected' ORDER BY created_at`,
  );
  if (connectionId !== undefined) {
    if (!rows.some((row) => row.id === connectionId))
      throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such connection.'));
    return connectionId;
  }
  const [only] = rows;
  if (only === undefined)
    throw new SyncError('SYNC_NOT_CONNECTED', sentence('No platform is connected yet.'));
  if (rows.length > 1)
    throw new SyncError(
      'SYNC_REQUEST_INVALID',
      sentence('Several platforms are connected: name the connectionId.'),
    );
  return only.id;
}
