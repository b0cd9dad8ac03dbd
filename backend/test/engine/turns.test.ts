import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { Runner } from '../../src/engine/runner.ts';
import { Turn, turnLength } from '../../src/engine/turn.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { runWithOutcomesSchema } from '../../src/schemas/run.ts';
import { queueRun, readRun } from '../../src/store/runs.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { app } = org.service;
/** A worker with small batches: far fewer people are under way at a time than there are. */
const runner = new Runner({
  db: app.database,
  clock: app.clock,
  logger: app.log,
  vendors: app.vendors,
  batchSize: 100,
});
const idSchema = runWithOutcomesSchema.pick({ id: true });

test('a turn lasts at least as long in its last stage as the way there took', async () => {
  let time = 0;
  const clock: Clock = { now: () => time, sleep: () => Promise.resolve() };
  let [others, stopping] = [true, false];
  const turn = new Turn({ clock, othersWait: () => Promise.resolve(others), isStopping: () => stopping });
  turn.enter('observing');
  time = 3 * turnLength;
  turn.enter('writing');
  time = 6 * turnLength - 1;
  expect(await turn.isOver()).toBe(false);
  time = 6 * turnLength;
  others = false;
  expect(await turn.isOver()).toBe(false);
  others = true;
  expect(await turn.isOver()).toBe(true);
  turn.enter('tagging');
  expect(await turn.isOver()).toBe(false);
  stopping = true;
  expect(await turn.isOver()).toBe(true);
});

test('a long run lets others have its worker and goes on where it was', async () => {
  await org.setUp();
  await org.salesforce.control('load', { leads: 1_300 });
  const { id } = idSchema.parse((await org.call('POST', '/v1/runs', { direction: 'outbound' })).json);
  const other = randomUUID();
  await database.database.withTenant(other, (tx) =>
    queueRun(
      tx,
      { tenantId: other, connectionId: randomUUID() },
      { id: randomUUID(), direction: 'outbound', trigger: 'manual', now: Date.now() - 60_000 },
    ),
  );
  const turn = runner.work(org.scope.tenantId, id);
  const imports = async () => (await org.platform.calls())['POST /api/3/import/bulk_import'] ?? 0;
  while ((await imports()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  org.pass(turnLength + 1);
  expect(await turn).toBe('given_back');

  const halfway = await org.call('GET', `/v1/runs/${id}`);
  const half = runWithOutcomesSchema.parse(halfway.json);
  expect(half).toMatchObject({ state: 'running', counts: { failed: 0 } });
  expect(half.counts.created).toBeGreaterThan(0);
  expect(half.counts.created).toBeLessThan(1_300);
  // Whoever goes on with it knows that these records are a first read's.
  const given = await database.database.withTenant(org.scope.tenantId, (tx) =>
    readRun(tx, org.scope.tenantId, id),
  );
  expect(given).toMatchObject({ backfill: true, claim: 1 });

  await database.asOwner("UPDATE run SET state = 'failed' WHERE tenant_id = $1", [other]);
  expect(await runner.work(org.scope.tenantId, id)).toBe('succeeded');
  const done = runWithOutcomesSchema.parse((await org.call('GET', `/v1/runs/${id}`)).json);
  expect(done).toMatchObject({ state: 'succeeded', counts: { failed: 0, created: 1_300 } });
  const { meta } = z
    .object({ meta: z.object({ total: z.coerce.number() }) })
    .parse(await org.onPlatform('GET', '/contacts?limit=1'));
  expect(meta.total).toBe(1_300);
}, 120_000);

test('a worker that stops gives its run back at once', async () => {
  await org.salesforce.control('load', { leads: 300 });
  const { id } = idSchema.parse((await org.call('POST', '/v1/runs', { direction: 'outbound' })).json);
  runner.stop();
  expect(await runner.work(org.scope.tenantId, id)).toBe('given_back');
});
