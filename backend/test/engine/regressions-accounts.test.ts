import { beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
const row = { direction: 'both', policy: 'salesforce', emptyWins: false } as const;
beforeEach(async () => {
  await world.reset();
  await world.map({
    object: 'Account',
    enabled: true,
    fields: [
      { ...row, salesforce: 'Name', platform: 'name' },
      { ...row, salesforce: 'Website', platform: 'accountUrl' },
    ],
  });
});

const status = 'ActiveCampaign_Sync_Status__c';
const relation = 'ActiveCampaign_Relation_Sync_Status__c';
const accountsSchema = z.object({
  accounts: z.array(z.object({ id: z.string(), name: z.string(), accountUrl: z.string().nullable() })),
});

async function accounts(): Promise<z.infer<typeof accountsSchema>['accounts']> {
  return accountsSchema.parse(await world.onPlatform('GET', '/accounts?limit=100')).accounts;
}

/** An Account with one synced person. @returns its ids on both sides */
async function syncedAccount(fields: Record<string, unknown>): Promise<{ id: string; platformId: string }> {
  const id = await world.account(fields);
  await world.contact({ Email: 'ana@acme.example', AccountId: id });
  await world.run('outbound');
  const [account] = await accounts();
  return { id, platformId: account?.id ?? '' };
}

function rename(platformId: string, accountUrl: string): Promise<unknown> {
  return world.onPlatform('PUT', `/accounts/${platformId}`, { account: { accountUrl } });
}

test('the value that gives way when both sides changed an account stands in the conflict log', async () => {
  const { id, platformId } = await syncedAccount({ Name: 'Acme', Website: 'https://old.example' });
  await world.change('Account', id, { Website: 'https://sf.example' });
  await rename(platformId, 'https://ac.example');
  await world.run('outbound');
  expect(await accounts()).toMatchObject([{ accountUrl: 'https://sf.example' }]);
  expect(await world.conflicts()).toMatchObject([
    { platformField: 'accountUrl', winner: 'salesforce', platform: 'https://ac.example', state: 'settled' },
  ]);
});

test('an account’s field that is written back and forth is parked', async () => {
  const { id, platformId } = await syncedAccount({ Name: 'Acme', Website: 'https://a.example' });
  for (let turn = 0; turn < 5; turn += 1) {
    await rename(platformId, 'https://b.example');
    await world.run('inbound');
    await world.change('Account', id, { Website: 'https://a.example' });
    await world.run('outbound');
  }
  expect(await world.conflicts()).toMatchObject([{ platformField: 'accountUrl', state: 'open' }]);
  await world.run('outbound');
  expect(await world.query(`SELECT ${status} FROM Account`)).toMatchObject([
    { [status]: 'Waiting for a decision' },
  ]);
});

test('an account without the link names the one that has it', async () => {
  const { id } = await syncedAccount({ Name: 'Acme' });
  const second = await world.account({ Name: 'ACME' });
  await world.contact({ Email: 'b@acme.example', AccountId: second });
  await world.run('outbound');
  const [other] = await world.query(`SELECT ${relation} FROM Account WHERE Id = '${second}'`);
  expect(other?.[relation]).toContain(`“Acme” (${id})`);
});

test('an account that was deleted on the platform stops its link at the next write', async () => {
  const { id, platformId } = await syncedAccount({ Name: 'Acme' });
  await world.onPlatform('DELETE', `/accounts/${platformId}`);
  await world.change('Account', id, { Website: 'https://new.example' });
  const run = await world.run('outbound');
  expect(run.outcomes).toContainEqual(
    expect.objectContaining({ object: 'Account', kind: 'stopped', code: 'SYNC_RECORD_GONE' }),
  );
  expect(await world.query(`SELECT ${status} FROM Account`)).toMatchObject([
    { [status]: 'Stopped: record deleted' },
  ]);
});
