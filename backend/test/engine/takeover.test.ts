import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { runWithOutcomesSchema } from '../../src/schemas/run.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';
import { startWorker } from '../support/worker.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);

const MINUTE = 60_000;

test('another worker goes on with a killed one’s run within a minute', async () => {
  await org.setUp();
  await org.salesforce.control('load', { leads: 1_500 });
  await org.platform.control('faults', [{ match: 'POST /api/3/import/bulk_import', latencyMs: 300 }]);
  const worker = startWorker(database, { PUBLIC_URL: org.service.origin });
  const { id } = runWithOutcomesSchema
    .pick({ id: true })
    .parse((await org.call('POST', '/v1/runs', { direction: 'outbound' })).json);
  const imports = async () => (await org.platform.calls())['POST /api/3/import/bulk_import'] ?? 0;
  while ((await imports()) < 2) await delay(20);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  const killedAt = Date.now();
  await org.platform.control('faults', []);
  startWorker(database, { PUBLIC_URL: org.service.origin });

  const row = async () =>
    (
      await database.asOwner<{ state: string; claim: number; heartbeat_at: Date }>(
        'SELECT state, claim, heartbeat_at FROM run WHERE id = $1',
        [id],
      )
    )[0];
  while ((await row())?.claim === 1) await delay(50);
  expect(Date.now() - killedAt).toBeLessThan(MINUTE);
  while ((await row())?.state === 'running') await delay(50);
  expect(await row()).toMatchObject({ state: 'succeeded', claim: 2 });
  const { meta } = z
    .object({ meta: z.object({ total: z.coerce.number() }) })
    .parse(await org.onPlatform('GET', '/contacts?limit=1'));
  expect(meta.total).toBe(1_500);
}, 180_000);
