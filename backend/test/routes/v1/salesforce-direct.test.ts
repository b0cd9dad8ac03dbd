import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../../support/database.ts';
import { startSetup } from '../../support/org.ts';
import { startService } from '../../support/service.ts';
import { APP, startSalesforce } from '../../support/vendors.ts';

const testDatabase = await createTestDatabase();
const salesforce = await startSalesforce();
const service = await startService(testDatabase, { ...APP, SALESFORCE_PASSWORD_LOGIN: 'true' });
const { call, log } = service;
const instanceUrl = salesforce.url;
const key = (bits = 2048) =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const { publicKey, privateKey } = key();
await salesforce.control('clients', { publicKey });

const connect = async (way: string, body: Record<string, string>) => {
  const token = await startSetup(service, { instanceUrl });
  const answer = await call('POST', `/v1/connections/salesforce/${way}`, { token, body });
  return { token, ...answer };
};
const consumerKey = APP.SALESFORCE_CONSUMER_KEY;
const jwt = { username: 'integration@sandbox.test', consumerKey, privateKey };

describe('a certificate (JWT bearer)', () => {
  test('connects and proves the org', async () => {
    const { status, json, token } = await connect('jwt', jwt);
    expect([status, json]).toMatchObject([
      201,
      { state: 'connected', authMethod: 'jwt', userName: jwt.username },
    ]);
    expect((await call('GET', '/v1/tokens', { token })).status).toBe(200);
  });

  test('says why when the user is not approved', async () => {
    const { error } = await connect('jwt', { ...jwt, username: 'rep@sandbox.test' });
    expect(error).toMatchObject({ code: 'SYNC_OAUTH_REFUSED', details: { error: 'invalid_grant' } });
    expect(error?.message).toContain("hasn't approved this consumer");
  });

  test('that is another one is refused by Salesforce', async () => {
    const { error } = await connect('jwt', { ...jwt, privateKey: key().privateKey });
    expect(error?.code).toBe('SYNC_OAUTH_REFUSED');
  });

  test.each([
    ['no key', 'hello'],
    ['a public key', publicKey],
    ['a short key', key(1024).privateKey],
  ])('that is %s is refused before anything is sent', async (_name, given) => {
    const before = await salesforce.calls();
    const { error } = await connect('jwt', { ...jwt, privateKey: given });
    expect(error?.code).toBe('SYNC_REQUEST_INVALID');
    expect(await salesforce.calls()).toEqual(before);
  });
});

describe('client credentials', () => {
  const body = { instanceUrl, consumerKey, consumerSecret: APP.SALESFORCE_CONSUMER_SECRET };

  test('connect and prove the org', async () => {
    const { json } = await connect('client-credentials', body);
    expect(json).toMatchObject({ state: 'connected', authMethod: 'client_credentials' });
  });

  test('that are wrong are refused', async () => {
    const { error } = await connect('client-credentials', { ...body, consumerSecret: 'wrong-secret-123' });
    expect(error).toMatchObject({ code: 'SYNC_OAUTH_REFUSED', details: { error: 'invalid_client' } });
    expect(log()).not.toContain('wrong-secret-123');
  });
});

describe('user name and password', () => {
  const body = { username: 'admin@sandbox.test', password: 'sandbox1234', securityToken: 'sandboxtoken' };

  test('connect where the service allows it', async () => {
    const { json } = await connect('password', body);
    expect(json).toMatchObject({ state: 'connected', authMethod: 'password', userName: body.username });
  });

  test('with characters that mean something in XML arrive as they are', async () => {
    const { error } = await connect('password', { ...body, password: `<&>"'</password>` });
    expect(error).toMatchObject({ code: 'SYNC_OAUTH_REFUSED', details: { error: 'INVALID_LOGIN' } });
  });

  test('are refused everywhere else without being sent', async () => {
    const careful = await startService(testDatabase, APP);
    const token = await startSetup(careful, { instanceUrl });
    const { error } = await careful.call('POST', '/v1/connections/salesforce/password', { token, body });
    expect(error?.code).toBe('SYNC_LOGIN_METHOD_DISABLED');
  });
});

test('secrets of all these ways stand in no log', () => {
  for (const secret of ['PRIVATE KEY', APP.SALESFORCE_CONSUMER_SECRET, 'sandbox1234', '00D000000000001!']) {
    expect(log()).not.toContain(secret);
  }
});
