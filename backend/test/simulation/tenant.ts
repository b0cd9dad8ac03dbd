import { ensureHook, hookUrls } from '../../src/engine/hook-addresses.ts';
import { Vault } from '../../src/lib/vault.ts';
import { setConnectionState } from '../../src/store/connections.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import type { Database } from '../../src/store/database.ts';
import type { Scope } from '../../src/store/scope.ts';
import { putSecrets } from '../../src/store/secrets.ts';
import { connectCustomer } from '../support/customer.ts';
import { PlatformSide } from './platform-side.ts';
import { SalesforceSide } from './salesforce-side.ts';
import type { WorldTime } from './world-time.ts';

export const publicUrl = 'https://sync.example';

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
  const { scope, salesforceConnection } = await connectCustomer(database, vault, {
    tenantId,
    salesforceUrl: `http://${salesforceHost}`,
    platformUrl: `http://${platformHost}`,
  });
  const { changesUrl } = hookUrls(publicUrl, await ensureHook(database, vault, scope));
  return {
    name,
    scope,
    salesforceConnection,
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
