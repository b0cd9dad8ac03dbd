import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { API, form, STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import { authorize, CLIENT, refresh, requestToken, tokenSchema } from './oauth-browser.ts';

let salesforce: RunningSalesforce;
beforeEach(async () => {
  salesforce = await startSalesforce();
});
afterEach(() => salesforce.close());

const HOUR = 60 * 60_000;
const statusWith = async (token: string) => (await salesforce.call(`${API}/jobs/ingest`, { token })).status;
const post = (path: string, fields: Record<string, string>) =>
  salesforce.call(path, { ...form(fields), token: null });
const firstTokens = async () => {
  const tokens = await authorize(salesforce);
  return { ...tokens, refreshToken: tokens.refresh_token ?? '' };
};
const rotated = async (refreshToken: string) => {
  const tokens = tokenSchema.parse(await (await refresh(salesforce, refreshToken)).json());
  return { ...tokens, refreshToken: tokens.refresh_token ?? '' };
};

describe('access tokens', () => {
  test('end after the session timeout with 401 INVALID_SESSION_ID', async () => {
    const { access_token: token } = await firstTokens();
    salesforce.clock.advance(2 * HOUR - 1);
    expect(await statusWith(token)).toBe(200);
    salesforce.clock.advance(1);
    const reply = await salesforce.call(`${API}/jobs/ingest`, { token });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toEqual([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
  });

  test('can be given another lifetime, and be ended all at once but for the standing one', async () => {
    await salesforce.control('sessions', { accessTokenSeconds: 10 });
    const short = await firstTokens();
    salesforce.clock.advance(10_000);
    expect(await statusWith(short.access_token)).toBe(401);
    const next = await rotated(short.refreshToken);
    await salesforce.control('sessions', { expireAccessTokens: true });
    expect(await statusWith(next.access_token)).toBe(401);
    expect(await statusWith(STANDING_TOKEN)).toBe(200);
  });

  test('of a reset org are gone, the standing one is not', async () => {
    const { access_token: token } = await firstTokens();
    await salesforce.control('reset', {});
    expect(await statusWith(token)).toBe(401);
    expect(await statusWith(STANDING_TOKEN)).toBe(200);
  });
});

describe('refresh tokens', () => {
  test('rotate: each refresh gives the next one, and the older access token lives on', async () => {
    const first = await firstTokens();
    const second = await rotated(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(await statusWith(first.access_token)).toBe(200);
    expect(await statusWith(second.access_token)).toBe(200);
    expect((await refresh(salesforce, second.refreshToken)).status).toBe(200);
  });

  test('used a second time kill the current one and every access token of the grant', async () => {
    const first = await firstTokens();
    const second = await rotated(first.refreshToken);
    const other = await firstTokens();
    const reuse = await refresh(salesforce, first.refreshToken);
    expect(reuse.status).toBe(400);
    expect(await reuse.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect((await refresh(salesforce, second.refreshToken)).status).toBe(400);
    expect(await statusWith(first.access_token)).toBe(401);
    expect(await statusWith(second.access_token)).toBe(401);
    expect(await statusWith(other.access_token)).toBe(200);
  });

  test('die after thirty idle days and live on when used in between', async () => {
    const first = await firstTokens();
    salesforce.clock.advance(29 * 24 * HOUR);
    const second = await rotated(first.refreshToken);
    salesforce.clock.advance(30 * 24 * HOUR);
    expect((await refresh(salesforce, second.refreshToken)).status).toBe(400);
  });

  test('need the secret of their own app', async () => {
    const { refreshToken } = await firstTokens();
    const withoutSecret = await requestToken(salesforce, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: CLIENT.client_id,
    });
    expect(await withoutSecret.json()).toMatchObject({ error: 'invalid_client' });
    const otherApp = await requestToken(salesforce, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: 'PlatformCLI',
    });
    expect(await otherApp.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(salesforce, refreshToken)).status).toBe(200);
  });
});

describe('revoke', () => {
  test('of a refresh token kills its access tokens', async () => {
    const { access_token: token, refreshToken } = await firstTokens();
    expect((await post('/services/oauth2/revoke', { token: refreshToken })).status).toBe(200);
    expect(await statusWith(token)).toBe(401);
    expect((await refresh(salesforce, refreshToken)).status).toBe(400);
  });

  test('of an access token leaves the refresh token', async () => {
    const { access_token: token, refreshToken } = await firstTokens();
    expect((await post('/services/oauth2/revoke', { token })).status).toBe(200);
    expect(await statusWith(token)).toBe(401);
    expect((await refresh(salesforce, refreshToken)).status).toBe(200);
  });

  test('of an unknown token is an error', async () => {
    const reply = await post('/services/oauth2/revoke', { token: 'never-issued' });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: 'invalid_token' });
  });
});

describe('introspect', () => {
  test('tells what a token may do and when it ends', async () => {
    const { access_token: token, refreshToken } = await firstTokens();
    const issuedAt = salesforce.clock.now() / 1_000;
    expect(await (await post('/services/oauth2/introspect', { token, ...CLIENT })).json()).toEqual({
      active: true,
      scope: 'refresh_token api id openid web',
      client_id: CLIENT.client_id,
      username: 'admin@sandbox.test',
      sub: `${salesforce.url}/id/00D000000000001EAA/005000000000001AAA`,
      token_type: 'access_token',
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + 7_200,
    });
    const ofRefresh = await post('/services/oauth2/introspect', { token: refreshToken, ...CLIENT });
    expect(await ofRefresh.json()).toMatchObject({ active: true, token_type: 'refresh_token' });
  });

  test('calls a dead token inactive and wants the app to name itself', async () => {
    expect(await (await post('/services/oauth2/introspect', { token: 'x', ...CLIENT })).json()).toEqual({
      active: false,
    });
    expect((await post('/services/oauth2/introspect', { token: STANDING_TOKEN })).status).toBe(400);
  });
});
