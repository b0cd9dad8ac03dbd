import { beforeAll, expect, test } from '@jest/globals';
import { clean } from '../../src/engine/cleaning.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { app, config } = org.service;

const day = 24 * 60 * 60_000;

const cleaned = () =>
  clean({ db: database.database, clock: app.clock, logger: app.log, ...config.retention });
const isKept = async (id: string) => (await org.call('GET', `/v1/runs/${id}`)).status === 200;

beforeAll(() => org.setUp());

test('runs that found nothing go after a day, others after thirty, and the newest of a direction never', async () => {
  await org.lead({ Email: 'ana@acme.example' });
  const [first, only] = [await org.run('outbound'), await org.run('inbound')];
  expect(first.outcomes).toHaveLength(1);
  const idle = await org.run('outbound');
  org.pass(day - 60_000);
  await org.run('outbound');
  await cleaned();
  expect(await isKept(idle.id)).toBe(true);

  org.pass(2 * 60_000);
  await cleaned();
  expect(await isKept(idle.id)).toBe(false);
  expect(await isKept(first.id)).toBe(true);
  expect(await isKept(only.id)).toBe(true);

  org.pass(30 * day);
  await cleaned();
  expect(await isKept(first.id)).toBe(false);
  expect(await isKept(only.id)).toBe(true);
  expect(await database.asOwner('SELECT * FROM outcome')).toEqual([]);
  const { json } = await org.call('GET', '/v1/schedule');
  expect(json).toMatchObject({
    schedules: [{ lastRunAt: expect.any(String) }, { lastRunAt: expect.any(String) }],
  });
});

test('settled conflicts go after thirty days, those that wait never', async () => {
  const [about] = await database.asOwner<{ id: number }>('SELECT id FROM link');
  for (const state of ['settled', 'open'])
    await database.asOwner(
      `INSERT INTO conflict (tenant_id, connection_id, link_id, field, policy, winner, state, detected_at, settled_at)
       VALUES ($1, $2, $3, $4, 'ask', NULL, $4, now(), CASE WHEN $4 = 'settled' THEN now() END)`,
      [org.scope.tenantId, org.scope.connectionId, about?.id, state],
    );
  org.pass(31 * day);
  await cleaned();
  expect((await org.call('GET', '/v1/conflicts')).json).toMatchObject({ conflicts: [{ state: 'open' }] });
});

test('what a dry run found out goes after thirty days', async () => {
  const { id } = (await org.call('POST', '/v1/dry-runs', {})).json as { id: string };
  await org.work([{ id }]);
  await cleaned();
  expect((await org.call('GET', `/v1/dry-runs/${id}`)).status).toBe(200);
  org.pass(31 * day);
  await cleaned();
  expect((await org.call('GET', `/v1/dry-runs/${id}`)).status).toBe(404);
});
