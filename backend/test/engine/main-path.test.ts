import { beforeEach, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

test('a lead becomes a contact of the platform and carries status and id', async () => {
  const id = await world.lead({
    FirstName: 'Ana',
    LastName: 'Ruiz',
    Company: 'Acme',
    Email: 'ana@acme.example',
    Phone: '555',
  });
  const run = await world.run('outbound');
  expect(run.error).toBeNull();
  expect(run.outcomes).toMatchObject([{ object: 'Lead', salesforceId: id, kind: 'created' }]);
  const person = await world.person('ana@acme.example');
  expect(person).toMatchObject({ firstName: 'Ana', lastName: 'Ruiz', phone: '555' });
  const [lead] = await world.query(
    `SELECT ActiveCampaign_Sync_Status__c, ActiveCampaign_ID__c FROM Lead WHERE Id = '${id}'`,
  );
  expect(lead).toMatchObject({
    ActiveCampaign_Sync_Status__c: 'Synced successfully',
    ActiveCampaign_ID__c: person.id,
  });
});

test('people whom a first read brought fire no automations, whichever run writes them; those who follow do', async () => {
  await world.lead({ Email: 'ana@acme.example' });
  await world.run('inbound');
  await world.platform.forgetCalls();
  await world.run('outbound');
  expect(await world.platform.calls()).toMatchObject({ 'POST /api/3/import/bulk_import': 1 });
  await world.lead({ Email: 'ben@acme.example' });
  await world.run('inbound');
  await world.platform.forgetCalls();
  await world.run('outbound');
  const calls = await world.platform.calls();
  expect(calls).toMatchObject({ 'POST /api/3/contact/sync': 1 });
  expect(calls).not.toHaveProperty('POST /api/3/import/bulk_import');
});

test('edits travel both ways, and then a run has nothing to do', async () => {
  const id = await world.lead({
    FirstName: 'Ana',
    LastName: 'Ruiz',
    Company: 'Acme',
    Email: 'ana@acme.example',
    Phone: '555',
  });
  await world.run('outbound');
  const person = await world.person('ana@acme.example');
  await world.change('Lead', id, { Phone: '777' });
  const out = await world.run('outbound');
  expect(out.outcomes).toMatchObject([{ kind: 'updated', written: ['phone'] }]);
  expect(await world.onPlatform('GET', `/contacts/${person.id}`)).toMatchObject({
    contact: { phone: '777' },
  });

  await world.changePerson(person.id, { firstName: 'Anna' });
  const back = await world.run('inbound');
  expect(back.outcomes).toMatchObject([{ kind: 'updated', written: ['firstName'] }]);
  expect(await world.query(`SELECT FirstName, Phone FROM Lead WHERE Id = '${id}'`)).toMatchObject([
    { FirstName: 'Anna', Phone: '777' },
  ]);

  await world.run('outbound');
  await world.run('inbound');
  const idle = await world.run('outbound');
  expect(idle.outcomes).toEqual([]);
  expect(idle.calls.salesforce).toBeLessThanOrEqual(4);
});
