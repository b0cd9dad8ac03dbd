import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { HeldCalls } from '../support/held-calls.ts';
import { createWorld } from '../support/world.ts';

const calls = new HeldCalls();
const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

interface Meeting {
  readonly write: { readonly direction: 'outbound' | 'inbound'; readonly call: RegExp };
  readonly read: { readonly direction: 'outbound' | 'inbound'; readonly call: RegExp };
  /** What somebody does before the read, so that the record stands on the page. */
  readonly edit: () => Promise<unknown>;
}

/**
 * One run reads a record that another one is about to write, and hears of it after the other's answer.
 * @returns which fields the run that read wrote to the other side
 */
async function meet({ write, read, edit }: Meeting): Promise<string[]> {
  const writing = calls.hold('before it is sent', write.call);
  const writer = world.run(write.direction);
  await writing.reached;
  await edit();
  const reading = calls.hold('before its answer is heard', read.call);
  const reader = world.run(read.direction);
  await reading.reached;
  writing.release();
  expect(await writer).toMatchObject({ state: 'succeeded' });
  reading.release();
  const { state, outcomes } = await reader;
  expect(state).toBe('succeeded');
  return outcomes.flatMap(({ written }) => written);
}

/** Three runs, after which nothing is left to do. */
async function settle(): Promise<void> {
  for (const direction of ['outbound', 'inbound', 'outbound'] as const) await world.run(direction);
  expect((await world.run('inbound')).outcomes).toEqual([]);
  expect((await world.run('outbound')).outcomes).toEqual([]);
}

test('a contact that was read before it was written keeps what was written, and an edit of it travels', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example', Phone: '1', FirstName: 'A' });
  await world.run('outbound');
  const { id } = await world.person('ana@acme.example');
  await world.change('Lead', lead, { Phone: '2' });
  const written = await meet({
    write: { direction: 'outbound', call: /^PUT .*\/contacts\/.*"phone":"2"/ },
    read: { direction: 'inbound', call: /^GET .*\/contacts\?orders/ },
    edit: () => world.changePerson(id, { firstName: 'Ana' }),
  });
  expect(written).toEqual(['firstName']);
  await settle();
  expect(await world.person('ana@acme.example')).toMatchObject({ phone: '2', firstName: 'Ana' });
  expect(await world.query('SELECT Phone, FirstName FROM Lead')).toMatchObject([
    { Phone: '2', FirstName: 'Ana' },
  ]);
});

test('a Salesforce record that was read before it was written keeps what was written, and an edit of it travels', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example', Phone: '1', FirstName: 'A' });
  await world.run('outbound');
  const { id } = await world.person('ana@acme.example');
  await world.changePerson(id, { phone: '2' });
  const written = await meet({
    write: { direction: 'inbound', call: /^PATCH .*"Phone":"2"/ },
    read: { direction: 'outbound', call: /^GET .*\/queryAll\?.* FROM Lead / },
    edit: () => world.change('Lead', lead, { FirstName: 'Ana' }),
  });
  expect(written).toEqual(['firstName']);
  await settle();
  expect(await world.person('ana@acme.example')).toMatchObject({ phone: '2', firstName: 'Ana' });
  expect(await world.query('SELECT Phone, FirstName FROM Lead')).toMatchObject([
    { Phone: '2', FirstName: 'Ana' },
  ]);
});

test('an account that was read before it was written keeps what was written, and an edit of it travels', async () => {
  const fields = ['name', 'accountUrl'].map((platform) => ({
    salesforce: platform === 'name' ? 'Name' : 'Website',
    platform,
    direction: 'both' as const,
    policy: 'salesforce' as const,
    emptyWins: false,
  }));
  await world.map({ object: 'Account', enabled: true, fields });
  const account = await world.account({ Name: 'Acme', Website: 'https://one.example' });
  await world.contact({ Email: 'ana@acme.example', AccountId: account });
  await world.run('outbound');
  const linked = (await world.links()).find(({ object }) => object === 'Account');
  await world.change('Account', account, { Website: 'https://two.example' });
  const written = await meet({
    write: { direction: 'outbound', call: /^PUT .*\/accounts\/.*two\.example/ },
    read: { direction: 'inbound', call: /^GET .*\/accounts\?/ },
    edit: () =>
      world.onPlatform('PUT', `/accounts/${linked?.platform_id}`, { account: { name: 'Acme Ltd' } }),
  });
  expect(written).toEqual([]);
  await settle();
  expect(await world.query('SELECT Name, Website FROM Account')).toMatchObject([
    { Name: 'Acme Ltd', Website: 'https://two.example' },
  ]);
});
