import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { form, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import {
  authorize,
  authorizeParameters,
  authorizePath,
  CLIENT,
  decide,
  pkce,
  REDIRECT_URI,
  requestToken,
} from './oauth-browser.ts';

let salesforce: RunningSalesforce;
beforeAll(async () => {
  salesforce = await startSalesforce();
});
afterAll(() => salesforce.close());

const ORIGINAL = /^00D000000000001!/;
const show = (parameters: Record<string, string>) =>
  salesforce.call(authorizePath(parameters), { token: null });
const without = (parameters: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== name));

describe('the authorization page', () => {
  test('shows a login form with labels and the hinted username', async () => {
    const reply = await show({ ...authorizeParameters(pkce().challenge), login_hint: 'rep@sandbox.test' });
    const page = await reply.text();
    expect(reply.status).toBe(200);
    expect(page).toContain('<label for="username">');
    expect(page).toContain('value="rep@sandbox.test"');
    expect(page).toContain('<label for="password">');
  });

  test('says so when the password is wrong and logs nobody in', async () => {
    const reply = await salesforce.call('/login', {
      ...form({ username: 'admin@sandbox.test', pw: 'wrong', startURL: '/' }),
      token: null,
    });
    expect(reply.headers.get('Set-Cookie')).toBeNull();
    expect(await reply.text()).toContain('role="alert"');
  });

  test('never leads a login to another server', async () => {
    const reply = await salesforce.call('/login', {
      ...form({ username: 'admin@sandbox.test', pw: 'sandbox1234', startURL: '//elsewhere.example/' }),
      token: null,
    });
    expect(reply.headers.get('Location')).toBe('/lightning');
  });

  test.each([
    ['an unknown app', { client_id: 'nobody' }, 'invalid_client_id'],
    [
      'a redirect address that is not registered',
      { redirect_uri: 'https://elsewhere.example/' },
      'redirect_uri_mismatch',
    ],
  ])('shows an error and does not redirect for %s', async (_case, wrong, error) => {
    const reply = await show({ ...authorizeParameters(pkce().challenge), ...wrong });
    expect(reply.status).toBe(400);
    expect(reply.headers.get('Location')).toBeNull();
    expect(await reply.text()).toContain(error);
  });

  test.each([
    ['PKCE is missing', (good: Record<string, string>) => without(good, 'code_challenge'), 'invalid_request'],
    [
      'the challenge is plain',
      (good: Record<string, string>) => ({ ...good, code_challenge_method: 'plain' }),
      'invalid_request',
    ],
    [
      'the response type is not code',
      (good: Record<string, string>) => ({ ...good, response_type: 'token' }),
      'unsupported_response_type',
    ],
    [
      'a scope is unknown',
      (good: Record<string, string>) => ({ ...good, scope: 'api moon' }),
      'invalid_scope',
    ],
  ])('leads back with an error and the state when %s', async (_case, spoil, error) => {
    const reply = await show(spoil(authorizeParameters(pkce().challenge)));
    const back = new URL(reply.headers.get('Location') ?? '');
    expect(back.origin + back.pathname).toBe(REDIRECT_URI);
    expect(back.searchParams.get('error')).toBe(error);
    expect(back.searchParams.get('error_description')).toBeTruthy();
    expect(back.searchParams.get('state')).toBe('the-state');
  });

  test('leads back with access_denied when the person denies', async () => {
    const back = await decide(salesforce, authorizeParameters(pkce().challenge), 'deny');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state: 'the-state',
    });
  });

  test('asks for a login once when prompt is login', async () => {
    const back = await decide(
      salesforce,
      { ...authorizeParameters(pkce().challenge), prompt: 'login consent' },
      'allow',
    );
    expect(back.searchParams.get('code')).toBeTruthy();
  });

  test('refuses an answer from a browser that is not logged in', async () => {
    const reply = await salesforce.call('/services/oauth2/approval', {
      ...form({ request: 'anything', decision: 'allow' }),
      token: null,
    });
    expect(reply.status).toBe(400);
  });
});

describe('the code', () => {
  const redeem = (code: string, verifier: string, changes: Record<string, string> = {}) =>
    requestToken(salesforce, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      ...CLIENT,
      ...changes,
    });
  const codeFor = async (challenge: string) =>
    (await decide(salesforce, authorizeParameters(challenge), 'allow')).searchParams.get('code') ?? '';

  test('gives a signed token answer without a lifetime', async () => {
    const { verifier, challenge } = pkce();
    const reply = await redeem(await codeFor(challenge), verifier);
    expect(reply.headers.get('Cache-Control')).toBe('no-store');
    const issuedAt = String(salesforce.clock.now());
    const id = `${salesforce.url}/id/00D000000000001EAA/005000000000001AAA`;
    expect(await reply.json()).toEqual({
      access_token: expect.stringMatching(ORIGINAL),
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      signature: createHmac('sha256', CLIENT.client_secret)
        .update(id + issuedAt)
        .digest('base64'),
      scope: 'refresh_token api id openid web',
      instance_url: salesforce.url,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    });
  });

  test('works once', async () => {
    const { verifier, challenge } = pkce();
    const code = await codeFor(challenge);
    expect((await redeem(code, verifier)).status).toBe(200);
    const second = await redeem(code, verifier);
    expect(second.status).toBe(400);
    expect(await second.json()).toMatchObject({ error: 'invalid_grant' });
  });

  test('lives for fifteen minutes', async () => {
    const { verifier, challenge } = pkce();
    const code = await codeFor(challenge);
    salesforce.clock.advance(15 * 60_000);
    expect(await (await redeem(code, verifier)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'expired authorization code',
    });
  });

  test.each([
    ['another verifier', { code_verifier: pkce().verifier }, 'invalid_request'],
    ['a verifier of 42 characters', { code_verifier: 'a'.repeat(42) }, 'invalid_request'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'http://localhost:9/' }, 'redirect_uri_mismatch'],
    ['a wrong secret', { client_secret: 'guess' }, 'invalid_client'],
    ['an unknown app', { client_id: 'nobody' }, 'invalid_client_id'],
  ])('is refused with %s', async (_case, changes, error) => {
    const { verifier, challenge } = pkce();
    const reply = await redeem(await codeFor(challenge), verifier, changes);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error, error_description: expect.any(String) });
  });

  test('gives no refresh token where none was asked for', async () => {
    expect((await authorize(salesforce, 'api id')).refresh_token).toBeUndefined();
  });

  test('makes a token of the person who logged in', async () => {
    const tokens = await authorize(salesforce, 'api', 'rep@sandbox.test');
    expect(tokens.id).toMatch(/005000000000002AAA$/);
  });
});
