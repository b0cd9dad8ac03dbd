import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Vault } from '../../src/lib/vault.ts';
import * as audit from '../../src/store/audit.ts';
import * as connections from '../../src/store/connections.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import * as attempts from '../../src/store/oauth-attempts.ts';
import type { Tx } from '../../src/store/scope.ts';
import * as secrets from '../../src/store/secrets.ts';
import * as sessions from '../../src/store/setup-sessions.ts';
import * as tenants from '../../src/store/tenants.ts';
import * as tokens from '../../src/store/tokens.ts';
import { createTestDatabase } from '../support/database.ts';

const { database, asOwner, schema } = await createTestDatabase();
const vault = new Vault([{ id: 'test', key: randomBytes(32) }], createKeyStore(database));
const instanceUrl = 'https://acme.my.salesforce.com';

/** A tenant with a row in every table of this part of the store. */
async function newTenant(orgId: string) {
  const id = randomUUID();
  await database.withTenant(id, (tx) => tenants.insertTenant(tx, { id, orgId, instanceUrl }));
  const keys = await vault.unlock(id);
  return database.withTenant(id, async (tx) => {
    const token = await tokens.issueToken(tx);
    const session = await sessions.insertSetupSession(tx, {
      tokenId: token.id,
      instanceUrl,
      packageVersion: null,
      userId: null,
      adminEmail: null,
      expiresAt: new Date(Date.now() + 3_600_000),
    });
    const connection = await connections.putConnection(tx, {
      platform: 'salesforce',
      account: orgId,
      accountName: null,
      userName: null,
      baseUrl: instanceUrl,
      authMethod: 'jwt',
      authFacts: {},
      keyHint: null,
      dailyApiShare: 0.5,
    });
    await secrets.putSecrets(tx, keys, connection.id, { private_key: 'secret' });
    const attempt = {
      id: randomUUID(),
      stateHash: randomBytes(32),
      verifier: randomBytes(32),
      loginUrl: instanceUrl,
      returnUrl: undefined,
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    await attempts.insertOAuthAttempt(tx, attempt);
    await audit.recordAudit(tx, { action: 'setup.started', actor: { kind: 'service' } });
    return { id, orgId, token, session, connection, attempt, keys };
  });
}

type TestTenant = Awaited<ReturnType<typeof newTenant>>;
let a: TestTenant;
let b: TestTenant;
beforeAll(async () => {
  a = await newTenant('00D000000000001EAA');
  b = await newTenant('00D000000000002EAA');
  await database.withTenant(b.id, (tx) =>
    connections.setConnectionState(tx, b.connection.id, { state: 'error', code: 'SYNC_NOT_CONNECTED' }),
  );
});

/** Everything that is stored of a tenant, as the owner of the tables sees it. */
async function everythingOf(tenantId: string): Promise<string> {
  const tables = await asOwner<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = $1 AND column_name = 'tenant_id' ORDER BY 1",
    [schema],
  );
  const rows: unknown[] = [];
  for (const { name } of tables) {
    rows.push(
      await asOwner(`SELECT '${name}', to_jsonb(t) FROM ${name} t WHERE tenant_id = $1 ORDER BY t::text`, [
        tenantId,
      ]),
    );
  }
  return JSON.stringify(rows);
}

