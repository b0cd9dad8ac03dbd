import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

/** Calls that read contacts, by route. */
async function contactReads(): Promise<number> {
  const calls = await world.platform.calls();
  return Object.entries(calls).reduce(
    (sum, [route, count]) => (/^GET .*\/contacts$/.test(route) ? sum + count : sum),
    0,
  );
}

/** Makes Salesforce refuse a Lead of this address. */
async function refuseAna(): Promise<void> {
  await world.salesforce.control('validation-rules', [
    {
      name: 'no_ana',
      object: 'Lead',
      when: [{ field: 'Email', operator: 'equals', value: 'ana@acme.example' }],
      message: 'Not this one.',
    },
  ]);
}

test('contacts that are asked for are read once, by the page that they stand on', async () => {
  for (const name of ['ana', 'ben', 'cleo']) {
    await world.ask('create_lead', await world.createPerson({ email: `${name}@acme.example` }));
  }
  await world.platform.forgetCalls();
  await world.run('inbound');
  expect(await contactReads()).toBe(1);
  expect(await world.query('SELECT Email FROM Lead ORDER BY Email')).toMatchObject([
    { Email: 'ana@acme.example' },
    { Email: 'ben@acme.example' },
    { Email: 'cleo@acme.example' },
  ]);
});

test('a contact that did not change lately is read when it is asked for', async () => {
  const id = await world.createPerson({ email: 'ana@acme.example' });
  await world.run('inbound');
  await world.run('inbound');
  await world.ask('create_lead', id);
  await world.run('inbound');
  expect(await world.query('SELECT Email FROM Lead')).toMatchObject([{ Email: 'ana@acme.example' }]);
});

test('somebody who is asked for again, and edited, before the lead is created gets one lead', async () => {
  const id = await world.createPerson({ email: 'ana@acme.example' });
  await world.ask('create_lead', id);
  await world.run('outbound');
  await world.changePerson(id, { phone: '+34 600 000 001' });
  await world.ask('create_lead', id);
  expect(await world.run('inbound')).toMatchObject({
    state: 'succeeded',
    counts: { created: 1, updated: 0, linked: 0, failed: 0 },
  });
  expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '+34 600 000 001' }]);
  expect(await world.links()).toMatchObject([{ object: 'Lead', state: 'linked' }]);
});

test('a lead that is about to be synced is the one that is asked for under its address', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.ask('create_lead', await world.createPerson({ email: 'ana@acme.example' }));
  await world.run('inbound');
  await world.run('outbound');
  expect(await world.query('SELECT Id FROM Lead')).toMatchObject([{ Id: lead }]);
  expect(await world.links()).toMatchObject([{ object: 'Lead', state: 'linked', salesforce_id: lead }]);
});

test('people are looked for in Salesforce by as many queries as their addresses need', async () => {
  const emails = Array.from({ length: 200 }, (_, index) => `${'somebody.'.repeat(6)}${index}@acme.example`);
  const records = emails.map((Email) => ({
    attributes: { type: 'Lead' },
    LastName: 'Ruiz',
    Company: 'Acme',
    Email,
  }));
  await world.inSalesforce('POST', '/composite/sobjects', { records });
  for (const email of emails) await world.ask('create_lead', await world.createPerson({ email }));
  await world.run('inbound');
  expect(await world.query('SELECT COUNT(Id) n FROM Lead')).toMatchObject([{ n: 200 }]);
});

test('somebody who is asked for again after Salesforce had refused the lead is tried again', async () => {
  const id = await world.createPerson({ email: 'ana@acme.example' });
  await world.ask('create_lead', id);
  await refuseAna();
  expect((await world.run('inbound')).counts).toMatchObject({ created: 0, failed: 1 });
  await world.salesforce.control('validation-rules', []);
  expect((await world.run('inbound')).outcomes).toEqual([]);
  await world.ask('create_lead', id);
  expect((await world.run('inbound')).counts).toMatchObject({ created: 1 });
});

test('somebody who is asked for again, and was edited after Salesforce had refused the lead, is tried again', async () => {
  const id = await world.createPerson({ email: 'ana@acme.example' });
  await refuseAna();
  await world.ask('create_lead', id);
  expect((await world.run('inbound')).counts).toMatchObject({ created: 0, failed: 1 });
  await world.salesforce.control('validation-rules', []);
  await world.changePerson(id, { phone: '1' });
  await world.ask('create_lead', id);
  expect(await world.run('inbound')).toMatchObject({ state: 'succeeded', counts: { created: 1 } });
  expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '1' }]);
});

test('somebody is asked for whose lead is an old one that gave way to a deleted contact', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  const { id } = await world.person('ana@acme.example');
  await world.ask('create_contact', id);
  await world.run('inbound');
  const [contact] = await world.query('SELECT Id FROM Contact');
  expect(await world.links()).toMatchObject([
    { state: 'superseded' },
    { state: 'linked', object: 'Contact' },
  ]);
  await world.inSalesforce('DELETE', `/sobjects/Contact/${String(contact?.['Id'])}`);
  await world.run('outbound');
  await world.ask('create_lead', id);
  expect(await world.run('inbound')).toMatchObject({ state: 'succeeded' });
  expect(await world.links()).toContainEqual(
    expect.objectContaining({ object: 'Lead', state: 'linked', salesforce_id: lead, platform_id: id }),
  );
});

test('a look at a lead that is left to its open request is put off, and holds no run up', async () => {
  const id = await world.createPerson({ email: 'ana@acme.example' });
  await world.run('inbound');
  // As a process leaves it that dies before it hears of the lead that it has created.
  const lead = await world.lead({ Email: 'ana@acme.example', ActiveCampaign_ID__c: id });
  await world.ask('create_lead', id);
  expect((await world.call('POST', '/v1/records/sync', { object: 'Lead', salesforceId: lead })).status).toBe(
    202,
  );
  expect(await world.run('outbound')).toMatchObject({ state: 'succeeded' });
  await world.run('inbound');
  expect(await world.links()).toMatchObject([{ state: 'linked', salesforce_id: lead, platform_id: id }]);
});
