import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createTestDatabase } from '../../support/database.ts';
import { authorize, startAuthorization, startSetup } from '../../support/org.ts';
import { startService } from '../../support/service.ts';
import { decideInBrowser } from '../../../../scripts/browser/salesforce.ts';
import { APP, ORG_ID, startSalesforce } from '../../support/vendors.ts';

const testDatabase = await createTestDatabase();
const { asOwner } = testDatabase;
const salesforce = await startSalesforce();
const service = await startService(testDatabase, APP);
const { call, log } = service;
const instanceUrl = salesforce.url;

const attemptState = async (token: string, id: string) =>
  (await call('GET', `/v1/connections/salesforce/authorizations/${id}`, { token })).json;
const connections = async (token: string) => (await call('GET', '/v1/connections', { token })).json;
const callback = (url: URL) => call('GET', url.pathname + url.search);
const revocations = async () => (await salesforce.calls())['POST /services/oauth2/revoke'] ?? 0;

describe('the link to Salesforce', () => {
  test('carries PKCE with S256 and a state of 256 bits that is stored as a hash', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token);
    const url = new URL(authorizeUrl);
    expect(url.origin).toBe(salesforce.url);
    expect(url.pathname).toBe('/services/oauth2/authorize');
    const parameters = Object.fromEntries(url.searchParams);
    expect(parameters).toMatchObject({
      response_type: 'code',
      client_id: 'sandbox-consumer-key',
      code_challenge_method: 'S256',
      redirect_uri: `${service.config.publicUrl}/v1/oauth/salesforce/callback`,
    });
    expect(parameters['code_challenge']).toMatch(/^[\w-]{43}$/);
    const state = parameters['state'] ?? '';
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    const [stored] = await asOwner<{ state_hash: Buffer; verifier: Buffer }>(
      'SELECT state_hash, verifier FROM oauth_attempt ORDER BY created_at DESC LIMIT 1',
    );
    expect(stored?.state_hash).toEqual(createHash('sha256').update(state).digest());
    expect(stored?.verifier.length).toBeGreaterThan(43);
  });

  test.each([
    ['another host', { loginUrl: 'https://login.salesforce.com.example.com' }, 'SYNC_HOST_NOT_ALLOWED'],
    ['plain http', { loginUrl: 'http://login.salesforce.com' }, 'SYNC_HOST_NOT_ALLOWED'],
    ['a host of Lightning', { loginUrl: 'https://acme.lightning.force.com' }, 'SYNC_HOST_NOT_ALLOWED'],
    ['a name that is none', { myDomain: 'acme.example' }, 'SYNC_REQUEST_INVALID'],
    ['two addresses', { myDomain: 'acme', loginUrl: 'https://login.salesforce.com' }, 'SYNC_REQUEST_INVALID'],
    ['a way back to anywhere', { returnUrl: 'https://example.com/' }, 'SYNC_HOST_NOT_ALLOWED'],
  ])('is not made for %s', async (_name, body, code) => {
    const token = await startSetup(service, { instanceUrl });
    const { error } = await call('POST', '/v1/connections/salesforce/authorize', { token, body });
    expect(error?.code).toBe(code);
  });

  test.each([
    [{ loginUrl: 'https://test.salesforce.com/' }, 'https://test.salesforce.com'],
    [{ myDomain: 'acme' }, 'https://acme.my.salesforce.com'],
    [{ myDomain: 'acme--uat.sandbox' }, 'https://acme--uat.sandbox.my.salesforce.com'],
  ])('leads to the login that %p names', async (body, origin) => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token, body);
    expect(new URL(authorizeUrl).origin).toBe(origin);
  });

  test('says what is missing where the service has no Salesforce app', async () => {
    const bare = await startService(testDatabase);
    const token = await startSetup(service, { instanceUrl });
    const { error } = await bare.call('POST', '/v1/connections/salesforce/authorize', { token, body: {} });
    expect(error?.code).toBe('SYNC_SALESFORCE_APP_MISSING');
  });
});

