import { hashToken } from '../lib/tokens.ts';
import { enterTenant, type Database } from './database.ts';
import type { Scope, Tx } from './scope.ts';

/** Lets one transaction at a time make a connection's secret: two would each void the other's. */
export async function lockHook(tx: Tx, scope: Scope): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hook:${scope.connectionId}`]);
}

/** Stores the hash of a connection's hook secret; an older secret stops working. */
export async function saveHook(tx: Tx, scope: Scope, secret: string): Promise<void> {
  await tx.query(
    `INSERT INTO hook (tenant_id, connection_id, secret_hash) VALUES ($1, $2, $3)
     ON CONFLICT (tenant_id, connection_id) DO UPDATE SET secret_hash = excluded.secret_hash`,
    [scope.tenantId, scope.connectionId, hashToken(secret)],
  );
}

export async function noteRegistration(tx: Tx, scope: Scope, platformHookId: string | null): Promise<void> {
  await tx.query('UPDATE hook SET platform_hook_id = $3 WHERE tenant_id = $1 AND connection_id = $2', [
    scope.tenantId,
    scope.connectionId,
    platformHookId,
  ]);
}

export interface HookState {
  readonly platformHookId: string | null;
  readonly lastCalledAt: Date | null;
}

export async function readHook(tx: Tx, scope: Scope): Promise<HookState | null> {
  const { rows } = await tx.query<{ platform_hook_id: string | null; last_called_at: Date | null }>(
    'SELECT platform_hook_id, last_called_at FROM hook WHERE tenant_id = $1 AND connection_id = $2',
    [scope.tenantId, scope.connectionId],
  );
  const [row] = rows;
  return row === undefined
    ? null
    : { platformHookId: row.platform_hook_id, lastCalledAt: row.last_called_at };
}

/**
 * Runs `fn` in a transaction of the tenant whose hook a secret opens. The secret is compared by its hash alone.
 * @returns null when it opens none
 */
export async function inHook<T>(
  db: Database,
  secret: string,
  fn: (tx: Tx, scope: Scope) => Promise<T>,
): Promise<T | null> {
  return db.system(async (tx) => {
    const { rows } = await tx.query<{ tenant_id: string; connection_id: string }>(
      'SELECT tenant_id, connection_id FROM find_hook($1)',
      [hashToken(secret)],
    );
    const [row] = rows;
    if (row === undefined) return null;
    await enterTenant(tx, row.tenant_id);
    return fn(tx, { tenantId: row.tenant_id, connectionId: row.connection_id });
  });
}
