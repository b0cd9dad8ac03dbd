import { beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Runner } from '../../src/engine/runner.ts';
import type { OpenVendors, Vendors } from '../../src/engine/vendors.ts';
import { runSchema } from '../../src/schemas/run.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const { app } = org.service;

type Progress = z.infer<typeof runSchema>['progress'];

/** A first sync in small batches, and what it tells of itself whenever it reads contacts or has written some. */
async function watchedRun(): Promise<{ reading: Progress[]; writing: Progress[] }> {
  const seen = { reading: [] as Progress[], writing: [] as Progress[] };
  const { id } = await app.runner.request(org.scope, 'outbound', 'manual');
  const look = async (at: keyof typeof seen) => {
    const { json } = await org.call('GET', `/v1/runs/${id}`);
    seen[at].push(runSchema.parse(json).progress);
  };
  const vendors: Vendors = {
    async open(scope, caller): Promise<OpenVendors> {
      const sides = await app.vendors.open(scope, caller);
      const { connector } = sides;
      return {
        ...sides,
        connector: {
          ...connector,
          async readContacts(cursor, atMost) {
            await look('reading');
            return connector.readContacts(cursor, atMost);
          },
          async writeContacts(...how) {
            org.pass(1_000);
            const outcomes = await connector.writeContacts(...how);
            await look('writing');
            return outcomes;
          },
        },
      };
    },
  };
  const runner = new Runner({
    db: database.database,
    clock: app.clock,
    logger: app.log,
    vendors,
    batchSize: 2,
  });
  expect(await runner.work(org.scope.tenantId, id)).toBe('succeeded');
  return seen;
}

beforeAll(() => org.setUp());

test('a first sync knows its size from the start, and its pace once records are written', async () => {
  for (let index = 0; index < 10; index += 1) await org.lead({ Email: `person${index}@acme.example` });
  await org.lead({ LastName: 'Nobody' });
  const { reading, writing } = await watchedRun();
  expect(reading).toEqual([
    { done: expect.any(Number), total: 11, recordsPerSecond: null, secondsLeft: null },
  ]);
  expect(writing).toHaveLength(5);
  const known = writing.filter(({ recordsPerSecond }) => recordsPerSecond !== null);
  expect(known.length).toBeGreaterThan(0);
  for (const { done, total, recordsPerSecond, secondsLeft } of known) {
    expect(total).toBe(11);
    // The pace is told rounded.
    const [slowest, fastest] = [(recordsPerSecond ?? 0) - 0.05, (recordsPerSecond ?? 0) + 0.05];
    expect(secondsLeft).toBeLessThanOrEqual(Math.ceil((11 - done) / slowest));
    expect(secondsLeft).toBeGreaterThanOrEqual(Math.floor((11 - done) / fastest));
  }
  expect((await org.run('outbound')).progress).toMatchObject({ done: 0, total: 0, secondsLeft: null });
});

test('the size is asked for once, and never again', async () => {
  await org.salesforce.forgetCalls();
  await org.run('outbound');
  const calls = await org.salesforce.calls();
  expect(Object.entries(calls).filter(([route]) => route.includes('query'))).toMatchObject([
    [expect.any(String), 2],
  ]);
});
