import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../../support/database.ts';
import { authorize, connectOrg, startSetup } from '../../support/org.ts';
import { startService } from '../../support/service.ts';
import { API_KEY } from '../../support/doors.ts';
import { APP, ORG_ID, startActiveCampaign, startSalesforce } from '../../support/vendors.ts';

const testDatabase = await createTestDatabase();
const { asOwner } = testDatabase;
const salesforce = await startSalesforce();
const activecampaign = await startActiveCampaign();
const otherPlatform = await startActiveCampaign();
const service = await startService(testDatabase, APP);
const { call, log } = service;
const instanceUrl = salesforce.url;
for (const vendor of [activecampaign, otherPlatform]) await vendor.control('limits', { enforce: false });

const connectPlatform = (token: string) =>
  call('POST', '/v1/connections/activecampaign', {
    token,
    body: { account: activecampaign.url, apiKey: API_KEY },
  });

describe('starting', () => {
  test('takes 15-character ids and answers with a token that is stored as a hash alone', async () => {
    const answer = await call('POST', '/v1/setup-sessions', {
      body: { orgId: '00D000000000001', instanceUrl },
    });
    expect(answer.status).toBe(201);
    const token = String((answer.json as { token: unknown }).token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { json } = await call('GET', '/v1/setup-sessions/current', { token });
    expect(json).toMatchObject({ state: 'pending', orgId: ORG_ID, instanceUrl });
    const stored = await asOwner('SELECT * FROM org_token');
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(log()).not.toContain(token);
  });

  test.each([
    ['no org id', { orgId: '001000000000001' }, 'SYNC_REQUEST_INVALID'],
    ['an id whose end does not fit', { orgId: '00D000000000001AAA' }, 'SYNC_REQUEST_INVALID'],
    ['an unknown field', { tenantId: 'x' }, 'SYNC_REQUEST_INVALID'],
    [
      'an address that is not Salesforce',
      { instanceUrl: 'https://salesforce.example.com' },
      'SYNC_HOST_NOT_ALLOWED',
    ],
    ['a look-alike', { instanceUrl: 'https://x.my.salesforce.com.example.com' }, 'SYNC_HOST_NOT_ALLOWED'],
  ])('refuses %s', async (_name, change, code) => {
    const { error } = await call('POST', '/v1/setup-sessions', {
      body: { orgId: ORG_ID, instanceUrl, ...change },
    });
    expect(error?.code).toBe(code);
  });

  test('names the fields that are wrong', async () => {
    const { status, error } = await call('POST', '/v1/setup-sessions', {
      body: { orgId: 'x', adminEmail: 'nobody' },
    });
    expect(status).toBe(400);
    const fields = error?.details['fields'] as { field: string }[];
    expect(fields.map(({ field }) => field).sort()).toEqual([
      'body.adminEmail',
      'body.instanceUrl',
      'body.orgId',
    ]);
  });
});

describe('a token', () => {
  test.each([
    ['missing', undefined],
    ['unknown', 'A'.repeat(43)],
    ['malformed', 'a b'],
  ])('that is %s opens nothing', async (_name, token) => {
    const answer = await call('GET', '/v1/connections', token === undefined ? {} : { token });
    expect(answer.status).toBe(401);
    expect(answer.error?.code).toBe('SYNC_UNAUTHORIZED');
  });

  test('of an org that is not proven serves its set-up alone', async () => {
    const token = await startSetup(service, { instanceUrl });
    expect((await call('GET', '/v1/connections', { token })).status).toBe(200);
    expect((await call('GET', '/v1/tokens', { token })).error?.code).toBe('SYNC_SETUP_UNFINISHED');
  });

  test('of a set-up that ended unproven is dead', async () => {
    const token = await startSetup(service, { instanceUrl });
    await asOwner("UPDATE setup_session SET expires_at = now() - interval '1 second'");
    expect((await call('GET', '/v1/setup-sessions/current', { token })).status).toBe(401);
  });

  test('opens the whole API once Salesforce has proven the org, and for good', async () => {
    const token = await connectOrg(service, instanceUrl);
    await asOwner("UPDATE setup_session SET expires_at = now() - interval '1 second'");
    expect((await call('GET', '/v1/tokens', { token })).status).toBe(200);
    expect((await call('GET', '/v1/setup-sessions/current', { token })).json).toMatchObject({
      state: 'active',
      expiresAt: null,
    });
  });

  test('that was revoked opens nothing, while others of the org live on', async () => {
    const [one, two] = [await connectOrg(service, instanceUrl), await connectOrg(service, instanceUrl)];
    const { json } = await call('GET', '/v1/tokens', { token: one });
    const { tokens } = json as { tokens: { id: string; isCurrent: boolean; lastUsedAt: string | null }[] };
    const current = tokens.find(({ isCurrent }) => isCurrent);
    expect(current?.lastUsedAt).not.toBeNull();
    expect((await call('DELETE', `/v1/tokens/${current?.id}`, { token: two })).status).toBe(204);
    expect((await call('GET', '/v1/tokens', { token: one })).status).toBe(401);
    expect((await call('GET', '/v1/tokens', { token: two })).status).toBe(200);
  });
});

describe('the four steps', () => {
  const steps = async (token: string) => {
    const { json } = await call('GET', '/v1/setup-sessions/current', { token });
    return (json as { steps: { id: string; done: boolean; parts: Record<string, boolean> }[] }).steps;
  };

  test('begin undone; the first is done when both sides are connected', async () => {
    await asOwner('TRUNCATE tenant CASCADE');
    const token = await startSetup(service, { instanceUrl });
    expect((await steps(token)).map(({ id, done }) => [id, done])).toEqual([
      ['connect', false],
      ['mapping', false],
      ['selection', false],
      ['automation', false],
    ]);
    await connectPlatform(token);
    expect((await steps(token))[0]).toEqual({
      id: 'connect',
      done: false,
      parts: { platform: true, salesforce: false },
    });
    await authorize(service, token);
    expect((await steps(token))[0]?.done).toBe(true);
  });
});

describe('an org whose package is installed again', () => {
  test('comes back to its tenant: both tokens work, what the new set-up connected works too', async () => {
    await asOwner('TRUNCATE tenant CASCADE');
    const before = await connectOrg(service, instanceUrl);
    const again = await startSetup(service, { instanceUrl });
    const platform = await connectPlatform(again);
    expect(platform.status).toBe(201);
    expect((await call('GET', '/v1/connections', { token: before })).json).toMatchObject({
      connections: [{ platform: 'salesforce' }],
    });
    const { page, authorizationId } = await authorize(service, again);
    expect(page.text).toContain('Connected');
    const seen = await Promise.all([before, again].map((token) => call('GET', '/v1/connections', { token })));
    expect(seen[0]?.json).toEqual(seen[1]?.json);
    expect(seen[0]?.json).toMatchObject({
      connections: [
        { platform: 'salesforce', state: 'connected' },
        { platform: 'activecampaign', state: 'connected' },
      ],
    });
    const attempt = await call('GET', `/v1/connections/salesforce/authorizations/${authorizationId}`, {
      token: again,
    });
    expect(attempt.json).toMatchObject({ state: 'connected' });
    expect(await asOwner('SELECT count(*) FROM tenant')).toEqual([{ count: '1' }]);
  });

  test('keeps the platform account that it had when the new set-up brought another', async () => {
    await asOwner('TRUNCATE tenant CASCADE');
    const before = await connectOrg(service, instanceUrl);
    await connectPlatform(before);
    const again = await startSetup(service, { instanceUrl });
    await call('POST', '/v1/connections/activecampaign', {
      token: again,
      body: { account: otherPlatform.url, apiKey: API_KEY },
    });
    await authorize(service, again);
    const { json } = await call('GET', '/v1/connections', { token: again });
    const { connections } = json as { connections: { baseUrl: string }[] };
    expect(connections.map(({ baseUrl }) => baseUrl).sort()).toEqual(
      [activecampaign.url, salesforce.url].sort(),
    );
  });
});

test('set-ups that never came to an end are forgotten', async () => {
  await asOwner('TRUNCATE tenant CASCADE');
  await startSetup(service, { instanceUrl });
  await asOwner("UPDATE tenant SET created_at = now() - interval '3 days'");
  const proven = await connectOrg(service, instanceUrl);
  await startSetup(service, { instanceUrl });
  expect(await asOwner('SELECT state FROM tenant ORDER BY created_at')).toEqual([
    { state: 'active' },
    { state: 'pending' },
  ]);
  expect((await call('GET', '/v1/tokens', { token: proven })).status).toBe(200);
});

test('strangers may not start set-ups without end', async () => {
  const strict = await startService(testDatabase, { ...APP, RATE_LIMIT_STRANGERS_PER_MINUTE: '3' });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const body = { orgId: ORG_ID, instanceUrl };
    // A made-up token does not make a stranger somebody else.
    const headers = { authorization: `Bearer made-up-${attempt}` };
    statuses.push((await strict.call('POST', '/v1/setup-sessions', { body, headers })).status);
  }
  expect(statuses).toEqual([201, 201, 201, 429]);
});
