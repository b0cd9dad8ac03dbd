import { expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { cutsOf, expectSurvived, unharmed, type Scenario } from '../support/kill-points.ts';
import { createKillWorld } from '../support/kill-world.ts';
import { Mortal } from '../support/mortal.ts';

/** Edits of a day on both sides of people who are linked, new people on both, and an account that gets another name. */
const liveSync: Scenario = async (world) => {
  const acme = await world.create('Account', { Name: 'Acme' });
  const ana = await world.create('Contact', { LastName: 'Ruiz', Email: 'ana@acme.example', AccountId: acme });
  const lu = await world.create('Lead', {
    LastName: 'Lund',
    Email: 'lu@beta.example',
    Company: 'Beta',
    Phone: '1',
  });
  const mo = await world.create('Lead', { LastName: 'Moe', Email: 'mo@beta.example', Company: 'Beta' });
  await world.sync(new Mortal());
  const [person] = await world.query(`SELECT ActiveCampaign_ID__c FROM Lead WHERE Id = '${mo}'`);

  await world.change('Contact', ana, { Phone: '2', FirstName: 'Ana' });
  await world.change('Lead', lu, { Email: 'lu.lund@beta.example', Phone: '3' });
  await world.change('Account', acme, { Name: 'Acme Corporation' });
  await world.onPlatform('PUT', `/contacts/${String(person?.ActiveCampaign_ID__c)}`, {
    contact: { firstName: 'Mona', phone: '4' },
  });
  await world.create('Lead', { LastName: 'Pohl', Email: 'po@beta.example', Company: 'Beta' });
  const eva = await world.createPerson({ email: 'eva@delta.example', firstName: 'Eva', lastName: 'Gil' });
  await world.ask('create_lead', eva);
};

const world = await createKillWorld(await createTestDatabase());
const expected = await unharmed(world, liveSync);
const { cuts, effects } = await cutsOf(world, liveSync);

test('the sync that is cut does everything that there is to do', () => {
  expect(expected).toMatchObject({
    problems: [],
    platform: expect.arrayContaining([
      expect.objectContaining({ email: 'ana@acme.example', firstName: 'Ana', phone: '2' }),
      expect.objectContaining({ email: 'lu.lund@beta.example', phone: '3' }),
      expect.objectContaining({ email: 'mo@beta.example', firstName: 'Mona' }),
      expect.objectContaining({ email: 'po@beta.example', tags: ['created-from-salesforce-lead'] }),
      expect.objectContaining({ email: 'eva@delta.example', tags: ['added-to-salesforce-lead'] }),
    ]),
    accounts: ['Acme Corporation', 'Beta'],
    leads: expect.arrayContaining([
      expect.objectContaining({ Email: 'mo@beta.example', FirstName: 'Mona', Phone: '4' }),
      expect.objectContaining({ Email: 'eva@delta.example', linkedTo: 'eva@delta.example' }),
    ]),
  });
  expect(effects).toEqual(
    expect.arrayContaining([
      'answer POST /api/3/contact/sync',
      expect.stringMatching(/^answer PUT \/api\/3\/contacts\//),
      expect.stringMatching(/^answer PUT \/api\/3\/accounts\//),
      'answer PATCH /services/data/v67.0/composite/sobjects',
      'answer POST /api/3/contactTags',
    ]),
  );
});

test.each(cuts)('invariant 7: a sync of changes dies at point $at, $where', async (cut) => {
  await expectSurvived(world, liveSync, cut, expected);
});
