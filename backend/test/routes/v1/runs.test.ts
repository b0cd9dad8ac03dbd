import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, lead, run } = org;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly queuedAt: string;
}

beforeAll(() => org.setUp());

describe('a run', () => {
  test('is queued with an address where it can be followed, once until it starts', async () => {
    const first = await call('POST', '/v1/runs', { direction: 'outbound' });
    expect(first.status).toBe(202);
    expect(first.json).toMatchObject({
      direction: 'outbound',
      trigger: 'manual',
      state: 'queued',
      error: null,
    });
    const { id } = first.json as Run;
    expect(first.headers.get('location')).toBe(`/v1/runs/${id}`);
    expect((await call('POST', '/v1/runs', { direction: 'outbound' })).json).toMatchObject({ id });
    await org.work([{ id }]);
    expect((await call('GET', `/v1/runs/${id}`)).json).toMatchObject({ state: 'succeeded' });
  });

  test('tells what became of each record, page by page', async () => {
    await lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
    await lead({ FirstName: 'Bea', Email: 'bea@acme.example' });
    await lead({ LastName: 'Nobody' });
    const done = await run('outbound');
    expect(done).toMatchObject({
      state: 'succeeded',
      counts: { created: 2, failed: 1 },
      calls: { salesforce: expect.any(Number), platform: expect.any(Number) },
    });
    expect(done.calls.platform).toBeGreaterThan(0);
    expect(done.outcomes).toHaveLength(3);
    const failed = await call('GET', `/v1/runs/${done.id}/outcomes?kind=failed`);
    expect(failed.json).toMatchObject({
      outcomes: [
        {
          object: 'Lead',
          code: 'SYNC_EMAIL_MISSING',
          meaning: expect.stringMatching(/email/),
          remedy: expect.stringMatching(/Enter an email address/),
        },
      ],
    });
    const first = (await call('GET', `/v1/runs/${done.id}/outcomes?limit=2`)).json as {
      outcomes: { id: number }[];
    };
    const rest = await call('GET', `/v1/runs/${done.id}/outcomes?limit=2&after=${first.outcomes[1]?.id}`);
    expect((rest.json as { outcomes: unknown[] }).outcomes).toHaveLength(1);
  });

  test('that has ended tells how much it did and how fast', async () => {
    await lead({ FirstName: 'Dan', Email: 'dan@acme.example' });
    expect((await run('outbound')).progress).toMatchObject({
      done: 1,
      total: 1,
      recordsPerSecond: expect.any(Number),
      secondsLeft: null,
    });
    expect((await run('outbound')).progress).toEqual({
      done: 0,
      total: 0,
      recordsPerSecond: null,
      secondsLeft: null,
    });
  });

  test('is listed, the newest first, page by page', async () => {
    await run('inbound');
    const { runs } = (await call('GET', '/v1/runs?limit=2')).json as { runs: Run[] };
    expect(runs).toMatchObject([{ direction: 'inbound' }, { direction: 'outbound' }]);
    const older = (await call('GET', `/v1/runs?before=${runs[1]?.queuedAt}`)).json as { runs: Run[] };
    expect(older.runs.map(({ id }) => id)).not.toContain(runs[1]?.id);
    const inbound = (await call('GET', '/v1/runs?direction=inbound')).json as { runs: Run[] };
    expect(inbound.runs).toHaveLength(1);
  });

  test.each<[string, string, string, unknown, number]>([
    ['without a direction', 'POST', '/v1/runs', {}, 400],
    ['sideways', 'POST', '/v1/runs', { direction: 'sideways' }, 400],
    ['with an id that is none', 'GET', '/v1/runs/1', undefined, 400],
    ['that is not there', 'GET', '/v1/runs/2f1e9f0a-0000-4000-8000-000000000000', undefined, 404],
    ['of more than a page holds', 'GET', '/v1/runs?limit=1000', undefined, 400],
  ])('%s is refused', async (_name, method, path, body, status) => {
    expect((await call(method, path, body)).status).toBe(status);
  });
});

test('a process that works takes up the runs that are queued', async () => {
  await org.service.app.startWorking();
  await lead({ FirstName: 'Cid', Email: 'cid@acme.example' });
  const { id } = (await call('POST', '/v1/runs', { direction: 'outbound' })).json as Run;
  let state = 'queued';
  while (state === 'queued' || state === 'running') {
    state = ((await call('GET', `/v1/runs/${id}`)).json as Run).state;
  }
  expect(state).toBe('succeeded');
  const { contacts } = (await org.onPlatform('GET', '/contacts?email=cid%40acme.example')) as {
    contacts: unknown[];
  };
  expect(contacts).toHaveLength(1);
});
