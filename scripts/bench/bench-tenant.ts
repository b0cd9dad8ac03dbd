import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { defaultMappings } from '../../backend/src/sync/mapping.ts';
import type { Database } from '../../backend/src/store/database.ts';
import type { Scope } from '../../backend/src/store/scope.ts';
import { saveMapping, saveSelection } from '../../backend/src/store/settings.ts';

/** A tenant whose leads are synced by the default mapping, made past the doors of setting up. */
export async function makeTenant(owner: pg.Client, database: Database): Promise<Scope> {
  const scope = { tenantId: randomUUID(), connectionId: randomUUID() };
  await owner.query(
    `INSERT INTO tenant (tenant_id, state, org_id, instance_url) VALUES ($1, 'active', $2, 'https://bench.example')`,
    [scope.tenantId, `00D${scope.tenantId.replaceAll('-', '').slice(0, 15)}`],
  );
  for (const [id, platform] of [
    [randomUUID(), 'salesforce'],
    [scope.connectionId, 'activecampaign'],
  ])
    await owner.query(
      `INSERT INTO connection (tenant_id, id, platform, state, account, base_url, auth_method)
       VALUES ($1, $2, $3, 'connected', 'bench', 'https://bench.example', 'api_key')`,
      [scope.tenantId, id, platform],
    );
  await database.withTenant(scope.tenantId, async (tx) => {
    const lead = defaultMappings().find(({ object }) => object === 'Lead');
    if (lead !== undefined) await saveMapping(tx, scope, lead);
    await saveSelection(tx, scope, 'Lead', { mode: 'created', since: '2000-01-01T00:00:00Z' });
  });
  return scope;
}

/** A client that sees all tenants' rows. */
export async function openOwner(url: string, schema: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  return client;
}
