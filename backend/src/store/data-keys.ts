import type { KeyStore, WrappedDataKey } from '../lib/vault.ts';
import type { Database } from './database.ts';
import type { Tx } from './scope.ts';

/** The vault's keys, wrapped, in the database. */
export function createKeyStore(database: Database): KeyStore {
  return {
    dataKeys: (tenantId) => database.withTenant(tenantId, readDataKeys),

    addDataKey: (tenantId, key) =>
      database.withTenant(tenantId, async (tx) => {
        await tx.query(
          'INSERT INTO data_key (version, master_key_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          [key.version, key.masterKeyId, key.wrapped],
        );
        return readDataKeys(tx);
      }),

    replaceDataKeys: (tenantId, keys) =>
      database.withTenant(tenantId, async (tx) => {
        for (const { version, masterKeyId, wrapped } of keys) {
          await tx.query('UPDATE data_key SET master_key_id = $2, wrapped = $3 WHERE version = $1', [
            version,
            masterKeyId,
            wrapped,
          ]);
        }
      }),

    tenantsUnderOtherMasterKeys: (masterKeyId, limit) =>
      database.system(async (tx) => {
        const { rows } = await tx.query<{ id: string }>(
          'SELECT tenants_under_other_master_keys($1, $2) AS id',
          [masterKeyId, limit],
        );
        return rows.map(({ id }) => id);
      }),

    masterKeysInUse: () =>
      database.system(async (tx) => {
        const { rows } = await tx.query<{ id: string }>('SELECT master_keys_in_use() AS id');
        return rows.map(({ id }) => id);
      }),

    checkValue: (masterKeyId, first) =>
      database.system(async (tx) => {
        await tx.query('INSERT INTO master_key (id, check_value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          masterKeyId,
          first,
        ]);
        const { rows } = await tx.query<{ check: Buffer }>(
          'SELECT check_value AS check FROM master_key WHERE id = $1',
          [masterKeyId],
        );
        return rows[0]?.check ?? first;
      }),
  };
}

async function readDataKeys(tx: Tx): Promise<WrappedDataKey[]> {
  const { rows } = await tx.query<WrappedDataKey>(
    'SELECT version, master_key_id AS "masterKeyId", wrapped FROM data_key ORDER BY version',
  );
  return rows;
}
