import { SyncError } from '../../lib/errors.ts';
import { createSalesforce } from '../../salesforce/gateway.ts';
import {
  loginByClientCredentials,
  loginByJwt,
  LoginRefusal,
  revoke,
  type Login,
} from '../../salesforce/oauth.ts';
import { loginBySoap } from '../../salesforce/soap-login.ts';
import { recordAudit } from '../../store/audit.ts';
import { putConnection, type AuthFacts, type AuthMethod, type Connection } from '../../store/connections.ts';
import { handOver } from '../../store/handover.ts';
import type { Tx } from '../../store/scope.ts';
import type { SecretName } from '../../store/secrets.ts';
import { destroySecrets, putSecrets } from '../../store/secrets.ts';
import { markSetupsProven } from '../../store/setup-sessions.ts';
import { claimOrg, readTenant } from '../../store/tenants.ts';
import { sentence } from '../../words/told.ts';
import { loginHost, uncounted, type Origin, type SetupContext } from './context.ts';
import { loginSecrets } from './token-store.ts';

/** A login that succeeded, and what it takes to repeat it. */
export interface Authorized {
  readonly login: Login;
  readonly method: AuthMethod;
  readonly facts: AuthFacts & { readonly loginUrl: string };
  readonly secrets: Partial<Record<SecretName, string>>;
}

/** What self-hosters may connect by, instead of a browser. */
export type DirectLogin =
  | {
      readonly method: 'jwt';
      readonly loginUrl: string;
      readonly consumerKey: string;
      readonly username: string;
      readonly privateKey: string;
    }
  | {
      readonly method: 'client_credentials';
      readonly loginUrl: string;
      readonly consumerKey: string;
      readonly consumerSecret: string;
    }
  | {
      readonly method: 'password';
      readonly loginUrl: string;
      readonly username: string;
      /** With the security token at its end. */
      readonly password: string;
    };

/**
 * Logs in without a browser and connects the org.
 * @throws SyncError SYNC_OAUTH_REFUSED, SYNC_OAUTH_ORG_MISMATCH, SYNC_HOST_NOT_ALLOWED, SYNC_LOGIN_METHOD_DISABLED, …
 */
export async function connectDirectly(
  context: SetupContext,
  origin: Origin,
  direct: DirectLogin,
): Promise<Connection> {
  if (direct.method === 'password' && !context.config.salesforce.passwordLogin) {
    throw new SyncError('SYNC_LOGIN_METHOD_DISABLED');
  }
  const authorized = await asRefusals(logInDirectly(context, direct));
  return (await connectSalesforce(context, origin, authorized)).connection;
}

async function logInDirectly(context: SetupContext, direct: DirectLogin): Promise<Authorized> {
  const host = loginHost(context, direct.loginUrl);
  const { clock } = context;
  const { loginUrl, method } = direct;
  switch (method) {
    case 'jwt': {
      const { consumerKey, username, privateKey } = direct;
      const login = await loginByJwt(host, clock, direct);
      return {
        login,
        method,
        facts: { loginUrl, consumerKey, username },
        secrets: { private_key: privateKey },
      };
    }
    case 'client_credentials': {
      const { consumerKey, consumerSecret } = direct;
      const login = await loginByClientCredentials(host, clock, direct);
      return {
        login,
        method,
        facts: { loginUrl, consumerKey },
        secrets: { consumer_secret: consumerSecret },
      };
    }
    case 'password': {
      const { username, password } = direct;
      const login = await loginBySoap(host, clock, direct);
      return { login, method, facts: { loginUrl, username }, secrets: { password } };
    }
  }
}

/** A refused login as the service's own error. */
export async function asRefusals<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof LoginRefusal)) throw error;
    throw new SyncError(
      'SYNC_OAUTH_REFUSED',
      sentence('{name}: {words}', { name: 'Salesforce', words: error.told }),
      { error: error.error },
    );
  }
}

