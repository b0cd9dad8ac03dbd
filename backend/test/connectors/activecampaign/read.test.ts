import { describe, expect, test } from '@jest/globals';
import { openPlatform, readAll, write, writes } from './fixture.ts';

const LIVE = { backfill: false };

describe('reading contacts', () => {
  test('reads everyone by pages of 100, without a further call after a last page that is full', async () => {
    const platform = await openPlatform();
    await platform.door('load', { contacts: 300 });
    const { records, parts } = await readAll(platform, null);
    expect(parts).toBe(3);
    expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 300 }, (_, n) => String(n + 1)));
  });

  test('gives standard fields, custom fields as they are kept, and the account', async () => {
    const platform = await openPlatform();
    const { connector } = platform;
    await connector.writeContacts(
      [
        write('Ana@Example.com', {
          values: { firstName: 'Ana', lastName: 'Ruiz', phone: '+34 600', 'field:6': ['Sensors', 'Service'] },
          accountName: 'Acme',
        }),
      ],
      LIVE,
    );
    const { records } = await readAll(platform, null);
    expect(records).toEqual([
      {
        id: '1',
        email: 'ana@example.com',
        stamp: '2026-03-02T15:00:00.000Z',
        account: { id: '1', name: 'Acme' },
        tags: [],
        values: {
          email: 'ana@example.com',
          firstName: 'Ana',
          lastName: 'Ruiz',
          phone: '+34 600',
          account: 'Acme',
          'field:6': '||Sensors||Service||',
        },
      },
    ]);
  });

  test('goes on with what changed since, and misses nothing that changed while it read', async () => {
    const platform = await openPlatform();
    const { connector, clock, server } = platform;
    await connector.writeContacts(writes(150), LIVE);
    clock.advance(3_600_000);
    const first = await connector.readContacts(null);
    expect(first).toMatchObject({ done: false, next: { since: null, afterId: '100' } });
    clock.advance(60_000);
    const early = server.account.contacts.byEmail('person3@example.com');
    if (early) server.account.people.update(early, { firstName: 'Changed' }, { source: 'admin' });
    const second = await connector.readContacts(first.next);
    expect(second.done).toBe(true);
    const { records, next } = await readAll(platform, second.next);
    expect(records.map(({ email }) => email)).toEqual(['person3@example.com']);
    clock.advance(60_000);
    const overlap = await readAll(platform, next);
    clock.advance(60_000);
    const after = await readAll(platform, overlap.next);
    expect(after.records).toEqual([]);
  });

  test('names the start of a window in the account’s own time', async () => {
    const { connector } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    const { next } = await connector.readContacts(null);
    expect(next.since).toBe('2026-03-02T08:59:55-06:00');
    const again = await connector.readContacts(next);
    expect(again.next.since).toBe('2026-03-02T08:59:55-06:00');
  });

  test('finds the contacts that still exist among any number of ids', async () => {
    const { connector, server, calls, forgetCalls } = await openPlatform();
    await connector.writeContacts(writes(220), LIVE);
    const gone = server.account.contacts.get(7);
    if (gone) server.account.deleteContact(gone);
    await forgetCalls();
    const ids = Array.from({ length: 230 }, (_, n) => String(n + 1));
    const found = await connector.readContactsByIds(ids);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids.slice(0, 220).filter((id) => id !== '7')));
    expect(await calls()).toEqual({ 'GET /contacts': 3 });
    expect(await connector.readContactsByIds([])).toEqual([]);
  });

  test('takes numbers for ids and totals, and refuses what is no listing', async () => {
    const { connector, door } = await openPlatform();
    const contact = { id: 5, email: null, firstName: null, lastName: 'X', phone: null, udate: 'no time' };
    await door('faults', [
      {
        match: 'GET /api/3/contacts',
        status: 200,
        times: 1,
        body: { contacts: [contact], meta: { total: 1 } },
      },
    ]);
    const page = await connector.readContacts(null);
    expect(page.records).toMatchObject([
      { id: '5', email: null, stamp: expect.stringMatching(/Z$/), values: { firstName: '', lastName: 'X' } },
    ]);
    await door('faults', [{ match: 'GET /api/3/contacts', status: 200, body: { contacts: {} } }]);
    await expect(connector.readContacts(null)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_ANSWER_UNEXPECTED',
    });
  });
});

describe('describing', () => {
  test('lists the contact’s fields with their options', async () => {
    const { connector } = await openPlatform();
    const fields = await connector.describe('contact');
    expect(fields.slice(0, 5).map(({ key, custom }) => [key, custom])).toEqual([
      ['email', false],
      ['firstName', false],
      ['lastName', false],
      ['phone', false],
      ['account', false],
    ]);
    expect(fields).toContainEqual({
      key: 'field:6',
      label: 'Product Interests',
      type: 'listbox',
      options: ['Irrigation', 'Sensors', 'Service', 'Training'],
      custom: true,
    });
  });

  test('costs no call where only standard fields are asked for', async () => {
    const { connector, budget } = await openPlatform();
    const fields = await connector.describe('contact', { custom: false });
    expect(fields.map(({ key }) => key)).toEqual(['email', 'firstName', 'lastName', 'phone', 'account']);
    expect(budget.taken('requests')).toBe(0);
  });

  test('lists the account’s fields', async () => {
    const { connector } = await openPlatform();
    const fields = await connector.describe('account');
    expect(fields.slice(0, 2).map(({ key }) => key)).toEqual(['name', 'accountUrl']);
    expect(fields).toContainEqual({
      key: 'field:5',
      label: 'Products',
      type: 'listbox',
      options: ['Irrigation', 'Sensors', 'Service'],
      custom: true,
    });
  });

  test('reads fields beyond the first hundred', async () => {
    const { connector, server } = await openPlatform();
    for (let n = 0; n < 130; n += 1) server.account.fields.create({ title: `Extra ${n}`, type: 'text' }, 0);
    const fields = await connector.describe('contact');
    expect(fields.filter(({ label }) => label.startsWith('Extra'))).toHaveLength(130);
  });
});
