import { describe, expect, test } from '@jest/globals';
import { createTokens } from '../../src/engine/setup/context.ts';
import { Vault } from '../../src/lib/vault.ts';
import { createKeyStore } from '../../src/store/data-keys.ts';
import { createTestDatabase } from '../support/database.ts';
import { connectOrg } from '../support/org.ts';
import { startService } from '../support/service.ts';
import { APP, startSalesforce } from '../support/vendors.ts';

const testDatabase = await createTestDatabase();
const { asOwner } = testDatabase;
const salesforce = await startSalesforce();
const service = await startService(testDatabase, APP);
const { app, call, log } = service;

/** A connected org of its own: all tests share the sandbox's one org, so the tenant is started anew. */
async function newOrg() {
  await asOwner('TRUNCATE tenant CASCADE');
  const token = await connectOrg(service, salesforce.url);
  const [row] = await asOwner<{ tenant_id: string; id: string }>('SELECT tenant_id, id FROM connection');
  if (!row) throw new Error('Nothing was connected.');
  return {
    /** A token manager as another process has it: nothing but the database in common. */
    manager: () => {
      const { database, clock, config } = app;
      const vault = new Vault(config.masterKeys, createKeyStore(database));
      return createTokens({ database, vault, clock, config }, row.tenant_id, row.id);
    },
    connection: async () => {
      const { json } = await call('GET', `/v1/connections/${row.id}`, { token });
      return json as { state: string; problem: { code: string } | null };
    },
    rows: row,
    token,
  };
}

const works = async ({ accessToken, instanceUrl }: { accessToken: string; instanceUrl: string }) =>
  (
    await fetch(`${instanceUrl}/services/data/v67.0/limits`, {
      headers: { authorization: `Bearer ${accessToken}` },
    })
  ).status === 200;
const tokenCalls = async () => (await salesforce.calls())['POST /services/oauth2/token'] ?? 0;

test('the token of a connected org works', async () => {
  const { manager } = await newOrg();
  expect(await works(await manager().current())).toBe(true);
});

describe('an expired token', () => {
  test('is renewed, and the new refresh token is stored before the new access token is used', async () => {
    const { manager, rows } = await newOrg();
    const tokens = manager();
    const { accessToken } = await tokens.current();
    await salesforce.control('sessions', { expireAccessTokens: true });
    const sealed = () =>
      asOwner<{ name: string; text: string }>(
        "SELECT name, encode(sealed, 'hex') AS text FROM secret WHERE connection_id = $1 ORDER BY name",
        [rows.id],
      );
    const before = await sealed();
    const renewed = await tokens.renew(accessToken);
    expect(await works(renewed)).toBe(true);
    const after = await sealed();
    expect(after.map(({ name }) => name)).toEqual(['access_token', 'refresh_token']);
    expect(after.every(({ text }, index) => text !== before[index]?.text)).toBe(true);
    // Once more, with the rotated token: had the old one been kept, this would end the authorization.
    await salesforce.control('sessions', { expireAccessTokens: true });
    expect(await works(await manager().renew(renewed.accessToken))).toBe(true);
  });

  test('is renewed once, however many processes and callers find it expired together', async () => {
    const { manager, connection } = await newOrg();
    const managers = Array.from({ length: 4 }, manager);
    const stale = (await managers[0]?.current())?.accessToken ?? '';
    await Promise.all(managers.map((tokens) => tokens.current()));
    await salesforce.control('sessions', { expireAccessTokens: true });
    const before = await tokenCalls();
    const renewals = await Promise.all([...managers, ...managers].map((tokens) => tokens.renew(stale)));
    expect(await tokenCalls()).toBe(before + 1);
    expect(new Set(renewals.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(await works(renewals[0] ?? { accessToken: '', instanceUrl: salesforce.url })).toBe(true);
    expect((await connection()).state).toBe('connected');
  });

  test('that another process has renewed meanwhile is taken from the database without a call', async () => {
    const { manager } = await newOrg();
    const [slow, quick] = [manager(), manager()];
    const { accessToken } = await slow.current();
    await salesforce.control('sessions', { expireAccessTokens: true });
    const renewed = await quick.renew(accessToken);
    const before = await tokenCalls();
    expect(await slow.renew(accessToken)).toEqual(renewed);
    expect(await slow.current()).toEqual(renewed);
    expect(await tokenCalls()).toBe(before);
  });
});

describe('a renewal that fails', () => {
  test('for good marks the connection, and authorizing again heals it', async () => {
    const { manager, connection } = await newOrg();
    const tokens = manager();
    const { accessToken } = await tokens.current();
    await salesforce.control('reset', {});
    await expect(tokens.renew(accessToken)).rejects.toMatchObject({ code: 'SYNC_SALESFORCE_UNAUTHORIZED' });
    expect(await connection()).toMatchObject({
      state: 'error',
      problem: { code: 'SYNC_SALESFORCE_UNAUTHORIZED' },
    });
    await connectOrg(service, salesforce.url);
    expect((await connection()).state).toBe('connected');
    expect(await works(await manager().current())).toBe(true);
  });

  test('because Salesforce is down changes nothing and is not repeated by itself', async () => {
    const { manager, connection } = await newOrg();
    const tokens = manager();
    const { accessToken } = await tokens.current();
    await salesforce.control('sessions', { expireAccessTokens: true });
    await salesforce.control('faults', [{ match: 'POST /services/oauth2/token', status: 503, times: 1 }]);
    const before = await tokenCalls();
    await expect(tokens.renew(accessToken)).rejects.toMatchObject({ code: 'SYNC_SALESFORCE_UNAVAILABLE' });
    expect(await tokenCalls()).toBe(before + 1);
    expect((await connection()).state).toBe('connected');
    expect(await works(await tokens.renew(accessToken))).toBe(true);
  });

  test('because its answer was lost is not repeated blindly: the token may be used up', async () => {
    const { manager } = await newOrg();
    const tokens = manager();
    const { accessToken } = await tokens.current();
    await salesforce.control('faults', [
      { match: 'POST /services/oauth2/token', dropResponse: true, times: 1 },
    ]);
    const before = await tokenCalls();
    await expect(tokens.renew(accessToken)).rejects.toMatchObject({ code: 'SYNC_SALESFORCE_UNREACHABLE' });
    expect(await tokenCalls()).toBe(before + 1);
    await salesforce.control('faults', []);
  });
});

test('after a disconnect there is no token any more, here or at Salesforce', async () => {
  const { manager, rows, token } = await newOrg();
  const access = await manager().current();
  expect((await call('DELETE', `/v1/connections/${rows.id}`, { token })).status).toBe(200);
  await expect(manager().current()).rejects.toMatchObject({ code: 'SYNC_NOT_CONNECTED' });
  expect(await works(access)).toBe(false);
});

test('a disconnect does not depend on Salesforce', async () => {
  const { rows, token } = await newOrg();
  await salesforce.control('faults', [{ match: 'POST /services/oauth2/revoke', connectionReset: true }]);
  const { json } = await call('DELETE', `/v1/connections/${rows.id}`, { token });
  await salesforce.control('faults', []);
  expect(json).toMatchObject({ state: 'disconnected' });
});

test('nothing of this stands in the log', () => {
  expect(log()).not.toMatch(/00D000000000001!|5Aep861/);
});
