import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { API, json, STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import { CLIENT, requestToken, tokenSchema } from './oauth-browser.ts';

let salesforce: RunningSalesforce;
beforeEach(async () => {
  salesforce = await startSalesforce();
});
afterEach(() => salesforce.close());

const PACKAGE_FIELD = 'ActiveCampaign_Sync_Status__c';
const tokenOf = async (username: string) => {
  const password = 'sandbox1234sandboxtoken';
  const reply = await requestToken(salesforce, { grant_type: 'password', username, password, ...CLIENT });
  return tokenSchema.parse(await reply.json()).access_token;
};
const describeSchema = z.object({ fields: z.array(z.object({ name: z.string(), updateable: z.boolean() })) });
const fieldSeenBy = async (token: string, field: string) => {
  const reply = await salesforce.call(`${API}/sobjects/Lead/describe`, { token });
  return describeSchema.parse(await reply.json()).fields.find(({ name }) => name === field);
};

describe('field access', () => {
  test.each([
    ['admin@sandbox.test', { name: PACKAGE_FIELD, updateable: true }],
    ['integration@sandbox.test', { name: PACKAGE_FIELD, updateable: true }],
    ['rep@sandbox.test', { name: PACKAGE_FIELD, updateable: false }],
    ['guestrep@sandbox.test', undefined],
  ])("%s has on the package's fields what the permission sets give", async (username, expected) => {
    const token = await tokenOf(username);
    expect(await fieldSeenBy(token, PACKAGE_FIELD)).toEqual(expected);
    expect(await fieldSeenBy(token, 'Title')).toEqual({ name: 'Title', updateable: true });
  });

  test('can be changed while the org runs, until a reset', async () => {
    const token = await tokenOf('rep@sandbox.test');
    const change = { username: 'rep@sandbox.test', object: 'lead', field: 'title', access: 'none' };
    expect((await salesforce.control('field-access', change)).status).toBe(200);
    expect(await fieldSeenBy(token, 'Title')).toBeUndefined();
    const write = await salesforce.call(`${API}/sobjects/Lead`, {
      ...json('POST', { LastName: 'x', Company: 'y', Title: 'z' }),
      token,
    });
    expect(write.status).toBe(400);
    await salesforce.control('reset', {});
    expect(await fieldSeenBy(await tokenOf('rep@sandbox.test'), 'Title')).toBeDefined();
  });

  test('of an unknown user cannot be changed', async () => {
    const change = { username: 'nobody@sandbox.test', object: 'Lead', field: 'Title', access: 'none' };
    expect((await salesforce.control('field-access', change)).status).toBe(400);
  });
});

describe('users and the org', () => {
  test('are records, also after a reset', async () => {
    await salesforce.control('reset', {});
    const soql = encodeURIComponent('SELECT Username, Name, IsActive FROM User ORDER BY Id');
    expect(await (await salesforce.call(`${API}/query?q=${soql}`)).json()).toMatchObject({
      records: [
        { Username: 'admin@sandbox.test', Name: 'Alex Admin', IsActive: true },
        { Username: 'rep@sandbox.test' },
        { Username: 'guestrep@sandbox.test' },
        { Username: 'integration@sandbox.test' },
      ],
    });
    expect(
      await (await salesforce.call(`${API}/sobjects/Organization/00D000000000001EAA`)).json(),
    ).toMatchObject({
      Name: 'Syncline Sandbox',
    });
  });
});

describe('the daily API limit', () => {
  const call = () => salesforce.call(`${API}/limits`);

  test('is told with every answer and refuses what goes beyond it', async () => {
    await salesforce.control('limits', { salesforceDaily: 2 });
    expect((await call()).headers.get('Sforce-Limit-Info')).toBe('api-usage=1/2');
    expect((await call()).status).toBe(200);
    const refused = await call();
    expect(refused.status).toBe(403);
    expect(refused.headers.get('Sforce-Limit-Info')).toBe('api-usage=2/2');
    expect(await refused.json()).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
  });

  test('counts on without refusing when limits are not enforced', async () => {
    await salesforce.control('limits', { enforce: false, salesforceDaily: 1 });
    await call();
    const second = await call();
    expect(second.status).toBe(200);
    expect(second.headers.get('Sforce-Limit-Info')).toBe('api-usage=2/1');
  });

  test('comes back as calls grow older than a day', async () => {
    await salesforce.control('limits', { salesforceDaily: 1 });
    await call();
    salesforce.clock.advance(23 * 60 * 60_000);
    expect((await salesforce.call(`${API}/limits`)).status).toBe(403);
    salesforce.clock.advance(60 * 60_000);
    expect((await salesforce.call(`${API}/limits`)).status).toBe(200);
  });

  test('does not count the list of versions, logins or refused sessions', async () => {
    await salesforce.call('/services/data', { token: null });
    await salesforce.call('/services/oauth2/userinfo');
    await salesforce.call(`${API}/limits`, { token: 'dead' });
    expect(salesforce.usage.used).toBe(0);
  });
});

describe('the server', () => {
  test('takes a path that begins with two slashes', async () => {
    expect((await salesforce.call(`/${API}/limits`)).status).toBe(200);
  });

  test('refuses a URL longer than 16,384 characters', async () => {
    expect((await salesforce.call(`${API}/query?q=${'x'.repeat(17_000)}`)).status).toBe(414);
  });

  test('answers a fault in the shape of its own errors', async () => {
    await salesforce.control('faults', [{ match: `GET ${API}/limits`, status: 503, times: 1 }]);
    const reply = await salesforce.call(`${API}/limits`, { token: STANDING_TOKEN });
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject([{ errorCode: 'SERVER_UNAVAILABLE' }]);
  });
});
