import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { hashToken, randomToken } from '../../../src/lib/tokens.ts';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { call, lead, run } = org;

/** Another org with a connection of its own. */
const stranger = { tenantId: randomUUID(), connectionId: randomUUID(), token: randomToken() };

let leadId = '';
let runId = '';
let conflictId = 0;

const asStranger = (method: string, path: string, body?: unknown) =>
  org.service.call(method, path, { token: stranger.token, ...(body === undefined ? {} : { body }) });

beforeAll(async () => {
  await org.setUp();
  const fields = [
    { salesforce: 'Email', platform: 'email' },
    { salesforce: 'FirstName', platform: 'firstName', policy: 'ask' },
  ];
  await call('PUT', '/v1/mappings/Lead', { enabled: true, fields });
  leadId = await lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
  await lead({ FirstName: 'Nobody' });
  runId = (await run('outbound')).id;
  await org.inSalesforce('PATCH', `/sobjects/Lead/${leadId}`, { FirstName: 'Anna' });
  await org.onPlatform('PUT', '/contacts/1', { contact: { firstName: 'Anita' } });
  await run('inbound');
  const { conflicts } = (await call('GET', '/v1/conflicts?state=open')).json as {
    conflicts: { id: number }[];
  };
  conflictId = conflicts[0]?.id ?? 0;

  const { tenantId, connectionId, token } = stranger;
  await database.asOwner(
    `INSERT INTO tenant (tenant_id, state, org_id, instance_url)
     VALUES ($1, 'active', '00D000000000002EAA', 'https://other.my.salesforce.com')`,
    [tenantId],
  );
  await database.asOwner('INSERT INTO org_token (tenant_id, token_hash) VALUES ($1, $2)', [
    tenantId,
    hashToken(token),
  ]);
  await database.asOwner(
    `INSERT INTO connection (tenant_id, id, platform, state, account, base_url, auth_method)
     VALUES ($1, $2, 'activecampaign', 'connected', 'other', 'https://other.api-us1.com', 'api_key')`,
    [tenantId, connectionId],
  );
});

test('there is something to see', async () => {
  expect(conflictId).toBeGreaterThan(0);
  expect((await call('GET', `/v1/records?object=Lead&salesforceId=${leadId}`)).status).toBe(200);
  expect((await call('GET', `/v1/runs/${runId}/outcomes`)).status).toBe(200);
});

describe('another org', () => {
  test.each<[string, string, () => string, unknown]>([
    ['a run', 'GET', () => `/v1/runs/${runId}`, undefined],
    ['the outcomes of a run', 'GET', () => `/v1/runs/${runId}/outcomes`, undefined],
    ['a record', 'GET', () => `/v1/records?object=Lead&salesforceId=${leadId}`, undefined],
    ['a contact', 'GET', () => '/v1/records?platformId=1', undefined],
    ['activities', 'GET', () => `/v1/activities?object=Lead&salesforceId=${leadId}`, undefined],
    ['a conflict', 'POST', () => `/v1/conflicts/${conflictId}/choose`, { winner: 'platform' }],
  ])('does not find %s', async (_name, method, path, body) => {
    const answer = await asStranger(method, path(), body);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('ana@acme.example');
  });

  test.each<[string, string, unknown]>([
    ['GET', '/v1/fields', undefined],
    ['GET', '/v1/mappings', undefined],
    ['PUT', '/v1/mappings/Lead', { enabled: false, fields: [] }],
    ['GET', '/v1/selections', undefined],
    ['PUT', '/v1/selections/Lead', { mode: 'none' }],
    ['GET', '/v1/schedule', undefined],
    ['PUT', '/v1/schedule/outbound', { schedule: { kind: 'continuous' } }],
    ['DELETE', '/v1/schedule/inbound', undefined],
    ['GET', '/v1/hooks', undefined],
    ['GET', '/v1/health', undefined],
    ['GET', '/v1/health/history', undefined],
    ['GET', '/v1/conflicts', undefined],
    ['GET', '/v1/records/problems', undefined],
    ['GET', '/v1/records/problems/summary', undefined],
    ['POST', '/v1/records/problems/retry', { code: 'SYNC_EMAIL_MISSING' }],
    ['POST', '/v1/records/sync', { object: 'Lead', salesforceId: '00Q000000000001' }],
    ['GET', '/v1/campaigns', undefined],
    ['GET', '/v1/automations', undefined],
    ['GET', '/v1/automations/offer', undefined],
    ['PUT', '/v1/automations/offer', { enabled: true, campaignIds: null, automationIds: null }],
    ['POST', '/v1/campaigns/1/send', { object: 'Lead', salesforceId: '00Q000000000001' }],
    ['POST', '/v1/automations/1/add', { object: 'Lead', salesforceId: '00Q000000000001' }],
  ])('cannot name this one’s connection: %s %s', async (method, path, body) => {
    const answer = await asStranger(method, `${path}?connectionId=${org.scope.connectionId}`, body);
    expect(answer.status).toBe(404);
    expect(answer.error?.code).toBe('SYNC_NOT_FOUND');
  });

  test('cannot start runs here', async () => {
    const body = { direction: 'outbound', connectionId: org.scope.connectionId };
    expect((await asStranger('POST', '/v1/runs', body)).status).toBe(404);
    const named = await asStranger('GET', `/v1/runs?connectionId=${org.scope.connectionId}`);
    expect(named.json).toEqual({ runs: [] });
  });

  test.each<[string, string, unknown]>([
    ['/v1/runs', 'the runs', { runs: [] }],
    ['/v1/conflicts', 'the conflicts', { conflicts: [] }],
    ['/v1/records/problems', 'the problems', { records: [], next: null }],
    ['/v1/records/problems/summary', 'the causes', { causes: [] }],
    ['/v1/health/history', 'the history', { hours: [] }],
  ])('has its own lists, which are empty: %s', async (path, _name, expected) => {
    expect((await asStranger('GET', path)).json).toEqual(expected);
  });

  test('has a health of its own', async () => {
    expect((await asStranger('GET', '/v1/health')).json).toMatchObject({
      state: 'connection_lost',
      links: [],
      problems: [],
      openConflicts: 0,
    });
  });
});

test('nothing of this org was changed', async () => {
  const { conflicts } = (await call('GET', '/v1/conflicts')).json as { conflicts: unknown[] };
  expect(conflicts).toEqual([expect.objectContaining({ id: conflictId, state: 'open' })]);
  expect((await call('GET', '/v1/schedule')).json).toMatchObject({
    schedules: [{ schedule: null }, { schedule: { kind: 'continuous' } }],
  });
  expect((await call('GET', '/v1/automations/offer')).json).toMatchObject({ enabled: false });
});

test.each([
  '/v1/records?platformId=1',
  '/v1/conflicts',
  '/v1/health',
  '/v1/campaigns',
  '/v1/automations/offer',
])('without a token %s is closed', async (path) => {
  expect((await org.service.call('GET', path)).status).toBe(401);
});
