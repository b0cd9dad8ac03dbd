import { describe, expect, test } from '@jest/globals';
import { openPlatform } from './fixture.ts';

describe('accounts', () => {
  test('are created with their custom fields in one call each, money in cents', async () => {
    const { connector, server, calls, forgetCalls } = await openPlatform();
    await connector.describe('account');
    await forgetCalls();
    const outcomes = await connector.writeAccounts([
      {
        ref: 'a',
        id: null,
        name: 'Acme',
        values: { accountUrl: 'https://acme.test', 'field:3': '1234.56', 'field:5': ['Sensors', 'Service'] },
      },
    ]);
    expect(outcomes).toEqual([{ ref: 'a', kind: 'written', id: '1', created: true }]);
    expect(await calls()).toEqual({
      'GET /accountCustomFieldMeta': 1,
      'GET /accounts': 1,
      'POST /accounts': 1,
    });
    expect(server.account.companyFields.dataOf(1)).toMatchObject([
      { field: 3, value: 123_456 },
      { field: 5, value: ['Sensors', 'Service'] },
    ]);
  });

  test('are read back as they were written, by pages', async () => {
    const { connector, calls, forgetCalls } = await openPlatform();
    const accounts = Array.from({ length: 100 }, (_, n) => ({
      ref: String(n),
      id: null,
      name: `Account ${n}`,
      values: { 'field:2': String(n), 'field:3': '10.50' },
    }));
    await connector.writeAccounts(accounts);
    await forgetCalls();
    const page = await connector.readAccounts(null);
    expect(page.next).toBeNull();
    expect(page.records).toHaveLength(100);
    expect(page.records[7]).toEqual({
      id: '8',
      name: 'Account 7',
      stamp: expect.stringMatching(/^2026-03-02T15:/),
      values: { name: 'Account 7', accountUrl: '', 'field:2': '7', 'field:3': '10.5' },
    });
    expect(await calls()).toEqual({
      'GET /accounts': 1,
      'GET /accountCustomFieldMeta': 1,
      'GET /accountCustomFieldData': 3,
    });
  });

  test('go on page by page', async () => {
    const { connector, server } = await openPlatform();
    for (let n = 0; n < 205; n += 1) {
      server.account.companies.create({ name: `Account ${n}`, url: null, owner: 1 }, 0, { source: 'admin' });
    }
    const names: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 10; pages += 1) {
      const { records, next } = await connector.readAccounts(after);
      names.push(...records.map(({ name }) => name));
      after = next;
      if (next === null) break;
    }
    expect(names).toHaveLength(205);
    expect(new Set(names).size).toBe(205);
  });

  test('of a name that is taken are adopted and brought up to date', async () => {
    const { connector, server } = await openPlatform();
    server.account.companies.create({ name: 'Acme Holding', url: null, owner: 1 }, 0, { source: 'admin' });
    server.account.companies.create({ name: 'ACME', url: null, owner: 1 }, 0, { source: 'admin' });
    const outcomes = await connector.writeAccounts([
      { ref: 'a', id: null, name: 'Acme', values: { 'field:2': '5' } },
    ]);
    expect(outcomes).toEqual([{ ref: 'a', kind: 'written', id: '2', created: false }]);
    expect(server.account.companies.companies.get(2)?.name).toBe('Acme');
    expect(server.account.companyFields.dataOf(2)).toMatchObject([{ field: 2, value: '5' }]);
  });

  test('have outcomes of their own', async () => {
    const { connector } = await openPlatform();
    await connector.writeAccounts([
      { ref: 'a', id: null, name: 'Acme', values: {} },
      { ref: 'b', id: null, name: 'Beta', values: {} },
    ]);
    const outcomes = await connector.writeAccounts([
      { ref: 'taken', id: '1', name: 'Beta', values: {} },
      { ref: 'gone', id: '99', name: 'Gone', values: {} },
      { ref: 'nameless', id: null, values: {} },
      { ref: 'odd', id: '1', values: { 'field:77': 'x' } },
      { ref: 'cleared', id: '2', values: { accountUrl: null, 'field:2': null, 'field:5': null } },
    ]);
    expect(outcomes).toMatchObject([
      { ref: 'taken', kind: 'failed', code: 'SYNC_PLATFORM_NAME_TAKEN' },
      { ref: 'gone', kind: 'failed', code: 'SYNC_RECORD_GONE' },
      { ref: 'nameless', kind: 'failed', code: 'SYNC_VALUE_REQUIRED' },
      { ref: 'odd', kind: 'failed', code: 'SYNC_PLATFORM_FIELD_UNKNOWN' },
      { ref: 'cleared', kind: 'written', id: '2' },
    ]);
  });

  test('are not doubled by an answer that was lost', async () => {
    const { connector, door, server } = await openPlatform();
    await door('faults', [{ match: 'POST /api/3/accounts', dropResponse: true, times: 1 }]);
    const outcomes = await connector.writeAccounts([{ ref: 'a', id: null, name: 'Acme', values: {} }]);
    expect(outcomes).toMatchObject([{ ref: 'a', kind: 'written', id: '1' }]);
    expect(server.account.companies.companies.size).toBe(1);
  });
});
