import type { Scope, Tx } from './scope.ts';

export type IndexedObject = 'contact' | 'account';

export interface IndexEntry {
  readonly platformId: string;
  /** Normalised email or lower-cased account name; null when it has none. */
  readonly key: string | null;
}

/** Notes who exists on the platform, under which key. Entries that are as they were cost no write. */
export async function indexPlatform(
  tx: Tx,
  scope: Scope,
  object: IndexedObject,
  entries: readonly IndexEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const keys = new Map(entries.map(({ platformId, key }) => [platformId, key]));
  await tx.query(
    `INSERT INTO platform_index (tenant_id, connection_id, object, platform_id, key)
     SELECT $1::uuid, $2::uuid, $3::text, platform_id, key FROM unnest($4::text[], $5::text[]) AS r(platform_id, key)
     ON CONFLICT (tenant_id, connection_id, object, id_length, platform_id) DO UPDATE SET key = excluded.key
     WHERE platform_index.key IS DISTINCT FROM excluded.key`,
    [scope.tenantId, scope.connectionId, object, [...keys.keys()], [...keys.values()]],
  );
}

/** Who is known under these keys, the oldest first. */
export async function lookUpPlatform(
  tx: Tx,
  scope: Scope,
  object: IndexedObject,
  keys: readonly string[],
): Promise<{ platformId: string; key: string }[]> {
  const { rows } = await tx.query<{ platform_id: string; key: string }>(
    `SELECT platform_id, key FROM platform_index
     WHERE tenant_id = $1 AND connection_id = $2 AND object = $3 AND key = ANY($4)
     ORDER BY id_length, platform_id`,
    [scope.tenantId, scope.connectionId, object, keys],
  );
  return rows.map((row) => ({ platformId: row.platform_id, key: row.key }));
}

export async function forgetPlatform(
  tx: Tx,
  scope: Scope,
  object: IndexedObject,
  ids: readonly string[],
): Promise<void> {
  await tx.query(
    `DELETE FROM platform_index USING unnest($4::text[]) AS gone(id)
     WHERE tenant_id = $1 AND connection_id = $2 AND object = $3
       AND id_length = length(gone.id) AND platform_id = gone.id`,
    [scope.tenantId, scope.connectionId, object, ids],
  );
}

/** The highest numeric id known, `0` for none. */
export async function highestPlatformId(tx: Tx, scope: Scope, object: IndexedObject): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT platform_id AS id FROM platform_index WHERE tenant_id = $1 AND connection_id = $2 AND object = $3
     ORDER BY id_length DESC, platform_id DESC LIMIT 1`,
    [scope.tenantId, scope.connectionId, object],
  );
  return rows[0]?.id ?? '0';
}
