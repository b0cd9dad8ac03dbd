import type { TenantVault } from '../lib/vault.ts';
import { listConnections, putConnection, readLiveConnection, type Connection } from './connections.ts';
import { enterTenant } from './database.ts';
import type { Tx } from './scope.ts';
import { putSecrets, readSecrets, type SecretName } from './secrets.ts';
import { deleteTenant } from './tenants.ts';

/** A tenant and its opened vault. */
export interface Party {
  readonly tenantId: string;
  readonly vault: TenantVault;
}

/**
 * Brings a set-up to the tenant that its org already has, when the package was installed again: its token, its
 * session, the attempts to authorize, and what it connected, sealed anew. The pending tenant is forgotten. The
 * transaction, opened for `from`, is one of `to` afterwards. An account that the org has connected already stays.
 */
export async function handOver(tx: Tx, from: Party, to: Party): Promise<void> {
  const tokens = await take(tx, 'org_token');
  const sessions = await take(tx, 'setup_session');
  const attempts = await take(tx, 'oauth_attempt');
  const connections: { connection: Connection; secrets: Partial<Record<SecretName, string>> }[] = [];
  for (const connection of await listConnections(tx)) {
    if (connection.state === 'disconnected') continue;
    connections.push({ connection, secrets: await readSecrets(tx, from.vault, connection.id) });
  }
  await deleteTenant(tx);
  await enterTenant(tx, to.tenantId);
  await give(tx, 'org_token', tokens, to);
  await give(tx, 'setup_session', sessions, to);
  await give(tx, 'oauth_attempt', attempts, to);
  for (const { connection, secrets } of connections) {
    const live = await readLiveConnection(tx, connection.platform);
    if (live && live.account !== connection.account) continue;
    const { id } = await putConnection(tx, connection);
    await putSecrets(tx, to.vault, id, secrets);
  }
}

type Table = 'org_token' | 'setup_session' | 'oauth_attempt';

/** A tenant's rows of a table, as JSON. */
async function take(tx: Tx, table: Table): Promise<unknown[]> {
  const { rows } = await tx.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table} t`);
  return rows.map(({ row }) => row);
}

async function give(tx: Tx, table: Table, rows: readonly unknown[], to: Party): Promise<void> {
  await tx.query(
    `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, row || jsonb_build_object('tenant_id', $2::text))).*
       FROM jsonb_array_elements($1) AS row`,
    [JSON.stringify(rows), to.tenantId],
  );
}
