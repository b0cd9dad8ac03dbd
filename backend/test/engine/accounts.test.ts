import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld(await createTestDatabase());
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

async function account(fields: Record<string, unknown>): Promise<string> {
  return (await world.salesforce('POST', '/sobjects/Account', fields)).id;
}

async function accounts(): Promise<{ name: string; accountUrl: string; id: string }[]> {
  return (await world.platform('GET', '/accounts?limit=100')).accounts;
}

describe('accounts', () => {
  test("a synced contact's account exists on the platform, related, with its fields and marks", async () => {
    const accountId = await account({ Name: 'Acme', Website: 'https://acme.example' });
    await world.contact({ Email: 'ana@acme.example', AccountId: accountId });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme', accountUrl: 'https://acme.example' }]);
    const [platformAccount] = await accounts();
    const person = await world.person('ana@acme.example');
    expect(
      (await world.platform('GET', `/accountContacts?filters[contact]=${person.id}`)).accountContacts,
    ).toMatchObject([{ account: platformAccount?.id }]);
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
    const accountId = await account({ Name: 'Acme' });
    await world.contact({ Email: 'ana@acme.example', AccountId: accountId });
    await world.run('outbound');
    await world.salesforce('PATCH', `/sobjects/Account/${accountId}`, { Website: 'https://one.example' });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme', accountUrl: 'https://one.example' }]);
    const [platformAccount] = await accounts();
    await world.platform('PUT', `/accounts/${platformAccount?.id}`, {
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
    const first = await account({ Name: 'Acme' });
    await world.contact({ Email: 'a@acme.example', AccountId: first });
    await world.run('outbound');
    const second = await account({ Name: 'ACME' });
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
    const person = await world.person('b@acme.example');
    expect(
      (await world.platform('GET', `/accountContacts?filters[contact]=${person.id}`)).accountContacts,
    ).toHaveLength(1);
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });

  test('a contact created from the platform brings its account to Salesforce once', async () => {
    const created = await world.platform('POST', '/accounts', { account: { name: 'Nova' } });
    for (const email of ['x@nova.example', 'y@nova.example']) {
      const { contact } = await world.platform('POST', '/contacts', { contact: { email, lastName: 'Gil' } });
      await world.platform('POST', '/accountContacts', {
        accountContact: { contact: contact.id, account: created.account.id },
      });
      await world.point('create_contact', contact.id);
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
    await world.lead({ Email: 'ana@acme.example', Company: 'Acme' });
    await world.run('outbound');
    expect(await accounts()).toMatchObject([{ name: 'Acme' }]);
    await world.salesforce('PATCH', `/sobjects/Lead/${(await world.query('SELECT Id FROM Lead'))[0].Id}`, {
      Company: 'Beta',
    });
    await world.run('outbound');
    const person = await world.person('ana@acme.example');
    const [relation] = (await world.platform('GET', `/accountContacts?filters[contact]=${person.id}`))
      .accountContacts;
    expect((await accounts()).find((one) => one.id === relation.account)?.name).toBe('Beta');
  });
});
