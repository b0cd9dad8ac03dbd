import { beforeEach, expect, test } from '@jest/globals';
import { runWithOutcomesSchema } from '../../src/schemas/run.ts';
import { createTestDatabase } from '../support/database.ts';
import { HeldCalls, type HeldCall } from '../support/held-calls.ts';
import { createWorld } from '../support/world.ts';

const calls = new HeldCalls();
const testDatabase = await createTestDatabase();
const world = await createWorld(testDatabase);
beforeEach(() => world.reset());

/** As many as it takes to write them by an import. */
const emails = Array.from({ length: 12 }, (_, index) => `person${index}@acme.example`);

/** Contacts are looked at once more before they are written. */
const lookAgain = /^GET .*\/contacts\?ids/;

/** Edits all leads and has a run of the other direction see another edit of the first, just before it is written. */
async function overtakeFirst(change: Record<string, unknown>) {
  const leads: string[] = [];
  for (const Email of emails) leads.push(await world.lead({ Email }));
  await world.run('outbound');
  for (const id of leads) await world.change('Lead', id, { Phone: '1' });
  const [first = ''] = leads;
  const look = calls.hold('before its answer is heard', lookAgain);
  const running = world.run('outbound');
  await look.reached;
  await world.change('Lead', first, change);
  await world.run('inbound');
  look.release();
  return { first, run: await running };
}

/** The id of an outbound run that is yet to be carried out. */
async function askForRun(): Promise<string> {
  const { json } = await world.call('POST', '/v1/runs', { direction: 'outbound' });
  return runWithOutcomesSchema.pick({ id: true }).parse(json).id;
}

test('a write that another batch overtook is told of by what became of its record in the same run', async () => {
  const { first, run } = await overtakeFirst({ Phone: '2' });
  expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 12, skipped: 0 } });
  expect(run.outcomes.filter(({ salesforceId }) => salesforceId === first)).toMatchObject([
    { kind: 'updated' },
  ]);
  expect((await world.person('person0@acme.example')).phone).toBe('2');
});

test('an overtaken write of which nothing is left to do is told of as left out', async () => {
  const { first, run } = await overtakeFirst({ Phone: null });
  expect(run).toMatchObject({ state: 'succeeded', counts: { updated: 11, skipped: 1 } });
  expect(run.outcomes.filter(({ salesforceId }) => salesforceId === first)).toMatchObject([
    { kind: 'skipped', code: 'SYNC_PLATFORM_WRITE_OVERTAKEN' },
  ]);
});

test('a write that another batch overtook asks for no other look, which might overtake the next try, and so on', async () => {
  const { run } = await overtakeFirst({ Phone: null });
  expect(run.counts.skipped).toBe(1);
  const looks = await testDatabase.asOwner(`SELECT reason FROM "${testDatabase.schema}".hint`);
  expect(looks).toEqual([]);
});

test('a contact that another batch linked meanwhile is not taken from its record, though its account fails here', async () => {
  // The first, complete read goes by imports; those who come later are written one by one.
  await world.run('outbound');
  const nova = await world.account({ Name: 'Nova' });
  const contact = await world.contact({ Email: 'ana@acme.example', AccountId: nova });
  const write = calls.hold('before it is sent', /^POST .*\/contact\/sync/);
  const running = world.run('outbound');
  await write.reached;
  const id = await world.createPerson({ email: 'ana@acme.example', lastName: 'Ruiz' });
  await world.ask('create_lead', id);
  await world.run('inbound');
  await world.platform.control('faults', [{ match: 'POST /api/3/accountContacts', status: 422, times: 1 }]);
  write.release();
  expect((await running).state).toBe('succeeded');
  await world.run('outbound');
  await world.run('inbound');
  expect(await world.links()).toMatchObject([
    { object: 'Contact', platform_id: id, salesforce_id: contact, state: 'linked' },
    { object: 'Lead', platform_id: id, state: 'superseded' },
  ]);
});

test('a look at a record that another batch overtook, with nothing to be written, asks for no other look', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.change('Lead', lead, { ActiveCampaign_Sync_Status__c: 'Waiting for next sync' });
  const look = calls.hold('before its answer is heard', lookAgain);
  const running = world.run('outbound');
  await look.reached;
  await world.change('Lead', lead, { Phone: '1' });
  await world.run('inbound');
  look.release();
  expect((await running).state).toBe('succeeded');
  expect((await world.person('ana@acme.example')).phone).toBe('1');
  expect(await testDatabase.asOwner(`SELECT reason FROM "${testDatabase.schema}".hint`)).toEqual([]);
});

test('a request whose record became somebody else’s just before it was written is answered by a record of its own', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  const ana = await world.person('ana@acme.example');
  const contact = await world.contact({ Email: 'ana@acme.example' });
  await world.ask('create_contact', ana.id);
  const write = calls.hold('before it is sent', /^PATCH .*"Contact"/);
  const running = world.run('inbound');
  await write.reached;
  await world.change('Contact', contact, { Email: 'bea@acme.example' });
  await world.run('outbound');
  const bea = await world.person('bea@acme.example');
  write.release();
  expect((await running).outcomes).toMatchObject([{ kind: 'failed', code: 'SYNC_SALESFORCE_RECORD_TAKEN' }]);
  // Meanwhile the Lead goes on.
  await world.change('Lead', lead, { Phone: '1' });
  await world.run('outbound');
  expect(await world.person('ana@acme.example')).toMatchObject({ phone: '1' });
  world.pass(60_000);
  await world.run('inbound');
  const shown = 'SELECT Email, Phone, ActiveCampaign_ID__c FROM Contact ORDER BY Email';
  expect(await world.query(shown)).toMatchObject([
    { Email: 'ana@acme.example', Phone: '1', ActiveCampaign_ID__c: ana.id },
    { Email: 'bea@acme.example', Phone: null, ActiveCampaign_ID__c: bea.id },
  ]);
  expect(await world.links()).toMatchObject([
    { object: 'Lead', state: 'superseded' },
    { object: 'Contact', salesforce_id: contact, platform_id: bea.id, state: 'linked' },
    { object: 'Contact', platform_id: ana.id, state: 'linked' },
  ]);
});

