import { beforeEach, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const status = 'ActiveCampaign_Sync_Status__c';
const id = 'ActiveCampaign_ID__c';
const row = { direction: 'both', policy: 'salesforce', emptyWins: false } as const;
const people = [
  { ...row, salesforce: 'Email', platform: 'email' },
  { ...row, salesforce: 'LastName', platform: 'lastName' },
];

async function syncedLead(): Promise<{ lead: string; contact: string }> {
  const lead = await world.lead({ Email: 'ana@acme.example', Phone: '1' });
  await world.run('outbound');
  return { lead, contact: (await world.person('ana@acme.example')).id };
}

async function syncNow(salesforceId: string): Promise<void> {
  const started = await world.call('POST', '/v1/records/sync', { object: 'Lead', salesforceId });
  await world.work(z.object({ runs: z.array(z.object({ id: z.string() })) }).parse(started.json).runs);
}

test('a conflict that people solve on the records leaves the inbox', async () => {
  await world.map({
    object: 'Lead',
    enabled: true,
    fields: [...people, { ...row, salesforce: 'Phone', platform: 'phone', policy: 'ask' }],
  });
  const { lead, contact } = await syncedLead();
  await world.change('Lead', lead, { Phone: '2' });
  await world.changePerson(contact, { phone: '3' });
  await world.run('outbound');
  expect(await world.conflicts()).toMatchObject([{ platformField: 'phone', state: 'open' }]);
  await world.change('Lead', lead, { Phone: '4' });
  await world.changePerson(contact, { phone: '4' });
  await world.run('inbound');
  expect(await world.conflicts()).toMatchObject([{ platformField: 'phone', state: 'settled' }]);
  expect(await world.query(`SELECT ${status} FROM Lead`)).toMatchObject([
    { [status]: 'Synced successfully' },
  ]);
});

test('“sync now” tells that the contact was deleted, and links the one that has the address again', async () => {
  const { lead, contact } = await syncedLead();
  await world.onPlatform('DELETE', `/contacts/${contact}`);
  await syncNow(lead);
  expect(await world.query(`SELECT ${status} FROM Lead`)).toMatchObject([
    { [status]: 'Stopped: record deleted' },
  ]);
  const again = await world.createPerson({ email: 'ana@acme.example', firstName: 'Ana' });
  await syncNow(lead);
  await world.run('inbound');
  expect(await world.query(`SELECT FirstName, Phone, ${status}, ${id} FROM Lead`)).toMatchObject([
    { FirstName: 'Ana', Phone: '1', [status]: 'Synced successfully', [id]: again },
  ]);
  expect(await world.person('ana@acme.example')).toMatchObject({ id: again, phone: '1' });
});

test('a contact that took the address of a deleted one is met with its own values', async () => {
  await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.onPlatform('DELETE', `/contacts/${(await world.person('ana@acme.example')).id}`);
  await world.createPerson({ email: 'ana@acme.example', firstName: 'Eva' });
  await world.contact({ Email: 'ana@acme.example', FirstName: 'Ana' });
  await world.run('outbound');
  expect(await world.conflicts()).toMatchObject([
    { platformField: 'firstName', salesforce: 'Ana', platform: 'Eva', state: 'settled' },
  ]);
});

test('a flagged record tells that its contact was deleted', async () => {
  const { lead, contact } = await syncedLead();
  await world.onPlatform('DELETE', `/contacts/${contact}`);
  await world.change('Lead', lead, { [status]: 'Waiting for next sync' });
  await world.run('outbound');
  expect(await world.query(`SELECT ${status} FROM Lead`)).toMatchObject([
    { [status]: 'Stopped: record deleted' },
  ]);
  expect((await world.people()).meta.total).toBe('0');
});

test('a box that nobody checked does not uncheck the other side at the first meeting', async () => {
  await world.salesforce.control('fields', {
    object: 'Lead',
    field: { name: 'Guest__c', label: 'Guest', type: 'boolean' },
  });
  const field = await world.onPlatform('POST', '/fields', { field: { type: 'checkbox', title: 'Guest' } });
  const { id: fieldId } = z.object({ field: z.object({ id: z.coerce.string() }) }).parse(field).field;
  await world.onPlatform('POST', '/fieldOption/bulk', {
    fieldOptions: [{ field: fieldId, value: 'true', label: 'true', orderid: 1, isdefault: false }],
  });
  await world.map({
    object: 'Lead',
    enabled: true,
    fields: [...people, { ...row, salesforce: 'Guest__c', platform: `field:${fieldId}` }],
  });
  // Fields are looked at anew.
  world.pass(6 * 60_000);
  await world.createPerson({
    email: 'ana@acme.example',
    fieldValues: [{ field: fieldId, value: '||true||' }],
  });
  await world.lead({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.run('inbound');
  expect(await world.query('SELECT Guest__c FROM Lead')).toMatchObject([{ Guest__c: true }]);
  expect(await world.conflicts()).toEqual([]);
});

test('a request for a person who is synced as a Contact names the Contact', async () => {
  const contactId = await world.contact({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.ask('create_lead', (await world.person('ana@acme.example')).id);
  const run = await world.run('inbound');
  expect(run.outcomes).toMatchObject([
    { object: 'Contact', salesforceId: contactId, code: 'SYNC_PERSON_IS_CONTACT' },
  ]);
});

test('a lead of the very second in which “created from now on” was chosen enters', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  const [record] = await world.query(`SELECT CreatedDate FROM Lead WHERE Id = '${lead}'`);
  const second = Math.floor(Date.parse(String(record?.CreatedDate)) / 1_000) * 1_000;
  await world.select('Lead', { mode: 'created', since: new Date(second + 999).toISOString() });
  await world.run('outbound');
  expect((await world.person('ana@acme.example')).tags).toEqual(['created-from-salesforce-lead']);
});

test('the preview of a selection leaves converted leads out, as the sync does', async () => {
  const lead = await world.lead({ Email: 'ana@acme.example' });
  await world.lead({ Email: 'eva@acme.example' });
  await world.salesforce.control('convert', { leadId: lead });
  const preview = await world.call('POST', '/v1/selections/Lead/preview', {
    mode: 'created',
    since: '2000-01-01T00:00:00Z',
  });
  expect(preview.json).toMatchObject({ count: 1, sample: [{ email: 'eva@acme.example' }] });
});

/** A time zone where it is about noon, so that clocks which differ by hours still agree on the day. */
function zoneAtNoon(): string {
  const zones = ['America/Los_Angeles', 'America/New_York', 'Europe/Madrid', 'Asia/Kolkata', 'Asia/Tokyo'];
  const fromNoon = (zone: string): number => Math.abs(DateTime.now().setZone(zone).hour - 12);
  return zones.reduce((best, zone) => (fromNoon(zone) < fromNoon(best) ? zone : best));
}

test('days are counted in the time zone of the connected user', async () => {
  const zone = zoneAtNoon();
  const [user] = await world.query("SELECT Id FROM User WHERE Username = 'admin@sandbox.test'");
  await world.inSalesforce('PATCH', `/sobjects/User/${String(user?.Id)}`, { TimeZoneSidKey: zone });
  await world.salesforce.control('fields', {
    object: 'Lead',
    field: { name: 'Visit__c', label: 'Visit', type: 'date' },
  });
  // Fields are looked at anew.
  expect((await world.call('GET', '/v1/fields')).status).toBe(200);
  const today = DateTime.now().setZone(zone);
  await world.select('Lead', {
    mode: 'criteria',
    match: 'all',
    rules: [{ field: 'Visit__c', operator: 'next_n_days', value: 1 }],
  });
  for (const days of [0, 1, 2])
    await world.lead({
      Email: `in${days}@acme.example`,
      Visit__c: today.plus({ days }).toFormat('yyyy-MM-dd'),
    });
  await world.run('outbound');
  expect((await world.people()).contacts.map(({ email }) => email)).toEqual(['in1@acme.example']);
});

test('a contact that is to get nothing but an account that Salesforce does not have is not written for that', async () => {
  await world.contact({ Email: 'ana@acme.example' });
  await world.run('outbound');
  await world.run('inbound');
  const contact = (await world.person('ana@acme.example')).id;
  const made = await world.onPlatform('POST', '/accounts', { account: { name: 'Nova' } });
  const { account } = z.object({ account: z.object({ id: z.string() }) }).parse(made);
  await world.onPlatform('POST', '/accountContacts', { accountContact: { contact, account: account.id } });
  await world.salesforce.forgetCalls();
  const { outcomes } = await world.run('inbound');
  expect(outcomes).toMatchObject([{ kind: 'failed', code: 'SYNC_VALUE_INVALID', written: [] }]);
  // What became of it is shown in the record.
  expect(Object.entries(await world.salesforce.calls()).filter(([call]) => call.startsWith('PATCH'))).toEqual(
    [['PATCH /services/data/:version/composite/sobjects', 1]],
  );
  expect(await world.query(`SELECT ${status} FROM Contact`)).toMatchObject([
    { [status]: expect.stringMatching(/^Failed/) },
  ]);
});
