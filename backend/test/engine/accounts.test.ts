import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(async () => {
  await world.reset();
  await world.map({
    object: 'Account',
    enabled: true,
    fields: [
      { salesforce: 'Name', platform: 'name', direction: 'both', policy: 'salesforce', emptyWins: false },
      {
        salesforce: 'Website',
        platform: 'accountUrl',
        direction: 'both',
        policy: 'salesforce',
        emptyWins: false,
      },
    ],
  });
});

const accountSchema = z.object({ id: z.string(), name: z.string(), accountUrl: z.string().nullable() });
const accountsSchema = z.object({ accounts: z.array(accountSchema) });
const relationsSchema = z.object({ accountContacts: z.array(z.object({ account: z.string() })) });

/** The platform's accounts. */
async function accounts(): Promise<z.infer<typeof accountSchema>[]> {
  return accountsSchema.parse(await world.onPlatform('GET', '/accounts?limit=100')).accounts;
}

/** The accounts to which a platform contact belongs. */
async function relations(email: string): Promise<{ account: string }[]> {
  const { id } = await world.person(email);
  const found = await world.onPlatform('GET', `/accountContacts?filters[contact]=${id}`);
  return relationsSchema.parse(found).accountContacts;
}

describe('accounts', () => {
  test("a synced contact's account exists on the platform, related, with its fields and marks", async () => {
    const accountId = await world.account({ Name: 'Acme', Website: 'https://acme.example' });
    await world.contact({ Email: 'ana@acme.example', AccountId: accountId });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme', accountUrl: 'https://acme.example' }]);
    const [platformAccount] = await accounts();
    expect(await relations('ana@acme.example')).toMatchObject([{ account: platformAccount?.id }]);
    expect(
      await world.query('SELECT ActiveCampaign_ID__c, ActiveCampaign_Sync_Status__c FROM Account'),
    ).toMatchObject([
      { ActiveCampaign_ID__c: platformAccount?.id, ActiveCampaign_Sync_Status__c: 'Synced successfully' },
    ]);
    expect(await world.query('SELECT ActiveCampaign_Relation_Sync_Status__c FROM Contact')).toMatchObject([
      { ActiveCampaign_Relation_Sync_Status__c: 'In step with the account "Acme"' },
    ]);
  });

  test('account fields travel both ways', async () => {
    const accountId = await world.account({ Name: 'Acme' });
    await world.contact({ Email: 'ana@acme.example', AccountId: accountId });
    await world.run('outbound');
    await world.change('Account', accountId, { Website: 'https://one.example' });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme', accountUrl: 'https://one.example' }]);
    const [platformAccount] = await accounts();
    await world.onPlatform('PUT', `/accounts/${platformAccount?.id}`, {
      account: { name: 'Acme Corp', accountUrl: 'https://two.example' },
    });
    await world.run('inbound');
    expect(await world.query('SELECT Name, Website FROM Account')).toMatchObject([
      { Name: 'Acme Corp', Website: 'https://two.example' },
    ]);
    await world.run('outbound');
    expect(await accounts()).toHaveLength(1);
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });

  test('of two Salesforce accounts of one name the first holds the link and the other shares the relation', async () => {
    const first = await world.account({ Name: 'Acme' });
    await world.contact({ Email: 'a@acme.example', AccountId: first });
    await world.run('outbound');
    const second = await world.account({ Name: 'ACME' });
    await world.contact({ Email: 'b@acme.example', AccountId: second });
    const run = await world.run('outbound');
    expect(run.outcomes).toContainEqual(
      expect.objectContaining({
        object: 'Account',
        salesforceId: second,
        kind: 'skipped',
        code: 'SYNC_ACCOUNT_NAME_SHARED',
      }),
    );
    expect(await accounts()).toHaveLength(1);
    expect(await relations('b@acme.example')).toHaveLength(1);
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });

  test('a contact created from the platform brings its account to Salesforce once', async () => {
    await world.onPlatform('POST', '/accounts', { account: { name: 'Nova' } });
    const [nova] = await accounts();
    for (const email of ['x@nova.example', 'y@nova.example']) {
      const contact = await world.createPerson({ email, lastName: 'Gil' });
      await world.onPlatform('POST', '/accountContacts', {
        accountContact: { contact, account: nova?.id },
      });
      await world.ask('create_contact', contact);
    }
    await world.run('inbound');
    expect(await world.query('SELECT Name FROM Account')).toMatchObject([{ Name: 'Nova' }]);
    expect(await world.query('SELECT Account.Name FROM Contact')).toMatchObject([
      { Account: { Name: 'Nova' } },
      { Account: { Name: 'Nova' } },
    ]);
    await world.run('outbound');
    await world.run('inbound');
    expect((await world.run('outbound')).outcomes).toEqual([]);
    expect(await world.query('SELECT Name FROM Account')).toHaveLength(1);
  });

  test("a lead's company is the platform contact's account", async () => {
    const lead = await world.lead({ Email: 'ana@acme.example', Company: 'Acme' });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme' }]);
    await world.change('Lead', lead, { Company: 'Beta' });
    await world.run('outbound');
    const [relation] = await relations('ana@acme.example');
    expect((await accounts()).find((one) => one.id === relation?.account)?.name).toBe('Beta');
  });
});
