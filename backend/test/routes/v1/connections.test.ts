import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { connectionSchema } from '../../../src/schemas/connection.ts';
import { createTestDatabase } from '../../support/database.ts';
import { connectOrg, startSetup } from '../../support/org.ts';
import { startService } from '../../support/service.ts';
import { API_KEY } from '../../support/doors.ts';
import { APP, startActiveCampaign, startSalesforce } from '../../support/vendors.ts';

const testDatabase = await createTestDatabase();
const { asOwner, atEnd } = testDatabase;
const [salesforce, activecampaign, otherAccount] = await Promise.all([
  startSalesforce(),
  startActiveCampaign(),
  startActiveCampaign(),
]);
for (const vendor of [activecampaign, otherAccount]) await vendor.control('limits', { enforce: false });
const service = await startService(testDatabase, APP);
const { call, log } = service;
const instanceUrl = salesforce.url;
const token = await connectOrg(service, instanceUrl);

const connect = (account: string, apiKey = API_KEY, as = token) =>
  call('POST', '/v1/connections/activecampaign', { token: as, body: { account, apiKey } });
const list = async (as: string) => {
  const { json } = await call('GET', '/v1/connections', { token: as });
  return z.object({ connections: z.array(connectionSchema) }).parse(json).connections;
};

describe('connecting ActiveCampaign', () => {
  test('verifies the key, shows its end alone and keeps it sealed', async () => {
    const answer = await connect(`${activecampaign.url}/api/3/`);
    expect(answer.status).toBe(201);
    const connection = connectionSchema.parse(answer.json);
    expect(connection).toMatchObject({
      platform: 'activecampaign',
      state: 'connected',
      problem: null,
      baseUrl: activecampaign.url,
      keyHint: API_KEY.slice(-4),
    });
    expect(connection.userName).toBeTruthy();
    expect((await call('GET', `/v1/connections/${connection.id}`, { token })).json).toEqual(connection);
    const secrets = await asOwner<{ sealed: Buffer }>('SELECT sealed FROM secret');
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.some(({ sealed }) => sealed.includes(API_KEY))).toBe(false);
    expect(answer.text + log()).not.toContain(API_KEY);
  });

  test("a check of an account that is connected takes its calls from the account's budget", async () => {
    await activecampaign.control('limits', { enforce: true });
    const { id } = connectionSchema.parse((await connect(activecampaign.url)).json);
    const counted = async () => {
      const query = "SELECT used FROM budget WHERE connection_id = $1 AND call_window = 'requests'";
      return (await asOwner<{ used: number }>(query, [id]))[0]?.used ?? 0;
    };
    const before = await counted();
    await activecampaign.forgetCalls();
    expect((await connect(activecampaign.url)).status).toBe(201);
    const made = Object.values(await activecampaign.calls()).reduce((sum, calls) => sum + calls, 0);
    expect(made).toBeGreaterThan(0);
    expect((await counted()) - before).toBe(made);
    await activecampaign.control('limits', { enforce: false });
  });

  test('a wrong key says so, connects nothing and stands in no log', async () => {
    const pending = await startSetup(service, { instanceUrl });
    const { error } = await connect(activecampaign.url, 'a-wrong-key-1234', pending);
    expect(error).toMatchObject({ code: 'SYNC_PLATFORM_UNAUTHORIZED' });
    expect(error?.remedy).toMatch(/API key/);
    expect(await list(pending)).toEqual([]);
    expect(log()).not.toContain('a-wrong-key-1234');
  });

  test('an address at which nobody answers says so', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const { error } = await connect(`http://127.0.0.1:${port}`);
    expect(error?.code).toBe('SYNC_PLATFORM_UNREACHABLE');
  });

  test('a redirect is not followed, so that the key goes nowhere else', async () => {
    let leaked = false;
    const elsewhere = createServer((_request, response) => {
      leaked = true;
      response.end('{}');
    });
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
    const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    const redirecting = createServer((_request, response) =>
      response.writeHead(302, { location: `${target}/api/3/users/me` }).end(),
    );
    await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done));
    atEnd(async () => [elsewhere, redirecting].forEach((server) => server.close()));
    const answer = await connect(`http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(leaked).toBe(false);
  });

  test('another account is refused until the first one is disconnected, and comes back as itself', async () => {
    const org = await connectOrg(service, instanceUrl);
    const first = connectionSchema.parse((await connect(activecampaign.url, API_KEY, org)).json);
    const refused = await connect(otherAccount.url, API_KEY, org);
    expect(refused.error).toMatchObject({
      code: 'SYNC_CONNECTION_EXISTS',
      details: { connectionId: first.id },
    });
    await call('DELETE', `/v1/connections/${first.id}`, { token: org });
    const second = connectionSchema.parse((await connect(otherAccount.url, API_KEY, org)).json);
    expect(second.id).not.toBe(first.id);
    await call('DELETE', `/v1/connections/${second.id}`, { token: org });
    expect(connectionSchema.parse((await connect(activecampaign.url, API_KEY, org)).json).id).toBe(first.id);
  });
});

describe('an address that credentials may not be sent to', () => {
  test.each([
    ['plain http', 'http://acme.api-us1.com'],
    ['another port', 'https://acme.api-us1.com:8443'],
    ['a user name', 'https://acme:pass@acme.api-us1.com'],
    ['a user name that looks like the host', 'https://acme.api-us1.com@example.com'],
    ['another host', 'https://example.com'],
    ['a look-alike', 'https://acme.api-us1.com.example.com'],
    ['a look-alike without a dot', 'https://evilapi-us1.com'],
    ['the bare domain', 'https://api-us1.com'],
    ['a look-alike in other letters', 'https://acme.api-us1.соm'],
    ['a private address', 'https://10.0.0.1'],
    ['a cloud’s metadata', 'http://169.254.169.254/latest/meta-data'],
    ['an IPv4 address in IPv6', 'https://[::ffff:10.0.0.1]'],
    ['an address as one number', 'https://167772161'],
    ['another scheme', 'ftp://acme.api-us1.com'],
    ['a file', 'file:///etc/passwd'],
    ['nothing of the kind', 'https://'],
    ['white space in a name', 'acme api-us1'],
  ])('is refused: %s', async (_name, account) => {
    const { status, error } = await connect(account);
    expect([status, error?.code]).toEqual([422, 'SYNC_HOST_NOT_ALLOWED']);
  });

  test('is refused as an IPv6 form of this machine even in the sandbox', async () => {
    expect((await connect('http://[::ffff:127.0.0.1]:1')).error?.code).toBe('SYNC_HOST_NOT_ALLOWED');
  });

  test('is one on this machine when the sandbox is off', async () => {
    const real = await startService(testDatabase, { ...APP, SANDBOX: 'false' });
    for (const account of [
      activecampaign.url,
      'https://127.0.0.1',
      'https://localhost',
      'http://[::1]:3002',
    ]) {
      const { error } = await real.call('POST', '/v1/connections/activecampaign', {
        token,
        body: { account, apiKey: API_KEY },
      });
      expect([account, error?.code]).toEqual([account, 'SYNC_HOST_NOT_ALLOWED']);
    }
  });
});

describe('disconnecting', () => {
  test('destroys the credentials and keeps the connection with its id', async () => {
    const org = await connectOrg(service, instanceUrl);
    const { id } = connectionSchema.parse((await connect(activecampaign.url, API_KEY, org)).json);
    const { json } = await call('DELETE', `/v1/connections/${id}`, { token: org });
    expect(json).toMatchObject({ id, state: 'disconnected', keyHint: null });
    expect(await asOwner('SELECT name FROM secret WHERE connection_id = $1', [id])).toEqual([]);
    expect(connectionSchema.parse((await connect(activecampaign.url, API_KEY, org)).json)).toMatchObject({
      id,
      state: 'connected',
    });
  });
});

describe('the settings of a Salesforce connection', () => {
  test('are its namespace and its share of the daily calls, each changed alone', async () => {
    const [org] = (await list(token)).filter(({ platform }) => platform === 'salesforce');
    const patch = (body: unknown) => call('PATCH', `/v1/connections/${org?.id}`, { token, body });
    expect(org).toMatchObject({ packageNamespace: null, dailyApiShare: 0.5 });
    expect((await patch({ packageNamespace: 'acsync' })).json).toMatchObject({
      packageNamespace: 'acsync',
      dailyApiShare: 0.5,
    });
    expect((await patch({ dailyApiShare: 0.8 })).json).toMatchObject({
      packageNamespace: 'acsync',
      dailyApiShare: 0.8,
    });
    expect((await patch({ packageNamespace: null })).json).toMatchObject({ packageNamespace: null });
  });

  test.each([
    ['more than 80 %', { dailyApiShare: 0.81 }],
    ['less than nothing', { dailyApiShare: -0.1 }],
    ['a namespace that is none', { packageNamespace: '1x' }],
    ['a namespace with two underscores', { packageNamespace: 'a__b' }],
    ['a field that cannot be set', { state: 'connected' }],
  ])('are refused: %s', async (_name, body) => {
    const [org] = await list(token);
    const { error } = await call('PATCH', `/v1/connections/${org?.id}`, { token, body });
    expect(error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

test('of another org’s connections nothing is seen or changed', async () => {
  const other = await startSetup(service, { orgId: '00D000000000002EAA', instanceUrl });
  expect(await list(other)).toEqual([]);
  for (const { id } of await list(token)) {
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const body = method === 'PATCH' ? { body: { dailyApiShare: 0 } } : {};
      const { status } = await call(method, `/v1/connections/${id}`, { token: other, ...body });
      expect([method, status]).toEqual([method, 404]);
    }
  }
  expect((await list(token)).length).toBeGreaterThan(0);
});

test('connecting and disconnecting stand in the audit log, which the service cannot change', async () => {
  const actions = await asOwner<{ action: string; text: string }>('SELECT action, audit::text FROM audit');
  const names = actions.map(({ action }) => action);
  for (const action of [
    'setup.started',
    'setup.proven',
    'connection.created',
    'connection.deleted',
    'connection.updated',
  ]) {
    expect(names).toContain(action);
  }
  expect(JSON.stringify(actions)).not.toContain(API_KEY);
  const [{ tenant_id: tenantId } = { tenant_id: '' }] = await asOwner<{ tenant_id: string }>(
    'SELECT tenant_id FROM audit LIMIT 1',
  );
  for (const statement of ["UPDATE audit SET action = 'nothing'", 'DELETE FROM audit']) {
    await expect(testDatabase.database.withTenant(tenantId, (tx) => tx.query(statement))).rejects.toThrow(
      /permission denied/,
    );
  }
});
