import type { TenantVault } from '../lib/vault.ts';
import type { Tx } from './scope.ts';

/** What can be kept for a connection. */
export type SecretName =
  | 'api_key'
  | 'access_token'
  | 'refresh_token'
  | 'private_key'
  | 'consumer_secret'
  | 'password'
  | 'webhook_secret';

/** Seals and stores secrets of a connection; those not named stay. */
export async function putSecrets(
  tx: Tx,
  vault: TenantVault,
  connectionId: string,
  secrets: Readonly<Partial<Record<SecretName, string>>>,
): Promise<void> {
  for (const [name, plaintext] of Object.entries(secrets)) {
    await tx.query(
      `INSERT INTO secret (connection_id, name, sealed) VALUES ($1, $2, $3)
       ON CONFLICT (tenant_id, connection_id, name) DO UPDATE SET sealed = excluded.sealed, updated_at = now()`,
      [connectionId, name, vault.seal({ connectionId, column: name }, plaintext)],
    );
  }
}

/** All secrets of a connection, opened. @throws VaultError for one that does not open */
export async function readSecrets(
  tx: Tx,
  vault: TenantVault,
  connectionId: string,
): Promise<Partial<Record<SecretName, string>>> {
  const { rows } = await tx.query<{ name: SecretName; sealed: Buffer }>(
    'SELECT name, sealed FROM secret WHERE connection_id = $1',
    [connectionId],
  );
  return Object.fromEntries(
    rows.map(({ name, sealed }) => [name, vault.open({ connectionId, column: name }, sealed)]),
  );
}

/** Makes every secret of a connection unreadable for good. */
export async function destroySecrets(tx: Tx, connectionId: string): Promise<void> {
  await tx.query('DELETE FROM secret WHERE connection_id = $1', [connectionId]);
}
