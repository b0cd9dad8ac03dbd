import { beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const status = 'ActiveCampaign_Sync_Status__c';
const minutes = 60_000;
const healthSchema = z.object({ state: z.string(), sentence: z.string(), code: z.string().nullable() });

/** Field-level security of the connected user. */
function allow(field: string, access: 'none' | 'read' | 'edit'): Promise<unknown> {
  return world.salesforce.control('field-access', {
    username: 'admin@sandbox.test',
    object: 'Lead',
    field,
    access,
  });
}

async function syncedLead(): Promise<{ lead: string; contact: string }> {
  const lead = await world.lead({ Email: 'ana@acme.example', FirstName: 'Ana', Phone: '1' });
  await world.run('outbound');
  return { lead, contact: (await world.person('ana@acme.example')).id };
}

test('a field that is hidden from the integration user stops no run, and goes on when it is visible', async () => {
  const { lead, contact } = await syncedLead();
  await allow('Phone', 'none');
  await world.change('Lead', lead, { FirstName: 'Eva' });
  await world.changePerson(contact, { phone: '2' });
  expect(await world.run('outbound')).toMatchObject({
    state: 'succeeded',
    error: { code: 'SYNC_SALESFORCE_FIELD_UNKNOWN' },
  });
  expect(await world.person('ana@acme.example')).toMatchObject({ firstName: 'Eva', phone: '2' });
  await allow('Phone', 'edit');
  expect(await world.run('inbound')).toMatchObject({ state: 'succeeded', error: null });
  expect(await world.query('SELECT FirstName, Phone FROM Lead')).toMatchObject([
    { FirstName: 'Eva', Phone: '2' },
  ]);
  expect(await world.conflicts()).toEqual([]);
});

test('every field that runs have to do without is named, not the first alone', async () => {
  await syncedLead();
  await allow('Phone', 'none');
  await allow('FirstName', 'none');
  const { error } = await world.run('outbound');
  expect(error?.message).toContain('“FirstName”');
  expect(error?.message).toContain('“Phone”');
});

test('an object whose email is hidden waits for it, and loses nothing', async () => {
  const { lead, contact } = await syncedLead();
  await allow('Email', 'none');
  await world.change('Lead', lead, { FirstName: 'Eva' });
  await world.changePerson(contact, { phone: '2' });
  for (const direction of ['outbound', 'inbound'] as const)
    expect((await world.run(direction)).state).toBe('succeeded');
  expect(await world.person('ana@acme.example')).toMatchObject({ firstName: 'Ana' });
  await allow('Email', 'edit');
  await world.run('outbound');
  await world.run('inbound');
  expect(await world.person('ana@acme.example')).toMatchObject({ firstName: 'Eva', phone: '2' });
  expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '2' }]);
});

test('a field that the integration user may not write is told, and the others are saved', async () => {
  const { contact } = await syncedLead();
  await allow('Phone', 'read');
  await world.changePerson(contact, { phone: '2', firstName: 'Eva' });
  const run = await world.run('inbound');
  expect(run.outcomes).toMatchObject([
    {
      kind: 'updated',
      written: ['firstName'],
      issues: [{ code: 'SYNC_SALESFORCE_FIELD_READ_ONLY', field: 'phone' }],
    },
  ]);
  expect(await world.query(`SELECT FirstName, Phone, ${status} FROM Lead`)).toMatchObject([
    { FirstName: 'Eva', Phone: '1', [status]: 'Failed: refused by Salesforce' },
  ]);
  expect((await world.run('inbound')).outcomes).toEqual([]);
  await allow('Phone', 'edit');
  await world.run('inbound');
  await world.run('outbound');
  expect(await world.query(`SELECT Phone, ${status} FROM Lead`)).toMatchObject([
    { Phone: '2', [status]: 'Synced successfully' },
  ]);
});

test('a value that Salesforce cannot hold is told until it is another, whatever travels the other way', async () => {
  const { lead, contact } = await syncedLead();
  await world.change('Lead', lead, { FirstName: 'Eva' });
  await world.changePerson(contact, { phone: '1'.repeat(60) });
  await world.run('inbound');
  await world.run('outbound');
  expect(await world.person('ana@acme.example')).toMatchObject({ firstName: 'Eva' });
  expect(await world.query(`SELECT Phone, ${status} FROM Lead`)).toMatchObject([
    { Phone: '1', [status]: 'Failed: value refused' },
  ]);
  expect((await world.run('inbound')).outcomes).toEqual([]);
  await world.changePerson(contact, { phone: '2' });
  await world.run('inbound');
  expect(await world.query(`SELECT Phone, ${status} FROM Lead`)).toMatchObject([
    { Phone: '2', [status]: 'Synced successfully' },
  ]);
});

test('a plan without accounts syncs people, and says so', async () => {
  await world.map({
    object: 'Account',
    enabled: true,
    fields: [
      { salesforce: 'Name', platform: 'name', direction: 'both', policy: 'salesforce', emptyWins: false },
    ],
  });
  await world.platform.control('faults', [
    { match: '* /api/3/account*', status: 403, body: { message: 'Forbidden' } },
  ]);
  await world.contact({
    Email: 'eva@acme.example',
    AccountId: await world.account({ Name: 'Acme' }),
  });
  await world.lead({ Email: 'ana@acme.example', Company: 'Acme' });
  const told = { state: 'succeeded', error: { code: 'SYNC_PLATFORM_ACCOUNTS_MISSING' } };
  expect(await world.run('outbound')).toMatchObject({ ...told, counts: { created: 2, failed: 0 } });
  expect(await world.run('inbound')).toMatchObject(told);
  for (const direction of ['outbound', 'inbound'])
    await world.call('PUT', `/v1/schedule/${direction}`, { schedule: { kind: 'continuous' } });
  const health = healthSchema.parse((await world.call('GET', '/v1/health')).json);
  expect(health).toMatchObject({ code: 'SYNC_PLATFORM_ACCOUNTS_MISSING' });
  expect(health.sentence).toContain('accounts are not synced');
  await world.platform.control('faults', []);
  world.pass(31 * minutes);
  expect((await world.run('outbound')).error).toBeNull();
  expect(
    z
      .object({ accounts: z.array(z.object({ name: z.string() })) })
      .parse(await world.onPlatform('GET', '/accounts')).accounts,
  ).toMatchObject([{ name: 'Acme' }]);
});
