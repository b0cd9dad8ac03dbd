import { expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { cutsOf, expectSurvived, unharmed, type Scenario } from '../support/kill-points.ts';
import { createKillWorld } from '../support/kill-world.ts';

/** A first sync: imports, people who are known on both sides already, accounts, and people to be created in Salesforce. */
const firstSync: Scenario = async (world) => {
  const acme = await world.create('Account', { Name: 'Acme' });
  const person = { FirstName: 'Ana', Phone: '1' };
  await world.create('Contact', {
    ...person,
    LastName: 'Ruiz',
    Email: 'ana@acme.example',
    AccountId: acme,
  });
  await world.create('Contact', {
    LastName: 'Bosch',
    Email: 'bo@acme.example',
    AccountId: acme,
    Phone: '2',
  });
  await world.create('Lead', { ...person, LastName: 'Lund', Email: 'lu@beta.example', Company: 'Beta' });
  await world.create('Lead', { LastName: 'Moe', Email: 'mo@beta.example', Company: 'Beta' });
  // Known on both sides: one value differs, one is missing on each side.
  await world.create('Lead', { LastName: 'Noor', Email: 'no@gamma.example', Company: 'Gamma', Phone: '3' });
  await world.createPerson({
    email: 'no@gamma.example',
    firstName: 'Nora',
    lastName: 'Noor-Berg',
    phone: '4',
  });
  const eva = await world.createPerson({ email: 'eva@delta.example', firstName: 'Eva', lastName: 'Gil' });
  const ivo = await world.createPerson({ email: 'ivo@delta.example', lastName: 'Horvat', phone: '5' });
  await world.employ(ivo, 'Delta');
  await world.ask('create_lead', eva);
  await world.ask('create_contact', ivo);
};

const world = await createKillWorld(await createTestDatabase());
const expected = await unharmed(world, firstSync);
const { cuts, effects } = await cutsOf(world, firstSync);

test('the sync that is cut does everything that there is to do', () => {
  expect(expected).toMatchObject({
    problems: [],
    platform: expect.arrayContaining([
      expect.objectContaining({ email: 'ana@acme.example', phone: '1', accounts: ['Acme'] }),
      expect.objectContaining({ email: 'no@gamma.example', firstName: 'Nora', phone: '3' }),
      expect.objectContaining({ email: 'ivo@delta.example', tags: ['added-to-salesforce-contact'] }),
    ]),
    accounts: ['Acme', 'Beta', 'Delta', 'Gamma'],
    leads: expect.arrayContaining([
      expect.objectContaining({ Email: 'no@gamma.example', FirstName: 'Nora', Phone: '3' }),
      expect.objectContaining({ Email: 'eva@delta.example', linkedTo: 'eva@delta.example' }),
    ]),
    contacts: expect.arrayContaining([
      expect.objectContaining({
        Email: 'ivo@delta.example',
        Account: expect.objectContaining({ Name: 'Delta' }),
      }),
    ]),
  });
  expect(effects).toEqual(
    expect.arrayContaining([
      'answer POST /api/3/import/bulk_import',
      'answer PATCH /services/data/v67.0/composite/sobjects',
      'answer POST /api/3/contactTags',
      expect.stringMatching(/^answer PATCH .*\/Account\/ActiveCampaign_ID__c$/),
      expect.stringMatching(/^answer PATCH .*\/Contact\/ActiveCampaign_ID__c$/),
      expect.stringMatching(/^answer PATCH .*\/Lead\/ActiveCampaign_ID__c$/),
    ]),
  );
});

test.each(cuts)('invariant 7: a first sync dies at point $at, $where', async (cut) => {
  await expectSurvived(world, firstSync, cut, expected);
});
