import { SyncError } from '../../lib/errors.ts';
import type { Vault } from '../../lib/vault.ts';
import type { Credentials, Renewal, StoredAccess, TokenStore } from '../../salesforce/tokens.ts';
import {
  lockConnection,
  readConnection,
  setBaseUrl,
  setConnectionState,
  type Connection,
} from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import type { Tx } from '../../store/scope.ts';
import { putSecrets, readSecrets, type SecretName } from '../../store/secrets.ts';

/** The tokens of a connected org, sealed in its connection's row, which also is the lock. */
export function createTokenStore(
  database: Database,
  vault: Vault,
  tenantId: string,
  connectionId: string,
): TokenStore {
  return {
    async read() {
      const keys = await vault.unlock(tenantId);
      return database.withTenant(tenantId, async (tx) =>
        toStoredAccess(await readConnection(tx, connectionId), await readSecrets(tx, keys, connectionId)),
      );
    },

    async exclusively(fn) {
      const keys = await vault.unlock(tenantId);
      await database.withTenant(tenantId, async (tx) => {
        const connection = await lockConnection(tx, connectionId);
        const renewal = await fn(toStoredAccess(connection, await readSecrets(tx, keys, connectionId)));
        if (renewal.kind === 'renewed') {
          await putSecrets(tx, keys, connectionId, loginSecrets(renewal.login));
          await setBaseUrl(tx, connectionId, renewal.login.instanceUrl);
        }
        await settle(tx, connectionId, renewal);
      });
    },
  };
}

/** What of a login is kept; a refresh token that did not come with it stays as it is. */
export function loginSecrets(login: {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}): Partial<Record<SecretName, string>> {
  return {
    access_token: login.accessToken,
    ...(login.refreshToken === undefined ? {} : { refresh_token: login.refreshToken }),
  };
}

async function settle(tx: Tx, connectionId: string, renewal: Renewal): Promise<void> {
  if (renewal.kind === 'renewed') await setConnectionState(tx, connectionId, { state: 'connected' });
  if (renewal.kind === 'lost') {
    await setConnectionState(tx, connectionId, { state: 'error', code: renewal.code });
  }
}

function toStoredAccess(
  connection: Connection | undefined,
  secrets: Partial<Record<SecretName, string>>,
): StoredAccess {
  const accessToken = secrets.access_token;
  const credentials = connection && toCredentials(connection, secrets);
  if (!connection || connection.state === 'disconnected' || !credentials || accessToken === undefined) {
    throw new SyncError('SYNC_NOT_CONNECTED');
  }
  return {
    orgId: connection.account,
    loginUrl: connection.authFacts.loginUrl ?? connection.baseUrl,
    access: { accessToken, instanceUrl: connection.baseUrl },
    credentials,
  };
}

function toCredentials(
  { authMethod, authFacts: { consumerKey, username } }: Connection,
  secrets: Partial<Record<SecretName, string>>,
): Credentials | undefined {
  const { refresh_token: refreshToken, private_key: privateKey, password } = secrets;
  const consumerSecret = secrets.consumer_secret;
  switch (authMethod) {
    case 'web_server':
      if (consumerKey === undefined || refreshToken === undefined) return undefined;
      return { method: 'web_server', consumerKey, refreshToken };
    case 'jwt':
      if (consumerKey === undefined || username === undefined || privateKey === undefined) return undefined;
      return { method: 'jwt', consumerKey, username, privateKey };
    case 'client_credentials':
      if (consumerKey === undefined || consumerSecret === undefined) return undefined;
      return { method: 'client_credentials', consumerKey, consumerSecret };
    case 'password':
      if (username === undefined || password === undefined) return undefined;
      return { method: 'password', username, password };
    case 'api_key':
      return undefined;
  }
}
