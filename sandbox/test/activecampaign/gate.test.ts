import { describe, expect, test } from '@jest/globals';
import { openVendor } from './vendor.ts';

describe('the key', () => {
  test.each<[Record<string, string>]>([[{}], [{ 'api-token': 'wrong' }]])(
    'with %j is refused with 403, not 401',
    async (headers) => {
      const vendor = await openVendor();
      const answer = await fetch(`${vendor.base}/api/3/users/me`, { headers });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({ message: 'Forbidden' });
    },
  );

  test('lets in, and tells whose it is', async () => {
    const vendor = await openVendor();
    const { status, body } = await vendor.get('users/me');
    expect(status).toBe(200);
    expect(body['user']).toMatchObject({
      id: '1',
      username: 'admin',
      signature: null,
      email: expect.any(String),
    });
  });

  test('may stand in the query of the old API, but not of the new', async () => {
    const { base } = await openVendor();
    const key = 'api_key=sandbox-activecampaign-key';
    expect((await fetch(`${base}/admin/api.php?api_output=json&${key}`)).status).toBe(200);
    expect((await fetch(`${base}/api/3/users/me?${key}`)).status).toBe(403);
  });

  test('opens the account settings, whose limits are numbers', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect((await vendor.get('settings/account')).body).toMatchObject({
      subscriber_limit: expect.any(Number),
      subscriber_total: 1,
      trial: false,
      credits: null,
    });
  });
});

describe('a plan without accounts', () => {
  test('forbids everything about accounts and nothing else', async () => {
    const vendor = await openVendor();
    await vendor.door('limits', { accounts: false });
    for (const path of ['accounts', 'accountContacts', 'accountCustomFieldMeta', 'accountCustomFieldData'])
      expect(await vendor.get(path)).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
    expect((await vendor.get('contacts')).status).toBe(200);
    await vendor.door('reset', {});
    expect((await vendor.get('accounts')).status).toBe(200);
  });
});

describe('the rate limit', () => {
  test('is five calls in any second of the account, counted down in headers', async () => {
    const vendor = await openVendor({ limits: true });
    const remaining: unknown[] = [];
    for (let call = 0; call < 5; call += 1) {
      const { headers } = await vendor.get('users/me');
      expect(headers['ratelimit-limit']).toBe('5');
      remaining.push(headers['ratelimit-remaining']);
    }
    expect(remaining).toEqual(['4', '3', '2', '1', '0']);
    const refused = await vendor.get('users/me');
    expect(refused.status).toBe(429);
    expect(refused.headers).toMatchObject({ 'retry-after': '30', 'ratelimit-remaining': '0' });
  });

  test('slides: a call is allowed a second after the one that it follows, and refused calls do not count', async () => {
    const vendor = await openVendor({ limits: true });
    await vendor.get('users/me');
    vendor.clock.advance(600);
    for (let call = 0; call < 4; call += 1) await vendor.get('users/me');
    vendor.clock.advance(399);
    expect((await vendor.get('users/me')).status).toBe(429);
    vendor.clock.advance(1);
    expect((await vendor.get('users/me')).status).toBe(200);
    expect((await vendor.get('users/me')).status).toBe(429);
  });

  test('can be told another Retry-After for tests, until a reset', async () => {
    const vendor = await openVendor({ limits: true });
    await vendor.door('limits', { retryAfterSeconds: 1 });
    for (let call = 0; call < 5; call += 1) await vendor.get('users/me');
    expect((await vendor.get('users/me')).headers['retry-after']).toBe('1');
    await vendor.door('reset', {});
    for (let call = 0; call < 5; call += 1) await vendor.get('users/me');
    expect((await vendor.get('users/me')).headers['retry-after']).toBe('30');
  });

  test('can be switched off, which the header tells', async () => {
    const vendor = await openVendor();
    for (let call = 0; call < 20; call += 1) {
      const { status, headers } = await vendor.get('users/me');
      expect(status).toBe(200);
      expect(headers['ratelimit-limit']).toBe('1000000');
    }
  });
});

describe('any answer', () => {
  test("carries the account's time in its Date", async () => {
    const vendor = await openVendor();
    expect((await vendor.get('users/me')).headers['date']).toBe('Mon, 02 Mar 2026 15:00:00 GMT');
  });

  test('to a path that does not exist is 404', async () => {
    const vendor = await openVendor();
    expect(await vendor.post('campaign/send', {})).toMatchObject({
      status: 404,
      body: { message: 'Not Found' },
    });
  });

  test('to a body that is not JSON is 400', async () => {
    const vendor = await openVendor();
    expect(await vendor.post('contacts', '{oops')).toMatchObject({
      status: 400,
      body: { errors: [{ title: 'Bad Request' }] },
    });
  });

  test('of a fault has the shape that the vendor would give it', async () => {
    const vendor = await openVendor();
    await vendor.door('faults', [
      { match: 'GET /api/3/contacts', status: 429, retryAfter: 2, times: 1 },
      { match: 'GET /api/3/fields', status: 503 },
    ]);
    const busy = await vendor.get('contacts');
    expect(busy).toMatchObject({ status: 429, body: { message: 'Too Many Requests' } });
    expect(busy.headers['retry-after']).toBe('2');
    expect(await vendor.get('fields')).toMatchObject({
      status: 503,
      body: { message: 'Could not process request' },
    });
  });
});
