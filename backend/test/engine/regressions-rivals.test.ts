import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const status = 'ActiveCampaign_Sync_Status__c';
const id = 'ActiveCampaign_ID__c';
const taken = 'Failed: email used by another record';
const synced = 'Synced successfully';

async function statusOf(lead: string): Promise<unknown> {
  const [record] = await world.query(`SELECT ${status} FROM Lead WHERE Id = '${lead}'`);
  return record?.[status];
}

/** Two leads that are synced, with the ids of their contacts. */
async function two(): Promise<{ lead: string; contact: string }[]> {
  const leads = [
    await world.lead({ Email: 'a@acme.example' }),
    await world.lead({ Email: 'b@acme.example' }),
  ];
  await world.run('outbound');
  const contacts = [await world.person('a@acme.example'), await world.person('b@acme.example')];
  return leads.map((lead, index) => ({ lead, contact: contacts[index]?.id ?? '' }));
}

test('a record that was kept out by another one enters when that one has a new address', async () => {
  const first = await world.lead({ Email: 'ana@acme.example' });
  const second = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  expect(await statusOf(second)).toBe(taken);
  await world.change('Lead', first, { Email: 'other@acme.example' });
  await world.run('outbound');
  expect(await statusOf(second)).toBe(synced);
  expect((await world.person('ana@acme.example')).id).not.toBe((await world.person('other@acme.example')).id);
  expect((await world.run('outbound')).outcomes).toEqual([]);
});

test('a new address that a stranger had is taken over when the stranger lets go of it', async () => {
  const [one] = await two();
  const stranger = await world.createPerson({ email: 'new@acme.example' });
  const gone = await world.createPerson({ email: 'gone@acme.example' });
  await world.change('Lead', one?.lead ?? '', { Email: 'new@acme.example' });
  await world.run('outbound');
  expect(await statusOf(one?.lead ?? '')).toBe(taken);
  expect((await world.run('outbound')).outcomes).toEqual([]);
  await world.changePerson(stranger, { email: 'stranger@acme.example' });
  await world.run('outbound');
  expect((await world.person('new@acme.example')).id).toBe(one?.contact);
  await world.change('Lead', one?.lead ?? '', { Email: 'gone@acme.example' });
  await world.run('outbound');
  await world.onPlatform('DELETE', `/contacts/${gone}`);
  await world.run('outbound');
  expect((await world.person('gone@acme.example')).id).toBe(one?.contact);
  expect(await statusOf(one?.lead ?? '')).toBe(synced);
});

test.each(['at once', 'one after the other'])('two people exchange their addresses %s', async (how) => {
  const [one, other] = await two();
  await world.change('Lead', one?.lead ?? '', { Email: 'b@acme.example' });
  if (how !== 'at once') await world.run('outbound');
  await world.change('Lead', other?.lead ?? '', { Email: 'a@acme.example' });
  await world.run('outbound');
  expect((await world.person('a@acme.example')).id).toBe(other?.contact);
  expect((await world.person('b@acme.example')).id).toBe(one?.contact);
  await world.run('inbound');
  expect(await world.query(`SELECT Email, ${status} FROM Lead ORDER BY Email`)).toMatchObject([
    { Email: 'a@acme.example', [status]: synced },
    { Email: 'b@acme.example', [status]: synced },
  ]);
  expect((await world.run('outbound')).outcomes).toEqual([]);
});

test('of merged records the survivor with the other one’s address goes on with the contact that has it', async () => {
  const [one, other] = await two();
  await world.salesforce.control('merge', {
    object: 'Lead',
    masterId: one?.lead,
    loserIds: [other?.lead],
    values: { Email: 'b@acme.example', FirstName: 'Bea' },
  });
  await world.run('outbound');
  await world.run('inbound');
  expect(await world.query(`SELECT Id, Email, ${status}, ${id} FROM Lead`)).toMatchObject([
    { Id: one?.lead, Email: 'b@acme.example', [status]: synced, [id]: other?.contact },
  ]);
  expect(await world.person('b@acme.example')).toMatchObject({ id: other?.contact, firstName: 'Bea' });
  expect((await world.person('a@acme.example')).id).toBe(one?.contact);
  expect((await world.run('outbound')).outcomes).toEqual([]);
});

test('a Contact under an address that a Lead has given up becomes somebody else, and no opt-out is lost', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  const { id: contact } = await world.person('ana@acme.example');
  await world.change('Lead', lead, { Email: 'new@acme.example' });
  await world.contact({ Email: 'ana@acme.example', HasOptedOutOfEmail: true });
  await world.run('outbound');
  await world.run('inbound');
  expect((await world.person('new@acme.example')).id).toBe(contact);
  expect((await world.person('ana@acme.example')).id).not.toBe(contact);
  expect(await world.query('SELECT Email, HasOptedOutOfEmail FROM Contact')).toMatchObject([
    { Email: 'ana@acme.example', HasOptedOutOfEmail: true },
  ]);
  expect(await world.query('SELECT Email, HasOptedOutOfEmail FROM Lead')).toMatchObject([
    { Email: 'new@acme.example', HasOptedOutOfEmail: false },
  ]);
});

test('a Lead whose contact a converted Lead shows for ever is kept out, and says so', async () => {
  const [one] = await two();
  const heir = await world.contact({ Email: 'heir@acme.example' });
  const rival = await world.lead({ Email: 'a@acme.example' });
  await world.run('outbound');
  await world.salesforce.control('convert', { leadId: one?.lead, contactId: heir });
  await world.run('outbound');
  await world.run('outbound');
  expect(await statusOf(rival)).toBe(taken);
  expect(await world.links()).toContainEqual(
    expect.objectContaining({ salesforce_id: rival, state: 'candidate', platform_id: null }),
  );
  expect((await world.run('outbound')).outcomes).toEqual([]);
});
