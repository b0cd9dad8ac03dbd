import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { HeldCalls } from '../support/held-calls.ts';
import { createWorld } from '../support/world.ts';

const calls = new HeldCalls();
const database = await createTestDatabase();
const world = await createWorld(database);
beforeEach(() => world.reset());

const importing = /^POST .*\/import\/bulk_import/;
const readingBack = /^GET .*\/contacts\?orders\[id\]=ASC&id_greater=\d+&limit=100 $/;
const creatingLeads = /^(POST|PATCH) .*"LastName":"Ruiz"/;

/** How many rows of the engine's tables there are. */
async function countOf(table: 'link' | 'hint'): Promise<number> {
  const [row] = await database.asOwner<{ count: number }>(`SELECT count(*)::int FROM ${table}`);
  return row?.count ?? -1;
}

async function sourcesRead(): Promise<string[]> {
  const rows = await database.asOwner<{ source: string }>('SELECT source FROM cursor ORDER BY source');
  return rows.map(({ source }) => source);
}

/** Two runs each way, after which nothing is left to do. */
async function settle(): Promise<void> {
  for (const direction of ['outbound', 'inbound', 'outbound', 'inbound'] as const) await world.run(direction);
  expect((await world.run('outbound')).outcomes).toEqual([]);
  expect((await world.run('inbound')).outcomes).toEqual([]);
}

test('the cursor of a first sync waits until those whom a page brought are stored with the answer', async () => {
  await world.lead({ Email: 'ana@acme.example' });
  const call = calls.hold('before it is sent', importing);
  const running = world.run('outbound');
  await call.reached;
  expect(await countOf('link')).toBe(0);
  expect(await sourcesRead()).not.toContain('Lead');
  call.release();
  expect(await running).toMatchObject({ state: 'succeeded', counts: { created: 1 } });
  expect(await world.links()).toMatchObject([{ object: 'Lead', state: 'linked' }]);
  expect(await sourcesRead()).toContain('Lead');
});

test('somebody whom another run stores while a first sync creates them has one link and one contact', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example', Phone: '1' });
  const call = calls.hold('before its answer is heard', importing);
  const running = world.run('outbound');
  await call.reached;
  await world.change('Lead', lead, { Phone: '2' });
  expect(await world.run('inbound')).toMatchObject({ state: 'succeeded' });
  expect(await world.links()).toMatchObject([{ state: 'candidate' }]);
  call.release();
  expect(await running).toMatchObject({ state: 'succeeded' });
  await settle();
  expect(await world.links()).toMatchObject([{ object: 'Lead', state: 'linked', salesforce_id: lead }]);
  expect(await world.people()).toMatchObject({ contacts: [{ phone: '2' }], meta: { total: '1' } });
});

test('what a marketer changes of somebody whom another run stored meanwhile goes to Salesforce', async () => {
  await world.lead({ Email: 'ana@acme.example', Phone: '1' });
  const call = calls.hold('before its answer is heard', readingBack);
  const running = world.run('outbound');
  await call.reached;
  const { id } = await world.person('ana@acme.example');
  await world.changePerson(id, { phone: '3' });
  await world.run('inbound');
  expect(await world.links()).toMatchObject([{ state: 'candidate' }]);
  call.release();
  await running;
  await settle();
  expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '3' }]);
  expect(await world.person('ana@acme.example')).toMatchObject({ phone: '3' });
});

test('a lead that is deleted while a first sync creates its contact is not taken for a living one', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  const call = calls.hold('before its answer is heard', importing);
  const running = world.run('outbound');
  await call.reached;
  await world.inSalesforce('DELETE', `/sobjects/Lead/${lead}`);
  await world.run('inbound');
  call.release();
  await running;
  await settle();
  expect((await world.links()).filter(({ state }) => state === 'linked')).toEqual([]);
});

test('a request is kept until its lead was created', async () => {
  await world.ask('create_lead', await world.createPerson({ email: 'ana@acme.example', lastName: 'Ruiz' }));
  const call = calls.hold('before it is sent', creatingLeads);
  const running = world.run('inbound');
  await call.reached;
  expect([await countOf('link'), await countOf('hint')]).toEqual([0, 1]);
  call.release();
  expect(await running).toMatchObject({ state: 'succeeded', counts: { created: 1, unchanged: 0 } });
  expect([await countOf('link'), await countOf('hint')]).toEqual([1, 0]);
});

test('a request that another run takes up while its lead is created makes no second one', async () => {
  const person = await world.createPerson({ email: 'ana@acme.example', lastName: 'Ruiz' });
  await world.ask('create_lead', person);
  const call = calls.hold('before its answer is heard', creatingLeads);
  const running = world.run('inbound');
  await call.reached;
  expect(await world.run('outbound')).toMatchObject({ state: 'succeeded' });
  call.release();
  expect(await running).toMatchObject({ state: 'succeeded' });
  await settle();
  expect(await world.query('SELECT Id FROM Lead')).toHaveLength(1);
  const live = (await world.links()).filter(({ state }) => state === 'linked');
  expect(live).toMatchObject([{ object: 'Lead', platform_id: person }]);
});
