import { createActiveCampaign } from '../connectors/activecampaign/connector.ts';
import { windows } from '../connectors/activecampaign/manifest.ts';
import type { Clock } from '../lib/clock.ts';
import { SyncError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Vault } from '../lib/vault.ts';
import { createSalesforce } from '../salesforce/gateway.ts';
import { TokenManager } from '../salesforce/tokens.ts';
import { readConnection, readLiveConnection } from '../store/connections.ts';
import type { Database } from '../store/database.ts';
import { expectImports, completedImports } from '../store/imports.ts';
import { highestPlatformId } from '../store/platform-index.ts';
import { readSecrets } from '../store/secrets.ts';
import { sentence } from '../words/told.ts';
import { createDailyBudget, createPacedBudget } from './governor.ts';
import { ensureHook, importUrl } from './hook-addresses.ts';
import type { SetupContext } from './setup/context.ts';
import { createTokenStore } from './setup/token-store.ts';
import type { Vendors } from './vendors.ts';

export interface VendorOptions {
  readonly db: Database;
  readonly vault: Vault;
  readonly config: SetupContext['config'];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Our name towards Salesforce; change events carry it as their origin. */
const clientName = 'Syncline';

/** The vendors of connected tenants, with their stored credentials and shared budgets. */
export function openVendors({ db, vault, config, clock, logger }: VendorOptions): Vendors {
  const allowLoopback = config.sandbox !== undefined;
  return {
    async open(scope, { counted, lane }) {
      const keys = await vault.unlock(scope.tenantId);
      const { org, platform, apiKey } = await db.withTenant(scope.tenantId, async (tx) => ({
        org: await readLiveConnection(tx, 'salesforce'),
        platform: await readConnection(tx, scope.connectionId),
        apiKey: (await readSecrets(tx, keys, scope.connectionId)).api_key,
      }));
      if (org === undefined)
        throw new SyncError('SYNC_NOT_CONNECTED', sentence('Salesforce is not connected yet.'));
      if (platform === undefined || apiKey === undefined) {
        throw new SyncError('SYNC_NOT_CONNECTED', sentence('The platform is not connected.'));
      }
      let hookSecret: Promise<string> | null = null;
      const orgScope = { tenantId: scope.tenantId, connectionId: org.id };
      const salesforce = createSalesforce({
        connection: { id: org.id },
        tokens: new TokenManager({
          store: createTokenStore(db, vault, scope.tenantId, org.id),
          clock,
          app: config.salesforce.app,
          loginHosts: config.salesforce.loginHosts,
          allowLoopback,
        }),
        budget: createDailyBudget({
          db,
          scope: orgScope,
          clock,
          share: org.dailyApiShare ?? config.salesforce.dailyShare,
          counted: counted.salesforce,
        }),
        clock,
        callOptionsClient: clientName,
        allowLoopback,
        logger,
      });
      const connector = createActiveCampaign({
        baseUrl: platform.baseUrl,
        apiKey,
        budget: createPacedBudget({
          db,
          scope,
          clock,
          windows,
          lane,
          counted: counted.platform,
        }),
        clock,
        allowLoopback,
        logger,
        imports: {
          async expect(refs) {
            hookSecret ??= ensureHook(db, vault, scope).catch((error: unknown) => {
              hookSecret = null;
              throw error;
            });
            const secret = await hookSecret;
            await db.withTenant(scope.tenantId, (tx) => expectImports(tx, scope.tenantId, refs));
            return new Map(refs.map((ref) => [ref, importUrl(config.publicUrl, secret, ref)]));
          },
          completed: (refs) =>
            db.withTenant(scope.tenantId, (tx) => completedImports(tx, scope.tenantId, refs)),
        },
        highestContactId: () =>
          db.withTenant(scope.tenantId, (tx) => highestPlatformId(tx, scope, 'contact')),
      });
      return {
        salesforce,
        connector,
        packageNamespace: org.packageNamespace ?? '',
        salesforceUser: org.userName,
      };
    },
  };
}
