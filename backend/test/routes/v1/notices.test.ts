import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';
import { look as lookAtSchedules } from '../../support/look.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { call, service } = org;

const look = () => lookAtSchedules(database, org);
const notice = (body: unknown = {}) => call('POST', '/v1/notices', body);
const schedule = (paused = false) =>
  call('PUT', '/v1/schedule/outbound', { schedule: { kind: 'hourly', every: 12 }, paused });

describe('before the set-up is done', () => {
  test('a notice is taken and starts nothing', async () => {
    expect(await notice()).toMatchObject({ status: 202, json: { isExpected: false } });
    expect(await look()).toEqual([]);
  });
});

describe('once batches are scheduled', () => {
  beforeAll(async () => {
    await org.setUp();
    await schedule();
    await look();
  });

  test('a notice starts a batch at the next look, whatever the frequency, and costs Salesforce no call', async () => {
    await org.lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
    org.pass(60_000);
    expect(await look()).toEqual([]);
    await org.salesforce.forgetCalls();
    expect(await notice()).toMatchObject({ status: 202, json: { isExpected: true } });
    expect(await org.salesforce.calls()).toEqual({});
    expect(await look()).toMatchObject([{ trigger: 'notice' }]);
    const { contacts } = (await org.onPlatform('GET', '/contacts?email=ana%40acme.example')) as {
      contacts: unknown[];
    };
    expect(contacts).toHaveLength(1);
  });

  test('many notices start one batch, and the next half a minute later at the earliest', async () => {
    org.pass(60_000);
    for (let times = 0; times < 20; times += 1) await notice();
    expect(await look()).toHaveLength(1);
    expect(await look()).toEqual([]);
    org.pass(1_000);
    await notice();
    expect(await look()).toEqual([]);
    org.pass(30_000);
    expect(await look()).toMatchObject([{ trigger: 'notice' }]);
    org.pass(30_000);
    expect(await look()).toEqual([]);
  });

  test('the next batch that is told is the one that a notice asked for', async () => {
    org.pass(60_000);
    await notice();
    const { schedules } = (await call('GET', '/v1/schedule')).json as {
      schedules: { direction: string; nextRunAt: string }[];
    };
    const outbound = schedules.find(({ direction }) => direction === 'outbound');
    expect(Date.parse(outbound?.nextRunAt ?? '')).toBeLessThanOrEqual(service.app.clock.now());
    await look();
  });

  test('a notice starts nothing while outbound batches are paused', async () => {
    await schedule(true);
    org.pass(60_000);
    expect(await notice()).toMatchObject({ json: { isExpected: false } });
    expect(await look()).toEqual([]);
    await schedule();
    expect(await look()).toEqual([]);
  });

  test('what a notice carries is refused, and so is one of a stranger', async () => {
    expect((await notice({ recordIds: ['00Q000000000001AAA'] })).status).toBe(400);
    expect((await service.call('POST', '/v1/notices', { body: {} })).status).toBe(401);
  });
});
