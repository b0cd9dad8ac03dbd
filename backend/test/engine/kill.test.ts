import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { runWithOutcomesSchema } from '../../src/schemas/run.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';
import { startWorker } from '../support/worker.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
async function imports(): Promise<number> {
  return (await org.platform.calls())['POST /api/3/import/bulk_import'] ?? 0;
}

test('invariant 7: a worker killed in the middle of a batch loses nothing and doubles nothing', async () => {
  await org.setUp();
  await org.salesforce.control('load', { leads: 1_500 });
  await org.platform.control('faults', [{ match: 'POST /api/3/import/bulk_import', latencyMs: 300 }]);
  const worker = startWorker(database);
  const { id } = runWithOutcomesSchema
    .pick({ id: true })
    .parse((await org.call('POST', '/v1/runs', { direction: 'outbound' })).json);
  while ((await imports()) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  await org.platform.control('faults', []);

  // A minute later another worker takes the run over.
  org.pass(60_000);
  await org.work([{ id }]);
  const run = runWithOutcomesSchema.parse((await org.call('GET', `/v1/runs/${id}`)).json);
  expect(run).toMatchObject({ state: 'succeeded', counts: { failed: 0 } });
  const { meta } = z
    .object({ meta: z.object({ total: z.coerce.number() }) })
    .parse(await org.onPlatform('GET', '/contacts?limit=1'));
  expect(meta.total).toBe(1_500);
  const unmarked = await org.inSalesforce(
    'GET',
    `/query?q=${encodeURIComponent('SELECT COUNT() FROM Lead WHERE ActiveCampaign_ID__c = null')}`,
  );
  expect(unmarked).toMatchObject({ totalSize: 0 });
  const links = await database.asOwner<{ people: number }>(
    'SELECT count(DISTINCT platform_id)::int AS people FROM link WHERE state = $1',
    ['linked'],
  );
  expect(links).toEqual([{ people: 1_500 }]);
}, 120_000);
