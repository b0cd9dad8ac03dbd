import type { ActiveCampaign } from '../connectors/activecampaign/connector.ts';
import { randomToken } from '../lib/tokens.ts';
import type { Vault } from '../lib/vault.ts';
import type { Database } from '../store/database.ts';
import { lockHook, noteRegistration, readHook, saveHook } from '../store/hooks.ts';
import type { Scope } from '../store/scope.ts';
import { putSecrets, readSecrets } from '../store/secrets.ts';

/** How the platform lists our webhook. */
const hookName = 'Syncline';

/** The connection's hook secret, made when it is first asked for. Sealed, as it stands in addresses. */
export async function ensureHook(db: Database, vault: Vault, scope: Scope): Promise<string> {
  const tenantVault = await vault.unlock(scope.tenantId);
  return db.withTenant(scope.tenantId, async (tx) => {
    await lockHook(tx, scope);
    const known = (await readSecrets(tx, tenantVault, scope.connectionId)).webhook_secret;
    if (known !== undefined && (await readHook(tx, scope)) !== null) return known;
    const secret = known ?? randomToken();
    await putSecrets(tx, tenantVault, scope.connectionId, { webhook_secret: secret });
    await saveHook(tx, scope, secret);
    return secret;
  });
}

/** The addresses behind a secret. */
export function hookUrls(
  publicUrl: string,
  secret: string,
): { createLeadUrl: string; createContactUrl: string; changesUrl: string } {
  const base = `${publicUrl}/v1/hooks/activecampaign/${secret}`;
  return {
    createLeadUrl: `${base}/create-lead`,
    createContactUrl: `${base}/create-contact`,
    changesUrl: base,
  };
}

/** Where the platform reports the end of an import. */
export function importUrl(publicUrl: string, secret: string, ref: string): string {
  return `${hookUrls(publicUrl, secret).changesUrl}/imports/${ref}`;
}

/** Registers the address for changes at the platform, once. */
export async function registerHook(
  db: Database,
  vault: Vault,
  publicUrl: string,
  scope: Scope,
  connector: Pick<ActiveCampaign, 'webhooks'>,
): Promise<void> {
  const { changesUrl } = hookUrls(publicUrl, await ensureHook(db, vault, scope));
  const id = await connector.webhooks.register(hookName, changesUrl);
  await db.withTenant(scope.tenantId, (tx) => noteRegistration(tx, scope, id));
}
