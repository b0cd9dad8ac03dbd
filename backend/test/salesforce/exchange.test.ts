import { describe, expect, test } from '@jest/globals';
import { SyncError } from '../../src/lib/errors.ts';
import type { AccessTokens } from '../../src/salesforce/types.ts';
import { STANDING_TOKEN } from '../support/doors.ts';
import { fixedTokens, openOrg } from './fixture.ts';

const SOQL = 'SELECT Id FROM Lead';

describe('tokens', () => {
  test('are renewed once when Salesforce no longer takes one', async () => {
    const { connect, url } = await openOrg();
    const stale: string[] = [];
    let accessToken = '00D000000000001!dead';
    const tokens: AccessTokens = {
      current: async () => ({ accessToken, instanceUrl: url }),
      renew: async (dead) => {
        stale.push(dead);
        accessToken = STANDING_TOKEN;
        return { accessToken, instanceUrl: url };
      },
    };
    const salesforce = connect({ tokens });
    expect((await salesforce.query(SOQL)).totalSize).toBe(0);
    expect((await salesforce.query(SOQL)).totalSize).toBe(0);
    expect(stale).toEqual(['00D000000000001!dead']);
  });

  test('are renewed again when the renewed one has ended as well', async () => {
    const { connect, url } = await openOrg();
    const renewed = ['00D000000000001!also-dead', STANDING_TOKEN];
    const tokens: AccessTokens = {
      ...fixedTokens(url, '00D000000000001!dead'),
      renew: async () => ({ accessToken: renewed.shift() ?? '', instanceUrl: url }),
    };
    expect((await connect({ tokens }).query(SOQL)).totalSize).toBe(0);
  });

  test('that stay refused end the call', async () => {
    const { connect, url, budget } = await openOrg();
    const salesforce = connect({ tokens: fixedTokens(url, '00D000000000001!dead') });
    await expect(salesforce.describe('Lead')).rejects.toMatchObject({ code: 'SYNC_SALESFORCE_UNAUTHORIZED' });
    expect(budget.taken('daily')).toBe(3);
  });

  test('that cannot be renewed say so themselves', async () => {
    const { connect, url } = await openOrg();
    const tokens: AccessTokens = {
      ...fixedTokens(url, '00D000000000001!dead'),
      renew: async () => {
        throw new SyncError('SYNC_SALESFORCE_UNAUTHORIZED', 'The refresh token is dead.');
      },
    };
    await expect(connect({ tokens }).query(SOQL)).rejects.toThrow('The refresh token is dead.');
  });

  test.each([
    'https://evil.test',
    'http://acme.my.salesforce.com',
    'https://acme.my.salesforce.com.evil.test',
  ])('are not sent to %s', async (instanceUrl) => {
    const { connect } = await openOrg();
    const salesforce = connect({ tokens: fixedTokens(instanceUrl) });
    await expect(salesforce.query(SOQL)).rejects.toMatchObject({ code: 'SYNC_HOST_NOT_ALLOWED' });
  });

  test('are not sent to this machine unless that is allowed', async () => {
    const { connect } = await openOrg();
    await expect(connect({ allowLoopback: false }).query(SOQL)).rejects.toMatchObject({
      code: 'SYNC_HOST_NOT_ALLOWED',
    });
  });
});

describe('the daily limit', () => {
  test('is read from every answer and told to the budget', async () => {
    const { salesforce, budget } = await openOrg();
    expect(salesforce.usage()).toBeNull();
    await salesforce.query(SOQL);
    await salesforce.query(SOQL);
    expect(salesforce.usage()).toEqual({ used: 2, limit: 15_000 });
    expect(budget.observed).toEqual([
      { kind: 'daily', used: 1, limit: 15_000 },
      { kind: 'daily', used: 2, limit: 15_000 },
    ]);
    expect(budget.taken('daily')).toBe(2);
  });

  test('that is used up ends the call without another try', async () => {
    const { salesforce, door, budget } = await openOrg();
    await door('limits', { salesforceDaily: 0 });
    await expect(salesforce.query(SOQL)).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_DAILY_LIMIT',
      details: { vendorCode: 'REQUEST_LIMIT_EXCEEDED' },
    });
    expect(budget.taken('daily')).toBe(1);
  });

  test('is not what a refusal of too many long calls means', async () => {
    const { salesforce, door, budget } = await openOrg();
    const message = 'ConcurrentPerOrgLongTxn Limit exceeded.';
    await door('faults', [
      { match: 'GET /services/data', status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message }] },
    ]);
    await expect(salesforce.query(SOQL)).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_BUSY',
      retryable: true,
    });
    expect(budget.observed).toContainEqual({ kind: 'refused', retryAfter: 30_000 });
  });

  test('of our own budget keeps a call from being made', async () => {
    const { connect, server } = await openOrg();
    const salesforce = connect({
      budget: {
        take: async () => {
          throw new SyncError('SYNC_BUDGET_EXHAUSTED');
        },
        report: async () => undefined,
      },
    });
    await expect(salesforce.query(SOQL)).rejects.toMatchObject({ code: 'SYNC_BUDGET_EXHAUSTED' });
    expect(server.usage.used).toBe(0);
  });
});
