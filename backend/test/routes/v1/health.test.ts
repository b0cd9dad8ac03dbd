import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, lead, run, platform } = org;

const hour = 3_600_000;
const health = async (): Promise<Record<string, unknown>> => {
  const { status, json } = await call('GET', '/v1/health');
  expect(status).toBe(200);
  return json as Record<string, unknown>;
};
const schedule = (direction: string, body: Record<string, unknown>) =>
  call('PUT', `/v1/schedule/${direction}`, body);

beforeAll(() => org.setUp());

test('asks for a job before there is one', async () => {
  expect(await health()).toMatchObject({
    state: 'paused',
    sentence: 'No job is scheduled from Salesforce to ActiveCampaign.',
    code: null,
    remedy: expect.stringMatching(/Setup Assistant/),
  });
});

describe('with both directions scheduled', () => {
  beforeAll(async () => {
    await schedule('outbound', { schedule: { kind: 'hourly', every: 1 } });
    await lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
    await run('outbound');
    await run('inbound');
  });
  beforeEach(() => org.pass(hour));

  test('is fine, and tells what was done, what comes next and what it cost', async () => {
    const now = await health();
    expect(now).toMatchObject({
      state: 'fine',
      sentence: 'Everything is in step.',
      remedy: null,
      connections: [
        { platform: 'salesforce', state: 'connected' },
        { platform: 'activecampaign', state: 'connected' },
      ],
      directions: [
        {
          direction: 'outbound',
          scheduled: true,
          paused: false,
          nextRunAt: expect.any(String),
          lastRun: { state: 'succeeded', counts: { created: 1 } },
          runNow: null,
          backlog: 0,
          recordsPerMinute: expect.any(Number),
          doneBy: null,
        },
        { direction: 'inbound', scheduled: true, backlog: 0 },
      ],
      budgets: [
        { kind: 'daily', vendor: 'salesforce', share: 0.5, limit: expect.any(Number) },
        { kind: 'rate', vendor: 'activecampaign', perSecond: expect.any(Number), heldUntil: null },
      ],
      links: [{ object: 'Lead', state: 'linked', count: 1 }],
      problems: [],
      openConflicts: 0,
    });
    const [daily, rate] = now['budgets'] as { used: number; limit: number; allowed: number }[];
    expect(daily?.used).toBeGreaterThan(0);
    expect(daily?.allowed).toBe(Math.floor((daily?.limit ?? 0) / 2));
    expect(rate?.used).toBeGreaterThan(0);
  });

  test('tells how many records wait and until when', async () => {
    const email = 'bea@acme.example';
    const id = await lead({ FirstName: 'Bea', Email: email });
    await run('outbound');
    await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'Beatriz' });
    await run('inbound');
    const now = await health();
    expect(now).toMatchObject({ state: 'waiting', sentence: '1 record waits for the next run.' });
    const [outbound] = now['directions'] as { backlog: number; doneBy: string; nextRunAt: string }[];
    expect(outbound?.backlog).toBe(1);
    expect(Date.parse(outbound?.doneBy ?? '')).toBeGreaterThan(Date.parse(outbound?.nextRunAt ?? ''));
    await run('outbound');
    expect(await health()).toMatchObject({ state: 'fine' });
  });

  test('tells what needs attention, by cause', async () => {
    const id = await lead({ LastName: 'Nobody' });
    await run('outbound');
    expect(await health()).toMatchObject({
      state: 'fine',
      sentence: 'Sync runs; 1 record needs attention.',
      problems: [{ code: 'SYNC_EMAIL_MISSING', count: 1, remedy: expect.stringMatching(/email/) }],
    });
    await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { Email: 'nobody@acme.example' });
    await run('outbound');
    expect(await health()).toMatchObject({ sentence: 'Everything is in step.' });
  });

  test('says which direction an admin paused', async () => {
    await schedule('inbound', { schedule: { kind: 'continuous' }, paused: true });
    expect(await health()).toMatchObject({
      state: 'paused',
      sentence: 'Sync from ActiveCampaign to Salesforce is paused by an admin.',
    });
    await schedule('outbound', { schedule: { kind: 'hourly', every: 1 }, paused: true });
    expect(await health()).toMatchObject({ sentence: 'Sync is paused by an admin.' });
    await schedule('outbound', { schedule: { kind: 'hourly', every: 1 } });
    await schedule('inbound', { schedule: { kind: 'continuous' } });
    expect(await health()).toMatchObject({ state: 'fine' });
  });

  test('says when the platform does not let us in any more, until it does', async () => {
    await platform.control('faults', [{ match: 'GET /api/3', status: 403, every: 1, times: 100 }]);
    expect((await run('inbound')).state).toBe('paused');
    await platform.control('faults', []);
    expect(await health()).toMatchObject({
      state: 'connection_lost',
      code: 'SYNC_PLATFORM_UNAUTHORIZED',
      remedy: expect.stringMatching(/API key/),
    });
    await run('inbound');
    expect(await health()).toMatchObject({ state: 'fine', code: null });
  });

  test('says what a pause is for when the day’s API calls are used up', async () => {
    const connections = (await call('GET', '/v1/connections')).json as {
      connections: { id: string; platform: string }[];
    };
    const id = connections.connections.find((connection) => connection.platform === 'salesforce')?.id ?? '';
    await call('PATCH', `/v1/connections/${id}`, { dailyApiShare: 0 });
    expect((await run('outbound')).state).toBe('paused');
    expect(await health()).toMatchObject({
      state: 'paused',
      code: 'SYNC_BUDGET_EXHAUSTED',
      sentence: expect.stringMatching(/share/),
      budgets: [{ share: 0, allowed: 0 }, {}],
    });
    await call('PATCH', `/v1/connections/${id}`, { dailyApiShare: 0.5 });
    await run('outbound');
    expect(await health()).toMatchObject({ state: 'fine' });
  });

  test('shows a run that waits for a worker', async () => {
    const { json } = await call('POST', '/v1/runs', { direction: 'outbound' });
    expect(await health()).toMatchObject({ directions: [{ runNow: { state: 'queued' } }, { runNow: null }] });
    await org.work([json as { id: string }]);
    expect(await health()).toMatchObject({ directions: [{ runNow: null }, {}] });
  });

  test('has a history by hour', async () => {
    const { json } = await call('GET', '/v1/health/history?hours=48');
    const { hours } = json as { hours: { hour: string; direction: string; runs: number; written: number }[] };
    expect(hours.length).toBeGreaterThan(4);
    expect(hours.map(({ hour: at }) => at)).toEqual(hours.map(({ hour: at }) => at).sort());
    expect(hours.every(({ hour: at }) => at.endsWith(':00:00.000Z'))).toBe(true);
    expect(hours[0]).toMatchObject({ runs: 1, failed: 0, calls: { salesforce: expect.any(Number) } });
    expect(hours.reduce((sum, { written }) => sum + written, 0)).toBe(4);
    const recent = (await call('GET', '/v1/health/history?hours=1')).json as { hours: unknown[] };
    expect(recent.hours.length).toBeLessThan(hours.length);
  });
});

test('says when Salesforce was disconnected', async () => {
  const { connections } = (await call('GET', '/v1/connections')).json as {
    connections: { id: string; platform: string }[];
  };
  const id = connections.find((connection) => connection.platform === 'salesforce')?.id ?? '';
  await call('DELETE', `/v1/connections/${id}`);
  expect(await health()).toMatchObject({
    state: 'connection_lost',
    sentence: expect.stringMatching(/^Salesforce/),
    code: 'SYNC_NOT_CONNECTED',
    connections: [{ platform: 'salesforce', state: 'disconnected' }, {}],
    budgets: [{ kind: 'rate' }],
  });
});