/** What A sees of B, by name of the store's function: nothing. */
const reads: Record<string, (tx: Tx) => Promise<unknown>> = {
  listTokens: async (tx) => (await tokens.listTokens(tx)).filter(({ id }) => id === b.token.id),
  readSetupSession: (tx) => sessions.readSetupSession(tx, b.token.id),
  listConnections: async (tx) =>
    (await connections.listConnections(tx)).filter(({ id }) => id === b.connection.id),
  readConnection: (tx) => connections.readConnection(tx, b.connection.id),
  lockConnection: (tx) => connections.lockConnection(tx, b.connection.id),
  readLiveConnection: async (tx) => {
    const live = await connections.readLiveConnection(tx, 'salesforce');
    return live?.id === a.connection.id ? undefined : live;
  },
  readSecrets: (tx) => secrets.readSecrets(tx, a.keys, b.connection.id),
  readOAuthAttempt: (tx) => attempts.readOAuthAttempt(tx, b.attempt.id),
  readTenant: async (tx) => {
    const tenant = await tenants.readTenant(tx);
    return tenant?.id === a.id ? undefined : tenant;
  },
  readAudit: async (tx) => (await audit.readAudit(tx, 1000)).slice(1),
  readSetupProgress: async (tx) => {
    await connections.disconnect(tx, a.connection.id);
    const progress = await sessions.readSetupProgress(tx);
    await connections.setConnectionState(tx, a.connection.id, { state: 'connected' });
    return progress.salesforceConnected ? progress : undefined;
  },
};

/** What A tries to change of B. */
const writes: Record<string, (tx: Tx) => Promise<unknown>> = {
  revokeToken: (tx) => tokens.revokeToken(tx, b.token.id),
  markSetupsProven: (tx) => sessions.markSetupsProven(tx),
  setConnectionState: (tx) =>
    connections.setConnectionState(tx, b.connection.id, { state: 'error', code: 'X' }),
  noteBothAnswered: (tx) => connections.noteBothAnswered(tx, b.connection.id),
  setBaseUrl: (tx) => connections.setBaseUrl(tx, b.connection.id, 'https://evil.example'),
  disconnect: (tx) => connections.disconnect(tx, b.connection.id),
  updateSettings: (tx) => connections.updateSettings(tx, b.connection.id, { dailyApiShare: 0 }),
  putSecrets: (tx) => secrets.putSecrets(tx, a.keys, b.connection.id, { private_key: 'forged' }),
  destroySecrets: (tx) => secrets.destroySecrets(tx, b.connection.id),
  settleOAuthAttempt: (tx) => attempts.settleOAuthAttempt(tx, b.attempt.id, 'connected'),
  insertTenant: (tx) => tenants.insertTenant(tx, { id: b.id, orgId: b.orgId, instanceUrl }),
  claimOrg: (tx) => tenants.claimOrg(tx, b.orgId),
  deleteTenant: (tx) => tenants.deleteTenant(tx),
};

/** Of no other tenant by their nature: they add to the caller's own, or look up by a secret that only its holder knows. */
const elsewhere = [
  'issueToken',
  'authenticateToken',
  'insertSetupSession',
  'putConnection',
  'insertOAuthAttempt',
  'answerOAuthAttempt',
  'recordAudit',
  'purgeUnproven',
];

test('every function of this part of the store is tried here', () => {
  const exported = [audit, connections, attempts, secrets, sessions, tenants, tokens].flatMap((module) =>
    Object.keys(module),
  );
  expect([...Object.keys(reads), ...Object.keys(writes), ...elsewhere].sort()).toEqual(exported.sort());
});

describe('a tenant sees nothing of another by', () => {
  test.each(Object.keys(reads))('%s', async (name) => {
    const seen = await database.withTenant(
      a.id,
      (tx) => reads[name]?.(tx) ?? Promise.reject(new Error(name)),
    );
    expect(seen ?? []).toEqual(Array.isArray(seen) || seen === undefined ? [] : {});
  });
});

describe('a tenant changes nothing of another by', () => {
  // The last one deletes the tenant that all others act as.
  test.each(Object.keys(writes))('%s', async (name) => {
    const before = await everythingOf(b.id);
    const error = await database
      .withTenant(a.id, async (tx) => writes[name]?.(tx))
      .then(
        () => undefined,
        (cause: unknown) => cause,
      );
    // Row-level security, or a key that B's row holds: nothing else may have been in the way.
    if (error !== undefined) expect(['42501', '23503', '23505']).toContain((error as { code?: string }).code);
    expect(await everythingOf(b.id)).toBe(before);
  });
});