test('an edit that a creation went over, because another run met the person meanwhile, is told as a conflict', async () => {
  // The first, complete read goes by imports; those who come later are written one by one.
  await world.run('outbound');
  const lead = await world.lead({ Email: 'ana@acme.example', LastName: 'Soto' });
  const write = calls.hold('before it is sent', /^POST .*\/contact\/sync/);
  const running = world.run('outbound');
  await write.reached;
  const id = await world.createPerson({ email: 'ana@acme.example', lastName: 'Ruiz', phone: '1' });
  await world.ask('create_lead', id);
  await world.run('inbound');
  write.release();
  await running;
  await world.run('inbound');
  await world.run('outbound');
  expect(await world.person('ana@acme.example')).toMatchObject({ lastName: 'Soto', phone: '1' });
  expect(await world.query(`SELECT LastName, Phone FROM Lead WHERE Id = '${lead}'`)).toMatchObject([
    { LastName: 'Soto', Phone: '1' },
  ]);
  expect(await world.conflicts()).toMatchObject([
    {
      platformField: 'lastName',
      reason: 'both_changed',
      winner: 'salesforce',
      salesforce: 'Soto',
      platform: 'Ruiz',
    },
  ]);
});

/** A marketer creates the person of a contact while a run's call is held: they meet, and no value goes without a word. */
async function expectMeeting(
  contact: { readonly id: string; readonly email: string },
  { held, running, created }: { held: HeldCall; running: ReturnType<typeof world.run>; created: number },
): Promise<void> {
  await held.reached;
  const id = await world.createPerson({ email: contact.email, lastName: 'Ruiz', phone: '1' });
  await world.run('inbound');
  held.release();
  expect(await running).toMatchObject({ state: 'succeeded', counts: { created, linked: 1 } });
  await world.run('inbound');
  expect(await world.conflicts()).toMatchObject([
    { platformField: 'lastName', salesforce: 'Soto', platform: 'Ruiz', winner: 'salesforce' },
  ]);
  expect(
    await world.query(`SELECT ActiveCampaign_ID__c, Phone FROM Contact WHERE Id = '${contact.id}'`),
  ).toMatchObject([{ ActiveCampaign_ID__c: id, Phone: '1' }]);
}

test('somebody who came to be known while a creation waited for its turn is met, not written over', async () => {
  await world.run('outbound');
  await world.contact({ Email: 'first@acme.example' });
  const email = 'second@acme.example';
  const id = await world.contact({ Email: email, LastName: 'Soto' });
  const held = calls.hold('before its answer is heard', /^POST .*\/contact\/sync .*first@/);
  await expectMeeting({ id, email }, { held, running: world.run('outbound'), created: 1 });
});

test('so is somebody who came to be known while a creation that was too much waits to be repeated', async () => {
  await world.run('outbound');
  const email = 'ana@acme.example';
  const id = await world.contact({ Email: email, LastName: 'Soto' });
  await world.platform.control('faults', [{ match: 'POST /api/3/contact/sync', status: 429, times: 1 }]);
  const held = calls.hold('before its answer is heard', /^POST .*\/contact\/sync/);
  await expectMeeting({ id, email }, { held, running: world.run('outbound'), created: 0 });
});

test.each([
  { name: 'set back', phone: '1' },
  { name: 'edited again', phone: '3' },
])(
  'a value that is $name after a write of which nobody heard the answer stays so, and that write is nobody’s edit',
  async ({ phone }) => {
    const lead = await world.lead({ Email: 'ana@acme.example', Phone: '1' });
    await world.run('outbound');
    await world.change('Lead', lead, { Phone: '2' });
    const write = calls.hold('before its answer is heard', /^PUT .*\/contacts\/\d+/);
    const id = await askForRun();
    const dying = world.work([{ id }]);
    await write.reached;
    await world.change('Lead', lead, { Phone: phone });
    world.pass(60_000);
    await world.work([{ id }]);
    await world.run('inbound');
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe(phone);
    expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: phone }]);
    expect(await world.conflicts()).toEqual([]);
    write.release();
    await dying;
  },
);

test('so is an account’s name that is set back after such a write', async () => {
  const name = { salesforce: 'Name', platform: 'name', direction: 'both', policy: 'salesforce' } as const;
  await world.map({ object: 'Account', enabled: true, fields: [{ ...name, emptyWins: false }] });
  const account = await world.account({ Name: 'Nova' });
  await world.contact({ Email: 'ana@nova.example', AccountId: account });
  await world.run('outbound');
  await world.change('Account', account, { Name: 'Nova Ltd' });
  const write = calls.hold('before its answer is heard', /^PUT .*\/accounts\/\d+/);
  const id = await askForRun();
  const dying = world.work([{ id }]);
  await write.reached;
  await world.change('Account', account, { Name: 'Nova' });
  world.pass(60_000);
  await world.work([{ id }]);
  await world.run('inbound');
  await world.run('outbound');
  expect(await world.query('SELECT Name FROM Account')).toMatchObject([{ Name: 'Nova' }]);
  expect(await world.onPlatform('GET', '/accounts')).toMatchObject({ accounts: [{ name: 'Nova' }] });
  write.release();
  await dying;
});
