import { ORGANIZATION_ID_18 } from '../../../sandbox/salesforce/identity/organization.ts';
import type { Vault } from '../../src/lib/vault.ts';
import { putConnection } from '../../src/store/connections.ts';
import type { Database } from '../../src/store/database.ts';
import type { Scope } from '../../src/store/scope.ts';
import { putSecrets } from '../../src/store/secrets.ts';
import { insertTenant } from '../../src/store/tenants.ts';
import { API_KEY } from './doors.ts';

export const app = { consumerKey: 'sandbox-consumer-key', consumerSecret: 'sandbox-consumer-secret' };

/** What belongs to connected customers, whatever they sync. */
const kept = ['schema_version', 'tenant', 'connection', 'secret', 'data_key', 'master_key', 'hook'];

/** The statement that forgets all that was synced, and nobody who is connected. */
export async function forgetting(
  query: (sql: string) => Promise<readonly { readonly name: string }[]>,
  schema: string,
): Promise<string> {
  const tables = await query(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = '${schema}' AND tablename <> ALL ('{${kept.join(',')}}') ORDER BY 1`,
  );
  return `TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY`;
}

/** Where a customer's vendors are. */
export interface Places {
  readonly tenantId: string;
  readonly salesforceUrl: string;
  readonly platformUrl: string;
}

/** Connects a customer's org, without a login, and marketing account. @returns the org's connection beside the scope */
export async function connectCustomer(
  database: Database,
  vault: Vault,
  { tenantId, salesforceUrl, platformUrl }: Places,
): Promise<{ scope: Scope; salesforceConnection: string }> {
  await database.withTenant(tenantId, (tx) =>
    insertTenant(tx, { id: tenantId, orgId: ORGANIZATION_ID_18, instanceUrl: salesforceUrl }),
  );
  const common = { accountName: null, userName: null, keyHint: null, dailyApiShare: null };
  const keys = await vault.unlock(tenantId);
  return database.withTenant(tenantId, async (tx) => {
    const org = await putConnection(tx, {
      ...common,
      platform: 'salesforce',
      account: ORGANIZATION_ID_18,
      baseUrl: salesforceUrl,
      authMethod: 'web_server',
      authFacts: { loginUrl: salesforceUrl, consumerKey: app.consumerKey },
    });
    const account = await putConnection(tx, {
      ...common,
      platform: 'activecampaign',
      account: new URL(platformUrl).host,
      baseUrl: platformUrl,
      authMethod: 'api_key',
      authFacts: {},
    });
    await putSecrets(tx, keys, account.id, { api_key: API_KEY });
    return { scope: { tenantId, connectionId: account.id }, salesforceConnection: org.id };
  });
}
