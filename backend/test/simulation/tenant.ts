import { ensureHook, hookUrls } from '../../src/engine/hook-addresses.ts';
import { Vault } from '../../src/lib/vault.ts';
import { putConnection, setConnectionState } from '../../src/store/connections.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import type { Database } from '../../src/store/database.ts';
import type { Scope } from '../../src/store/scope.ts';
import { putSecrets } from '../../src/store/secrets.ts';
import { insertTenant } from '../../src/store/tenants.ts';
import { ORGANIZATION_ID_18 } from '../../../sandbox/salesforce/identity/organization.ts';
import { API_KEY } from '../support/doors.ts';
import { PlatformSide } from './platform-side.ts';
import { SalesforceSide } from './salesforce-side.ts';
import type { WorldTime } from './world-time.ts';

export const publicUrl = 'https://sync.example';
export const app = { consumerKey: 'sandbox-consumer-key', consumerSecret: 'sandbox-consumer-secret' };

const masterKey = { id: 'simulation', key: Buffer.alloc(32, 7) };

export function vaultOf(database: Database): Vault {
  return new Vault([masterKey], createKeyStore(database));
}

/** A customer: a connected org and marketing account, each with its people, and the rows that stand for them. */
export interface Tenant {
  readonly name: string;
  readonly scope: Scope;
  readonly salesforceConnection: string;
  readonly salesforceHost: string;
  readonly platformHost: string;
  readonly changesUrl: string;
  readonly salesforce: SalesforceSide;
  readonly platform: PlatformSide;
}

/** Connects a customer. Done once for all seeds; `reset` is what a seed begins with. */
export async function createTenant(
  database: Database,
  time: WorldTime,
  { name, net }: { readonly name: string; readonly net: string },
): Promise<Tenant> {
  const tenantId = `00000000-0000-4000-8000-${Buffer.from(name.padEnd(6)).toString('hex').slice(0, 12)}`;
  // The vendors take addresses of this machine, as the sandbox does, so that they may be called without TLS.
  const salesforceHost = `${net}.1`;
  const platformHost = `${net}.2`;
  const vault = vaultOf(database);
  await database.withTenant(tenantId, (tx) =>
    insertTenant(tx, { id: tenantId, orgId: ORGANIZATION_ID_18, instanceUrl: `http://${salesforceHost}` }),
  );
  const connected = { accountName: name, userName: name, keyHint: null, dailyApiShare: null };
  const { org, account } = await database.withTenant(tenantId, async (tx) => ({
    org: await putConnection(tx, {
      ...connected,
      platform: 'salesforce',
      account: ORGANIZATION_ID_18,
      baseUrl: `http://${salesforceHost}`,
      authMethod: 'web_server',
      authFacts: { loginUrl: `http://${salesforceHost}`, consumerKey: app.consumerKey },
    }),
    account: await putConnection(tx, {
      ...connected,
      platform: 'activecampaign',
      account: platformHost,
      baseUrl: `http://${platformHost}`,
      authMethod: 'api_key',
      authFacts: {},
    }),
  }));
  const scope = { tenantId, connectionId: account.id };
  const keys = await vault.unlock(tenantId);
  await database.withTenant(tenantId, (tx) => putSecrets(tx, keys, account.id, { api_key: API_KEY }));
  const { changesUrl } = hookUrls(publicUrl, await ensureHook(database, vault, scope));
  return {
    name,
    scope,
    salesforceConnection: org.id,
    salesforceHost,
    platformHost,
    changesUrl,
    salesforce: await SalesforceSide.start(time.salesforce),
    platform: await PlatformSide.start(time.platform, `http://${platformHost}`),
  };
}

/** Both vendors empty, and the service with a fresh authorization. */
export async function resetTenant(database: Database, tenant: Tenant): Promise<void> {
  await Promise.all([tenant.salesforce.reset(), tenant.platform.reset()]);
  await storeLogin(database, tenant);
}

/** Gives the service a login to the org. */
export async function storeLogin(database: Database, tenant: Tenant): Promise<void> {
  const { scope, salesforce, salesforceConnection } = tenant;
  const keys = await vaultOf(database).unlock(scope.tenantId);
  const { accessToken, refreshToken } = salesforce.logIn();
  const secrets = { access_token: accessToken, refresh_token: refreshToken };
  await database.withTenant(scope.tenantId, async (tx) => {
    await putSecrets(tx, keys, salesforceConnection, secrets);
    await setConnectionState(tx, salesforceConnection, { state: 'connected' });
  });
}
