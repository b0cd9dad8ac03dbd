import { describe, expect, test } from '@jest/globals';
import { openPlatform, write } from './fixture.ts';

const LIVE = { backfill: false };

describe('checking an account', () => {
  test('tells whose account and key it is', async () => {
    const { connector } = await openPlatform();
    expect(await connector.check()).toEqual({
      accountName: 'sandbox.activehosted.com',
      userName: 'Ada Marlow',
      contactLimit: 1_000_000,
    });
  });

  test('takes an address that was copied with its path', async () => {
    const { connect, url } = await openPlatform();
    const { userName } = await connect({ baseUrl: `${url}/api/3/` }).check();
    expect(userName).toBe('Ada Marlow');
  });

  test('says that a key is wrong', async () => {
    const { connect } = await openPlatform();
    const connector = connect({ apiKey: 'wrong' });
    await expect(connector.check()).rejects.toMatchObject({ code: 'SYNC_PLATFORM_UNAUTHORIZED' });
    await expect(connector.readContacts(null)).rejects.toMatchObject({ code: 'SYNC_PLATFORM_UNAUTHORIZED' });
    await expect(connector.writeContacts([write('a@example.com')], LIVE)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_UNAUTHORIZED',
    });
  });

  test('says that there is no account at the address', async () => {
    const { connector, connect, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/users/me', status: 404, body: '<html>No account</html>' }]);
    await expect(connector.check()).rejects.toMatchObject({ code: 'SYNC_PLATFORM_UNREACHABLE' });
    await expect(connect({ baseUrl: 'http://127.0.0.1:9' }).check()).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_UNREACHABLE',
    });
  });

  test('does without the plan’s limit where the key’s user may not see it', async () => {
    const { connector, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/settings/account', status: 403 }]);
    expect(await connector.check()).toMatchObject({ accountName: '127', contactLimit: null });
  });

  test.each(['https://example.com', 'http://acme.api-us1.com', 'https://acme.api-us1.com.example.com'])(
    'sends no key to %s',
    async (baseUrl) => {
      const { connect } = await openPlatform();
      expect(() => connect({ baseUrl })).toThrow(expect.objectContaining({ code: 'SYNC_HOST_NOT_ALLOWED' }));
    },
  );
});

describe('every call', () => {
  test('passes the budget, and tells it the account’s rate once', async () => {
    const { connector, budget } = await openPlatform();
    await connector.readContacts(null);
    await connector.readContacts(null);
    expect(budget.taken('requests')).toBe(2);
    expect(budget.observed).toEqual([{ kind: 'rate', requestsPerSecond: 1_000_000 }]);
  });

  test('waits as long as the vendor asks for, and tells the budget', async () => {
    const { connector, clock, budget, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/contacts', status: 429, retryAfter: 7, times: 1 }]);
    const start = clock.now();
    await connector.readContacts(null);
    expect(clock.now() - start).toBe(7_000);
    expect(budget.observed).toContainEqual({ kind: 'refused', retryAfter: 7_000 });
    expect(budget.taken('requests')).toBe(2);
  });

  test('waits longer and longer, then gives up, when the vendor goes on refusing for rate', async () => {
    const { connector, budget, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/contacts', status: 429 }]);
    await expect(connector.readContacts(null)).rejects.toMatchObject({ code: 'SYNC_PLATFORM_RATE_LIMITED' });
    const pauses = budget.observed.flatMap((seen) => (seen.kind === 'refused' ? seen.retryAfter : []));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(budget.taken('requests')).toBe(6);
  });

  test('does not believe the first denial of what was allowed before', async () => {
    const { connector, door, calls } = await openPlatform();
    await connector.readContacts(null);
    await door('faults', [{ match: 'GET /api/3/contacts', status: 403, times: 1 }]);
    await connector.readContacts(null);
    expect((await calls())['GET /contacts']).toBe(3);
  });

  test('tells a missing right from a dead key', async () => {
    const { connector, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/accounts', status: 403 }]);
    await expect(connector.readAccounts(null)).rejects.toMatchObject({ code: 'SYNC_PLATFORM_FORBIDDEN' });
    await door('faults', [{ match: '* /api/3', status: 403 }]);
    await expect(connector.readAccounts(null)).rejects.toMatchObject({ code: 'SYNC_PLATFORM_UNAUTHORIZED' });
  });

  test.each([
    { name: 'server errors', fault: { status: 503 } },
    { name: 'calls that came too late', fault: { status: 408 } },
    { name: 'lost answers', fault: { dropResponse: true } },
    { name: 'broken connections', fault: { connectionReset: true } },
  ])('outlives $name without doing anything twice', async ({ fault }) => {
    const { connector, server, door } = await openPlatform();
    const routes = [
      'POST /api/3/contact/sync',
      'POST /api/3/tags',
      'POST /api/3/contactTags',
      'POST /api/3/accounts',
    ];
    await door(
      'faults',
      routes.slice(0, 'status' in fault ? 1 : 4).map((match) => ({ match, ...fault, times: 1 })),
    );
    const contact = write('a@example.com', { addTags: ['t'], accountName: 'Acme' });
    let outcomes = await connector.writeContacts([contact], LIVE).catch(() => []);
    if (outcomes.length === 0) outcomes = await connector.writeContacts([contact], LIVE);
    expect(outcomes).toMatchObject([{ kind: 'written', id: '1' }]);
    expect([server.account.contacts.size, server.account.tags.tags.size]).toEqual([1, 1]);
    expect(server.account.companies.companies.size).toBe(1);
  });

  test.each([404, 422])('does not take a list that is refused with %i for a record', async (status) => {
    const { connector, door } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/contacts', status }]);
    await expect(connector.readContacts(null)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_ANSWER_UNEXPECTED',
    });
  });

  test('gives up on a server that stays broken', async () => {
    const { connector, door, budget } = await openPlatform();
    await door('faults', [{ match: 'GET /api/3/contacts', status: 500 }]);
    await expect(connector.readContacts(null)).rejects.toMatchObject({ code: 'SYNC_PLATFORM_UNAVAILABLE' });
    expect(budget.taken('requests')).toBe(5);
  });
});
