import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, exportSPKI, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JSONWebKeySet } from 'jose';
import { API, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import { authorize, CLIENT, requestToken, tokenSchema } from './oauth-browser.ts';

let salesforce: RunningSalesforce;
let privateKey: CryptoKey;
let strangersKey: CryptoKey;
beforeAll(async () => {
  salesforce = await startSalesforce();
  const [pair, stranger] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('RS256'),
  ]);
  privateKey = pair.privateKey;
  strangersKey = stranger.privateKey;
  await salesforce.control('clients', { publicKey: await exportSPKI(pair.publicKey) });
});
afterAll(() => salesforce.close());

describe('the JWT bearer flow', () => {
  interface Claims {
    iss: string;
    sub: string;
    aud: string;
    lifetimeSeconds: number;
    key: CryptoKey;
  }
  const bear = async (changes: Partial<Claims> = {}) => {
    const claims: Claims = {
      iss: CLIENT.client_id,
      sub: 'integration@sandbox.test',
      aud: 'https://login.salesforce.com',
      lifetimeSeconds: 180,
      key: privateKey,
      ...changes,
    };
    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(claims.iss)
      .setSubject(claims.sub)
      .setAudience(claims.aud)
      .setExpirationTime(salesforce.clock.now() / 1_000 + claims.lifetimeSeconds)
      .sign(claims.key);
    return requestToken(salesforce, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  };

  test('gives a working access token and no refresh token', async () => {
    const tokens = tokenSchema.parse(await (await bear()).json());
    expect(tokens.refresh_token).toBeUndefined();
    expect((await salesforce.call(`${API}/jobs/ingest`, { token: tokens.access_token })).status).toBe(200);
    expect((await bear({ aud: salesforce.url })).status).toBe(200);
  });

  test('takes the expiry in milliseconds and the audience with a slash that the Salesforce CLI sends', async () => {
    const milliseconds = salesforce.clock.now() + 300;
    const lifetimeSeconds = milliseconds - salesforce.clock.now() / 1_000;
    expect((await bear({ lifetimeSeconds, aud: `${salesforce.url}/` })).status).toBe(200);
  });

  test.each<[string, () => Partial<Claims>, string, string]>([
    [
      'a foreign audience',
      () => ({ aud: 'https://elsewhere.example' }),
      'invalid_grant',
      'Audience validation failed',
    ],
    ['an expired assertion', () => ({ lifetimeSeconds: -60 }), 'invalid_grant', 'expired authorization code'],
    ['an assertion for an hour', () => ({ lifetimeSeconds: 3_600 }), 'invalid_grant', 'invalid assertion'],
    [
      'a user nobody approved',
      () => ({ sub: 'rep@sandbox.test' }),
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    ['another key', () => ({ key: strangersKey }), 'invalid_grant', 'invalid assertion'],
    ['an unknown app', () => ({ iss: 'nobody' }), 'invalid_client_id', 'client identifier invalid'],
  ])('refuses %s', async (_case, changes, error, description) => {
    const reply = await bear(changes());
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({ error, error_description: description });
  });
});

describe('flows without a browser', () => {
  test('client credentials run as the integration user', async () => {
    const tokens = tokenSchema.parse(
      await (await requestToken(salesforce, { grant_type: 'client_credentials', ...CLIENT })).json(),
    );
    expect(tokens.id).toMatch(/005000000000004AAA$/);
    expect(tokens.refresh_token).toBeUndefined();
  });

  test('client credentials may come as Basic authentication', async () => {
    const reply = await salesforce.call('/services/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      token: null,
      headers: { Authorization: `Basic ${btoa(`${CLIENT.client_id}:${CLIENT.client_secret}`)}` },
    });
    expect(reply.status).toBe(200);
  });

  test('client credentials are refused where the app has no user to run as', async () => {
    const reply = await requestToken(salesforce, {
      grant_type: 'client_credentials',
      client_id: 'PlatformCLI',
    });
    expect(await reply.json()).toEqual({
      error: 'invalid_grant',
      error_description: 'no client credentials user enabled',
    });
  });

  test('username and password need the security token', async () => {
    const login = (password: string) =>
      requestToken(salesforce, { grant_type: 'password', username: 'rep@sandbox.test', password, ...CLIENT });
    expect((await login('sandbox1234')).status).toBe(400);
    expect((await login('sandbox1234sandboxtoken')).status).toBe(200);
  });

  test('an unknown grant type is refused', async () => {
    expect(await (await requestToken(salesforce, { grant_type: 'device', ...CLIENT })).json()).toEqual({
      error: 'unsupported_grant_type',
      error_description: 'grant type not supported',
    });
  });
});

describe('who the token belongs to', () => {
  test('userinfo tells the user, the org and where the services are', async () => {
    const { access_token: token } = tokenSchema.parse(
      await (await requestToken(salesforce, { grant_type: 'client_credentials', ...CLIENT })).json(),
    );
    expect(await (await salesforce.call('/services/oauth2/userinfo', { token })).json()).toMatchObject({
      sub: `${salesforce.url}/id/00D000000000001EAA/005000000000004AAA`,
      user_id: '005000000000004AAA',
      organization_id: '00D000000000001EAA',
      preferred_username: 'integration@sandbox.test',
      is_salesforce_integration_user: true,
      active: true,
      urls: { rest: `${salesforce.url}/services/data/v{version}/` },
    });
  });

  test('the identity URL fills in the version when asked to', async () => {
    const path = '/id/00D000000000001/005000000000001';
    expect(await (await salesforce.call(path)).json()).toMatchObject({
      username: 'admin@sandbox.test',
      asserted_user: true,
      utcOffset: -28_800_000,
      urls: { query: `${salesforce.url}/services/data/v{version}/query/` },
    });
    expect(await (await salesforce.call(`${path}?version=latest`)).json()).toMatchObject({
      urls: { query: `${salesforce.url}/services/data/v67.0/query/` },
    });
  });

  test.each([
    ['/services/oauth2/userinfo', 'dead', 'Bad_OAuth_Token'],
    ['/services/oauth2/userinfo', null, 'Missing_OAuth_Token'],
    ['/id/00D000000000009/005000000000001', undefined, 'Wrong_Org'],
    ['/id/00D000000000001/005000000000099', undefined, 'Bad_Id'],
  ])('%s with the token %s answers 403 %s', async (path, token, word) => {
    const reply = await salesforce.call(path, token === undefined ? {} : { token });
    expect(reply.status).toBe(403);
    expect(await reply.text()).toBe(word);
  });

  test('the ID token is signed by a published key', async () => {
    const { id_token: idToken, id } = await authorize(salesforce, 'openid api');
    const discovery = await (await salesforce.call('/.well-known/openid-configuration')).json();
    expect(discovery).toMatchObject({ issuer: salesforce.url, jwks_uri: `${salesforce.url}/id/keys` });
    // The key set's shape is jose's to check.
    const keys = createLocalJWKSet((await (await salesforce.call('/id/keys')).json()) as JSONWebKeySet);
    const { payload } = await jwtVerify(idToken ?? '', keys, {
      issuer: salesforce.url,
      audience: CLIENT.client_id,
      currentDate: new Date(salesforce.clock.now()),
    });
    expect(payload.sub).toBe(id);
  });
});
