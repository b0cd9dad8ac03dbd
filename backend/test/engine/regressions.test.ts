import { beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const accountsSchema = z.object({ accounts: z.array(z.object({ id: z.string(), name: z.string() })) });
const marks = 'ActiveCampaign_Sync_Status__c';

async function both(): Promise<void> {
  await world.run('outbound');
  await world.run('inbound');
}

async function account(name: string): Promise<string> {
  const { accounts } = accountsSchema.parse(await world.onPlatform('GET', '/accounts?limit=100'));
  return accounts.find((one) => one.name === name)?.id ?? '';
}

test('an account deleted on the platform takes nobody’s account away in Salesforce', async () => {
  const accountId = await world.account({ Name: 'Gone' });
  await world.contact({ Email: 'ana@acme.example', AccountId: accountId });
  await both();
  await world.onPlatform('DELETE', `/accounts/${await account('Gone')}`);
  await both();
  expect(await world.query('SELECT AccountId FROM Contact')).toMatchObject([{ AccountId: accountId }]);
});

test('a new name of an account that two Salesforce accounts share moves nobody', async () => {
  const first = await world.account({ Name: 'Same' });
  const second = await world.account({ Name: 'Same' });
  await world.contact({ Email: 'a@acme.example', AccountId: first, LastName: 'A' });
  await world.contact({ Email: 'b@acme.example', AccountId: second, LastName: 'B' });
  await both();
  await world.onPlatform('PUT', `/accounts/${await account('Same')}`, { account: { name: 'Renamed' } });
  await both();
  expect(await world.query('SELECT AccountId FROM Contact ORDER BY LastName')).toMatchObject([
    { AccountId: first },
    { AccountId: second },
  ]);
});

test('a lead whose contact carries the link says so when somebody flags it', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.contact({ Email: 'ana@acme.example' });
  await both();
  await world.change('Lead', lead, { [marks]: 'Waiting for next sync' });
  await world.run('outbound');
  expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
    { [marks]: 'Failed: email used by another record' },
  ]);
});

test('a record whose contact was deleted says so again when somebody flags it', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.onPlatform('DELETE', `/contacts/${(await world.person('ana@acme.example')).id}`);
  await world.change('Lead', lead, { Phone: '1' });
  await world.run('outbound');
  await world.change('Lead', lead, { [marks]: 'Waiting for next sync' });
  await world.run('outbound');
  expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
    { [marks]: 'Stopped: record deleted' },
  ]);
});

test('an email that was emptied is told as a missing email', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.change('Lead', lead, { Email: null });
  await both();
  expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
    { [marks]: 'Failed: no email address' },
  ]);
});