describe('a person who allows access', () => {
  test('sees that it is connected, and so does the org', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { page, authorizationId } = await authorize(service, token);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1>Connected</h1>');
    expect(await attemptState(token, authorizationId)).toMatchObject({ state: 'connected', problem: null });
    expect(await connections(token)).toMatchObject({
      connections: [
        {
          platform: 'salesforce',
          state: 'connected',
          account: ORG_ID,
          userName: 'admin@sandbox.test',
          baseUrl: salesforce.url,
          authMethod: 'web_server',
        },
      ],
    });
  });

  test('leaves no token, code or verifier in the log, the answer or the database', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token);
    const back = await decideInBrowser(authorizeUrl, 'allow');
    const page = await callback(back);
    const code = back.searchParams.get('code') ?? '';
    const everything =
      log() + page.text + JSON.stringify(await asOwner("SELECT encode(sealed, 'escape') FROM secret"));
    expect(code).not.toBe('');
    for (const secret of [code, '00D000000000001!', '5Aep861', APP.SALESFORCE_CONSUMER_SECRET]) {
      expect(everything).not.toContain(secret);
    }
    expect(
      await asOwner(
        "SELECT verifier FROM oauth_attempt WHERE outcome = 'connected' AND verifier IS NOT NULL",
      ),
    ).toEqual([]);
  });

  test('tells the page that opened the window, at its exact origin, under a policy that runs nothing else', async () => {
    const token = await startSetup(service, { instanceUrl });
    const returnUrl = 'https://acme.lightning.force.com/lightning/n/Setup?a=1&b=</script>';
    const { authorizeUrl } = await startAuthorization(service, token, { returnUrl });
    const page = await callback(await decideInBrowser(authorizeUrl, 'allow'));
    expect(page.text).toContain('"https://acme.lightning.force.com");');
    expect(page.text.match(/<\/script>/g)).toHaveLength(1);
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(page.text).toContain(`<script nonce="${nonce}">`);
    expect(page.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a window that does not end well', () => {
  test('denied: nothing is connected, and both sides say so', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { page, authorizationId } = await authorize(service, token, 'deny');
    expect(page.status).toBe(403);
    expect(page.text).toContain('role="alert"');
    expect(page.text).toContain('SYNC_OAUTH_DENIED');
    expect(await attemptState(token, authorizationId)).toMatchObject({
      state: 'failed',
      problem: { code: 'SYNC_OAUTH_DENIED' },
    });
    expect(await connections(token)).toEqual({ connections: [] });
  });

  test('a second time with the same link: the state is used up', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl, authorizationId } = await startAuthorization(service, token);
    const back = await decideInBrowser(authorizeUrl, 'allow');
    await callback(back);
    const again = await callback(back);
    expect(again.status).toBe(400);
    expect(again.text).toContain('SYNC_OAUTH_STATE_UNKNOWN');
    expect(await attemptState(token, authorizationId)).toMatchObject({ state: 'connected' });
  });

  test('at the same moment twice: one of them connects', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token);
    const back = await decideInBrowser(authorizeUrl, 'allow');
    const pages = await Promise.all([callback(back), callback(back)]);
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('with a state that nobody gave out', async () => {
    const made = await call('GET', `/v1/oauth/salesforce/callback?code=x&state=${'A'.repeat(43)}`);
    expect(made.text).toContain('SYNC_OAUTH_STATE_UNKNOWN');
    expect((await call('GET', '/v1/oauth/salesforce/callback')).text).toContain('SYNC_OAUTH_STATE_UNKNOWN');
  });

  test('after its time: the code is not even redeemed', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl, authorizationId } = await startAuthorization(service, token);
    const back = await decideInBrowser(authorizeUrl, 'allow');
    await asOwner("UPDATE oauth_attempt SET expires_at = now() - interval '1 second' WHERE id = $1", [
      authorizationId,
    ]);
    expect(await attemptState(token, authorizationId)).toMatchObject({ state: 'expired' });
    const before = (await salesforce.calls())['POST /services/oauth2/token'] ?? 0;
    const page = await callback(back);
    expect(page.status).toBe(410);
    expect(page.text).toContain('SYNC_OAUTH_EXPIRED');
    expect((await salesforce.calls())['POST /services/oauth2/token'] ?? 0).toBe(before);
  });

  test('with the state of another window: its verifier does not fit the code', async () => {
    const token = await startSetup(service, { instanceUrl });
    const [mine, other] = [
      await startAuthorization(service, token),
      await startAuthorization(service, token),
    ];
    const back = await decideInBrowser(mine.authorizeUrl, 'allow');
    const otherState = new URL(other.authorizeUrl).searchParams.get('state') ?? '';
    back.searchParams.set('state', otherState);
    const page = await callback(back);
    expect(page.text).toContain('SYNC_OAUTH_REFUSED');
    expect(await attemptState(token, other.authorizationId)).toMatchObject({ state: 'failed' });
    expect(await connections(token)).toEqual({ connections: [] });
  });

  test('in another org than the one that is set up: access is withdrawn', async () => {
    const token = await startSetup(service, { orgId: '00D000000000002EAA', instanceUrl });
    const before = await revocations();
    const { page, authorizationId } = await authorize(service, token);
    expect(page.status).toBe(409);
    expect(page.text).toContain('SYNC_OAUTH_ORG_MISMATCH');
    expect(await attemptState(token, authorizationId)).toMatchObject({
      state: 'failed',
      problem: { code: 'SYNC_OAUTH_ORG_MISMATCH' },
    });
    expect((await call('GET', '/v1/setup-sessions/current', { token })).json).toMatchObject({
      state: 'pending',
    });
    expect(await revocations()).toBe(before + 1);
  });

  test('with words of the vendor that are code: they are shown as text', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token);
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ state, error: 'x', error_description: '<script>alert(1)</script>' });
    const page = await call('GET', `/v1/oauth/salesforce/callback?${query.toString()}`);
    expect(page.text).toContain('&lt;script&gt;alert(1)');
    expect(page.text).not.toContain('<script>alert');
  });

  test('in the language of the browser', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl } = await startAuthorization(service, token);
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ state, error: 'access_denied' });
    const headers = { 'accept-language': 'es-ES,es;q=0.9,en;q=0.5' };
    const page = await call('GET', `/v1/oauth/salesforce/callback?${query.toString()}`, { headers });
    expect(page.text).toContain('<html lang="es">');
    expect(page.text).toContain('Se denegó el acceso en la página de Salesforce.');
    expect(page.text).not.toContain('Access was denied');
  });

  test('while Salesforce is down: it is no fault of the person, and can be tried again', async () => {
    const token = await startSetup(service, { instanceUrl });
    const { authorizeUrl, authorizationId } = await startAuthorization(service, token);
    const back = await decideInBrowser(authorizeUrl, 'allow');
    await salesforce.control('faults', [{ match: 'POST /services/oauth2/token', status: 503, times: 1 }]);
    expect((await callback(back)).text).toContain('SYNC_SALESFORCE_UNAVAILABLE');
    await salesforce.control('faults', []);
    expect(await attemptState(token, authorizationId)).toMatchObject({ state: 'failed' });
    expect((await authorize(service, token)).page.status).toBe(200);
  });
});
