import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from './support/database.ts';
import { startSetup } from './support/org.ts';
import { startService } from './support/service.ts';

const testDatabase = await createTestDatabase();
const service = await startService(testDatabase, { RATE_LIMIT_PER_MINUTE: '60' });
const { call, log } = service;
const instanceUrl = 'https://acme.my.salesforce.com';

describe('operation', () => {
  test('/health and /ready say that it runs and can work', async () => {
    expect((await call('GET', '/health')).json).toEqual({ status: 'ok' });
    expect((await call('GET', '/ready')).status).toBe(200);
  });

  test('/metrics counts requests by route, not by path', async () => {
    await call('GET', '/health?who=me');
    const { text } = await call('GET', '/metrics');
    expect(text).toMatch(
      /syncline_http_request_seconds_count\{method="GET",route="\/health",status="200"\} \d/,
    );
    expect(text).not.toContain('who=me');
  });

  test('/metrics are not for others: neither through a proxy, nor without the token where one is set', async () => {
    for (const header of ['x-forwarded-for', 'forwarded']) {
      const answer = await call('GET', '/metrics', { headers: { [header]: '203.0.113.9' } });
      expect([answer.status, answer.error?.code]).toEqual([401, 'SYNC_UNAUTHORIZED']);
    }
    const guarded = await startService(testDatabase, { METRICS_TOKEN: 'a-token-for-metrics' });
    expect((await guarded.call('GET', '/metrics')).status).toBe(401);
    expect((await guarded.call('GET', '/metrics', { token: 'another-token-here' })).status).toBe(401);
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect((await guarded.call('GET', '/metrics', { token: 'a-token-for-metrics', headers })).text).toContain(
      'syncline_http_request_seconds',
    );
  });

  test('/openapi.json describes the API with the schemas that check it, and who may call', async () => {
    const { json } = await call('GET', '/openapi.json');
    expect(json).toMatchObject({
      security: [{ orgToken: [] }],
      paths: {
        '/v1/setup-sessions': { post: { security: [] } },
        '/v1/connections/{id}': { get: { responses: { 200: {} } } },
      },
    });
  });

  test('answers carry headers that keep browsers out of trouble', async () => {
    const { headers } = await call('GET', '/health');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
  });
});

describe('an error', () => {
  test('of an unknown address is one of the catalogue, with the request id', async () => {
    const { status, error } = await call('GET', '/v2/nothing');
    expect(status).toBe(404);
    expect(error).toMatchObject({ code: 'SYNC_NOT_FOUND', retryable: false, details: {} });
    expect(error?.remedy).not.toBe('');
    expect(log()).toContain(error?.requestId);
  });

  test('is explained in the language that was asked for, in English where it is none of ours', async () => {
    const ask = (language: string) =>
      call('GET', '/v1/connections', { headers: { 'accept-language': language } });
    const spanish = await ask('es-MX,en;q=0.5');
    expect(spanish.headers.get('content-language')).toBe('es');
    expect(spanish.error).toMatchObject({
      code: 'SYNC_UNAUTHORIZED',
      meaning: 'El token de la organización falta, es incorrecto o se revocó.',
      message: 'El token de la organización falta, es incorrecto o se revocó.',
    });
    const other = await ask('fr');
    expect(other.headers.get('content-language')).toBe('en');
    expect(other.error?.meaning).toBe('The org token is missing, wrong or revoked.');
  });

  test('of an unknown address below /v1 tells nothing to strangers but that', async () => {
    expect((await call('GET', '/v1/nothing')).error?.code).toBe('SYNC_NOT_FOUND');
  });

  test.each([
    ['that is no JSON', '{"orgId":', 'application/json', 400, 'SYNC_REQUEST_INVALID'],
    ['that is a text', 'x', 'text/plain', 415, 'SYNC_MEDIA_TYPE_UNSUPPORTED'],
    ['of another type', '<xml/>', 'application/xml', 415, 'SYNC_MEDIA_TYPE_UNSUPPORTED'],
    [
      'that is too large',
      JSON.stringify({ orgId: 'x'.repeat(2_000_000) }),
      'application/json',
      413,
      'SYNC_BODY_TOO_LARGE',
    ],
    [
      'that would poison prototypes',
      '{"__proto__": {"isAdmin": true}}',
      'application/json',
      400,
      'SYNC_REQUEST_INVALID',
    ],
  ])('of a body %s', async (_name, raw, type, status, code) => {
    const answer = await call('POST', '/v1/setup-sessions', { raw, headers: { 'content-type': type } });
    expect([answer.status, answer.error?.code]).toEqual([status, code]);
  });

  test('inside the service says nothing of the inside, and the log says all but secrets', async () => {
    const token = await startSetup(service, { instanceUrl });
    await testDatabase.asOwner('ALTER TABLE setup_session RENAME TO hidden');
    const { status, error, text } = await call('GET', '/v1/setup-sessions/current', { token });
    await testDatabase.asOwner('ALTER TABLE hidden RENAME TO setup_session');
    expect([status, error?.code, error?.retryable]).toEqual([500, 'SYNC_INTERNAL', true]);
    expect(text).not.toMatch(/relation|setup_session|pg/);
    const line = log()
      .split('\n')
      .find((text) => text.includes(String(error?.requestId)) && text.includes('42P01'));
    expect(line).toContain('setup_session');
    expect(log()).not.toContain(token);
  });
});

test('an org that calls too often is asked to wait, and others are not', async () => {
  const [eager, calm] = [
    await startSetup(service, { instanceUrl }),
    await startSetup(service, { instanceUrl }),
  ];
  const answers = [];
  for (let request = 0; request <= 60; request += 1) {
    answers.push(await call('GET', '/v1/connections', { token: eager }));
  }
  expect(answers.slice(0, 60).every(({ status }) => status === 200)).toBe(true);
  const refused = answers.at(-1);
  expect(refused?.error).toMatchObject({ code: 'SYNC_RATE_LIMITED', retryable: true });
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await call('GET', '/v1/connections', { token: calm })).status).toBe(200);
});

test('guessing tokens is slowed down', async () => {
  const careful = await startService(testDatabase, { RATE_LIMIT_STRANGERS_PER_MINUTE: '3' });
  const codes = [];
  for (let guess = 0; guess < 5; guess += 1) {
    codes.push((await careful.call('GET', '/v1/connections', { token: `guess-${guess}` })).error?.code);
  }
  expect(codes).toEqual([
    'SYNC_UNAUTHORIZED',
    'SYNC_UNAUTHORIZED',
    'SYNC_UNAUTHORIZED',
    'SYNC_RATE_LIMITED',
    'SYNC_RATE_LIMITED',
  ]);
});

test('the log has no query, where codes and states stand, and no secret of a hook’s address', async () => {
  await call('GET', '/v1/oauth/salesforce/callback?code=the-code&state=the-state');
  await call('POST', '/v1/hooks/activecampaign/the-hook-secret/create-lead', { raw: 'x' });
  expect(log()).toContain('/v1/oauth/salesforce/callback');
  for (const secret of ['the-code', 'the-state', 'the-hook-secret']) expect(log()).not.toContain(secret);
});
