import { beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { z } from 'zod';
import { syncStatus } from '../../src/engine/marks.ts';
import { createConnectedOrg } from '../support/connected.ts';
import { createTestDatabase } from '../support/database.ts';
import { look } from '../support/look.ts';

// The package as an org has it installed: what people edit meets its triggers, and its notices reach the service.
const database = await createTestDatabase();
const org = await createConnectedOrg(database, {}, { withApex: true });

const status = 'ActiveCampaign_Sync_Status__c';
const schedulesSchema = z.object({
  schedules: z.array(z.object({ direction: z.string(), nextRunAt: z.iso.datetime().nullable() })),
});
const outcomeSchema = z.object({ ok: z.literal(true) });

/** A person with the security token of the sandbox, logged in with a client that others wrote. */
async function person(username: string): Promise<Connection> {
  const connection = new Connection({ loginUrl: org.salesforce.url, version: '64.0' });
  await connection.login(username, 'sandbox1234sandboxtoken');
  return connection;
}

/** Calls a method of the package as the admin's component does. */
async function inPackage(className: string, method: string): Promise<void> {
  const call = { username: 'admin@sandbox.test', class: className, method };
  outcomeSchema.parse(await org.salesforce.control('apex', call));
}

async function statusOf(id: string): Promise<unknown> {
  const row = await org.inSalesforce('GET', `/sobjects/Lead/${id}?fields=${status}`);
  return z.record(z.string(), z.unknown()).parse(row)[status];
}

/** Resolves once the service expects an outbound batch before its schedule's time. */
async function noticed(): Promise<void> {
  for (;;) {
    const { schedules } = schedulesSchema.parse((await org.call('GET', '/v1/schedule')).json);
    const next = schedules.find(({ direction }) => direction === 'outbound')?.nextRunAt;
    if (Date.parse(next ?? '') <= org.service.app.clock.now() + 60_000) return;
  }
}

const ids: string[] = [];
let rep: Connection;
let outsider: Connection;
beforeAll(async () => {
  await org.setUp();
  await org.call('PUT', '/v1/schedule/outbound', { schedule: { kind: 'hourly', every: 12 }, paused: false });
  for (const name of ['Ana', 'Bea', 'Cid', 'Dan'])
    ids.push(await org.lead({ FirstName: name, Email: `${name.toLowerCase()}@acme.example` }));
  await look(database, org);
  // The page of the Setup Assistant that shows the mapping tells the package which fields to track.
  await inPackage('SetupController', 'getMappings');
  rep = await person('rep@sandbox.test');
  outsider = await person('guestrep@sandbox.test');
});

test('an edit waits at once, and its notice starts a batch without a call to Salesforce', async () => {
  const [id = ''] = ids;
  org.pass(60_000);
  expect(await look(database, org)).toEqual([]);
  await org.salesforce.forgetCalls();
  await rep.sobject('Lead').update({ Id: id, Phone: '+34 600 111 222' });
  await noticed();
  expect(Object.keys(await org.salesforce.calls())).toEqual([expect.stringMatching(/^PATCH /)]);
  expect(await statusOf(id)).toBe(syncStatus.waiting);
  expect(await look(database, org)).toMatchObject([{ trigger: 'notice' }]);
  expect(await statusOf(id)).toBe(syncStatus.synced);
  const found = await org.onPlatform('GET', '/contacts?email=ana%40acme.example');
  expect(found).toMatchObject({ contacts: [{ phone: '+34 600 111 222' }] });
});

interface Way {
  readonly how: string;
  readonly phone: string;
  write(connection: Connection, rows: { Id: string; Phone: string }[]): Promise<unknown>;
}

const ways: Way[] = [
  {
    how: 'one by one',
    phone: '+34 600 333 001',
    write: (connection, rows) => Promise.all(rows.map((row) => connection.sobject('Lead').update(row))),
  },
  {
    how: 'as a collection',
    phone: '+34 600 333 002',
    write: (connection, rows) => connection.sobject('Lead').update(rows),
  },
  {
    how: 'by the Bulk API',
    phone: '+34 600 333 003',
    write: (connection, rows) =>
      connection.bulk2.loadAndWaitForResults({ object: 'Lead', operation: 'update', input: rows }),
  },
];

test.each(ways)('edits $how wait where a person of the package makes them, and go out', async (way) => {
  const [tracked, other] = [ids.slice(0, 3), ids.slice(3)];
  const rowsOf = (some: string[]) => some.map((Id) => ({ Id, Phone: way.phone }));
  await way.write(outsider, rowsOf(other));
  await way.write(rep, rowsOf(tracked));
  expect(await Promise.all(tracked.map(statusOf))).toEqual(tracked.map(() => syncStatus.waiting));
  expect(await Promise.all(other.map(statusOf))).toEqual(other.map(() => syncStatus.synced));
  const { counts } = await org.run('outbound');
  expect(counts).toMatchObject({ updated: 4, failed: 0 });
  expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => syncStatus.synced));
});

test('what the sync writes marks nothing, and nothing goes round', async () => {
  const found = await org.onPlatform('GET', '/contacts?email=bea%40acme.example');
  const { contacts } = z.object({ contacts: z.array(z.object({ id: z.string() })) }).parse(found);
  await org.onPlatform('PUT', `/contacts/${contacts[0]?.id}`, { contact: { firstName: 'Beatriz' } });
  expect((await org.run('inbound')).counts).toMatchObject({ updated: 1 });
  expect(await statusOf(ids[1] ?? '')).toBe(syncStatus.synced);
  for (const direction of ['outbound', 'inbound'] as const)
    expect((await org.run(direction)).counts).toMatchObject({ created: 0, updated: 0 });
  expect(await statusOf(ids[1] ?? '')).toBe(syncStatus.synced);
});
