import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { HeldCalls } from '../support/held-calls.ts';
import { createWorld } from '../support/world.ts';

const calls = new HeldCalls();
const database = await createTestDatabase();
const world = await createWorld(database);
beforeEach(() => world.reset());

/** The contacts that an import made are read back. */
const readingBack = /^GET .*\/contacts\?orders\[id\]=ASC&id_greater=\d+&limit=100 $/;

test('a first sync outbound writes the people of one page while it waits for the next', async () => {
  for (const Email of ['first@acme.example', 'second@acme.example']) await world.contact({ Email });
  for (const Email of ['second@acme.example', 'third@acme.example']) await world.lead({ Email });
  const leads = calls.hold('before it is sent', /^GET .*\/queryAll\?.* FROM Lead /);
  const imported = calls.hold('before it is sent', readingBack);
  const running = world.run('outbound');
  await Promise.all([leads.reached, imported.reached]);
  expect((await world.people()).meta.total).toBe('2');

  // The Lead with the Contact's address comes while it is not yet known who has it.
  const next = calls.hold('before it is sent', /^POST .*\/import\/bulk_import .*third@/);
  leads.release();
  await next.reached;
  imported.release();
  next.release();
  expect(await running).toMatchObject({ state: 'succeeded' });
  expect((await world.people()).meta.total).toBe('3');
  const seconds = await database.asOwner(
    `SELECT object, problem->>'code' AS code FROM link
     WHERE coalesce(agreed, salesforce_pending)->>'email' = 'second@acme.example' ORDER BY object`,
  );
  expect(seconds).toEqual([
    { object: 'Contact', code: null },
    { object: 'Lead', code: 'SYNC_PERSON_IS_CONTACT' },
  ]);
  expect((await world.run('outbound')).counts).toMatchObject({ created: 0, updated: 0, linked: 0 });
});

test('a run inbound creates the leads of some pages while it waits for the next', async () => {
  await world.platform.control('load', { contacts: 1_100 });
  const [first] = (await world.people()).contacts;
  await world.ask('create_lead', first?.id ?? '');
  // Ten pages of a hundred are stored together; this is the eleventh.
  const page = calls.hold('before it is sent', /^GET .*\/contacts\?orders.*id_greater=1000&.*include=/);
  const creation = calls.hold('before its answer is heard', /^(POST|PATCH) .*\/composite.*Lead/);
  const running = world.run('inbound');
  await Promise.all([page.reached, creation.reached]);
  expect(await world.query('SELECT Email FROM Lead')).toMatchObject([{ Email: first?.email }]);
  creation.release();
  page.release();
  expect(await running).toMatchObject({ state: 'succeeded', counts: { created: 1 } });
});