/**
 * Stores an authorized org. Salesforce's word on which org it is proves the tenant: a pending one becomes active, or
 * is merged into the tenant that the org already has.
 * @returns the connection and the tenant that it belongs to now
 * @throws SyncError SYNC_OAUTH_ORG_MISMATCH when it is another org than the tenant's
 */
export async function connectSalesforce(
  context: SetupContext,
  origin: Origin,
  authorized: Authorized,
): Promise<{ connection: Connection; tenantId: string }> {
  const { database, vault, clock } = context;
  const { login } = authorized;
  try {
    const userName = await readUserName(context, login);
    const tenantId = await proveOrg(context, origin, login.orgId);
    const keys = await vault.unlock(tenantId);
    const pendingKeys = tenantId === origin.tenantId ? undefined : await vault.unlock(origin.tenantId);
    const connection = await database.withTenant(origin.tenantId, async (tx) => {
      if (pendingKeys) {
        await handOver(tx, { tenantId: origin.tenantId, vault: pendingKeys }, { tenantId, vault: keys });
        await recordProof(tx, origin, login.orgId);
      }
      await markSetupsProven(tx);
      const stored = await putConnection(tx, {
        platform: 'salesforce',
        account: login.orgId,
        accountName: null,
        userName,
        baseUrl: login.instanceUrl,
        authMethod: authorized.method,
        authFacts: authorized.facts,
        keyHint: null,
        dailyApiShare: context.config.salesforce.dailyShare,
      });
      await destroySecrets(tx, stored.id);
      await putSecrets(tx, keys, stored.id, { ...authorized.secrets, ...loginSecrets(login) });
      await recordAudit(tx, {
        action: 'connection.created',
        actor: origin.actor,
        subject: stored.id,
        details: { platform: 'salesforce', method: authorized.method },
        requestId: origin.requestId,
      });
      return stored;
    });
    return { connection, tenantId };
  } catch (error) {
    await revoke(
      loginHost(context, authorized.facts.loginUrl),
      clock,
      login.refreshToken ?? login.accessToken,
    );
    throw error;
  }
}

/** The tenant that the org belongs to: the caller's own, active from now on, or the one that it has had before. */
async function proveOrg(context: SetupContext, origin: Origin, orgId: string): Promise<string> {
  return context.database.withTenant(origin.tenantId, async (tx) => {
    const tenant = await readTenant(tx);
    if (tenant?.orgId !== orgId) {
      throw new SyncError('SYNC_OAUTH_ORG_MISMATCH', undefined, {
        expected: tenant?.orgId,
        authorized: orgId,
      });
    }
    if (tenant.state === 'active') return tenant.id;
    const holder = await claimOrg(tx, orgId);
    if (holder === undefined) throw new SyncError('SYNC_OAUTH_ORG_MISMATCH');
    if (holder === tenant.id) await recordProof(tx, origin, orgId);
    return holder;
  });
}

async function recordProof(tx: Tx, { actor, requestId }: Origin, orgId: string): Promise<void> {
  await recordAudit(tx, { action: 'setup.proven', actor, subject: orgId, requestId });
}

/** The first call with the new token, which also shows that the org has an API: who logged in. */
async function readUserName({ clock, config }: SetupContext, login: Login): Promise<string | null> {
  const { accessToken, instanceUrl, userId } = login;
  const access = { accessToken, instanceUrl };
  const salesforce = createSalesforce({
    connection: { id: 'new' },
    tokens: {
      current: async () => access,
      renew: async () => {
        throw new SyncError(
          'SYNC_SALESFORCE_UNAUTHORIZED',
          sentence('Salesforce refused the token that it has just issued.'),
        );
      },
    },
    budget: uncounted,
    clock,
    callOptionsClient: 'syncline',
    allowLoopback: config.sandbox !== undefined,
  });
  const { records } = await salesforce.query(`SELECT Id, Username FROM User WHERE Id = '${userId}'`);
  const name = records[0]?.['Username'];
  return typeof name === 'string' ? name : null;
}
