import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const database = await createTestDatabase();
const world = await createWorld(database);
beforeEach(() => world.reset());

const marks = 'ActiveCampaign_Sync_Status__c, ActiveCampaign_ID__c, ActiveCampaign_Relation_Sync_Status__c';

describe('who becomes whom', () => {
  test('created contacts carry the tag of the object they came from', async () => {
    await world.lead({ Email: 'lead@acme.example' });
    await world.contact({ Email: 'contact@acme.example' });
    await world.run('outbound');
    expect((await world.person('lead@acme.example')).tags).toEqual(['created-from-salesforce-lead']);
    expect((await world.person('contact@acme.example')).tags).toEqual(['created-from-salesforce-contact']);
  });

  test('a person whom the platform knows is adopted, never doubled, and blanks are filled both ways', async () => {
    const contact = await world.createPerson({ email: 'ana@acme.example', firstName: 'Ana', phone: '1' });
    const id = await world.lead({ Email: 'Ana@Acme.example', LastName: 'Ruiz' });
    const out = await world.run('outbound');
    expect(out.outcomes).toMatchObject([{ kind: 'linked', platformId: contact }]);
    expect(await world.person('ana@acme.example')).toMatchObject({
      id: contact,
      lastName: 'Ruiz',
      firstName: 'Ana',
    });
    await world.run('inbound');
    expect(await world.query(`SELECT FirstName, Phone FROM Lead WHERE Id = '${id}'`)).toMatchObject([
      { FirstName: 'Ana', Phone: '1' },
    ]);
  });

  test('a record without an email is reported and told so in Salesforce, and syncs once it has one', async () => {
    const id = await world.lead({ LastName: 'Sin Correo' });
    const run = await world.run('outbound');
    expect(run.outcomes).toMatchObject([{ salesforceId: id, kind: 'failed', code: 'SYNC_EMAIL_MISSING' }]);
    expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
      { ActiveCampaign_Sync_Status__c: 'Failed: no email address' },
    ]);
    expect((await world.run('outbound')).outcomes).toEqual([]);
    await world.change('Lead', id, { Email: 'now@acme.example' });
    expect((await world.run('outbound')).outcomes).toMatchObject([{ kind: 'created' }]);
    expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
      { ActiveCampaign_Sync_Status__c: 'Synced successfully', ActiveCampaign_Relation_Sync_Status__c: null },
    ]);
  });

  test('a record without an email is reported once, whatever becomes of the package’s own fields', async () => {
    const id = await world.lead({ LastName: 'Sin Correo' });
    await world.run('outbound');
    await world.change('Lead', id, { ActiveCampaign_Sync_Status__c: null });
    expect((await world.run('inbound')).outcomes).toEqual([]);
    expect(await world.query(`SELECT ${marks} FROM Lead`)).toMatchObject([
      { ActiveCampaign_Sync_Status__c: 'Failed: no email address' },
    ]);
  });

  test('of two leads with one email the older syncs and the other is told why it does not', async () => {
    const first = await world.lead({ Email: 'same@acme.example', FirstName: 'First' });
    const second = await world.lead({ Email: 'SAME@acme.example', FirstName: 'Second' });
    const run = await world.run('outbound');
    expect(
      run.outcomes
        .map(({ salesforceId, kind, code }) => ({ salesforceId, kind, code }))
        .sort((a, b) => a.kind.localeCompare(b.kind)),
    ).toEqual([
      { salesforceId: first, kind: 'created', code: null },
      { salesforceId: second, kind: 'failed', code: 'SYNC_EMAIL_REPEATED' },
    ]);
    expect((await world.person('same@acme.example')).firstName).toBe('First');
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });

  test('an email change on either side keeps the person', async () => {
    const id = await world.lead({ Email: 'old@acme.example' });
    await world.run('outbound');
    const { id: contactId } = await world.person('old@acme.example');
    await world.change('Lead', id, { Email: 'new@acme.example' });
    await world.run('outbound');
    expect((await world.person('new@acme.example')).id).toBe(contactId);
    await world.changePerson(contactId, { email: 'third@acme.example' });
    await world.run('inbound');
    expect(await world.query('SELECT Email FROM Lead')).toMatchObject([{ Email: 'third@acme.example' }]);
    expect((await world.people()).meta.total).toBe('1');
  });

  test('a contact takes over the link of a lead with the same email and the lead is not changed', async () => {
    const lead = await world.lead({ Email: 'ana@acme.example', FirstName: 'AsLead' });
    await world.run('outbound');
    const before = await world.query(`SELECT FIELDS(ALL) FROM Lead LIMIT 200`);
    await world.contact({ Email: 'ana@acme.example', FirstName: 'AsContact' });
    await world.run('outbound');
    await world.run('inbound');
    expect((await world.links()).map(({ object, state }) => ({ object, state }))).toEqual([
      { object: 'Lead', state: 'superseded' },
      { object: 'Contact', state: 'linked' },
    ]);
    expect((await world.person('ana@acme.example')).firstName).toBe('AsContact');
    expect(await world.query(`SELECT FIELDS(ALL) FROM Lead LIMIT 200`)).toEqual(before);
    expect(before[0]?.Id).toBe(lead);
  });
});

describe('creation from the platform', () => {
  test('a requested lead is created once, tagged and linked', async () => {
    const contact = await world.createPerson({
      email: 'eva@acme.example',
      firstName: 'Eva',
      lastName: 'Gil',
    });
    await world.ask('create_lead', contact);
    const run = await world.run('inbound');
    expect(run.outcomes).toMatchObject([{ object: 'Lead', kind: 'created', platformId: contact }]);
    expect(await world.query(`SELECT FirstName, LastName, Email, Company, ${marks} FROM Lead`)).toMatchObject(
      [
        {
          FirstName: 'Eva',
          LastName: 'Gil',
          Email: 'eva@acme.example',
          Company: '[not provided]',
          ActiveCampaign_ID__c: contact,
          ActiveCampaign_Sync_Status__c: 'Synced successfully',
        },
      ],
    );
    expect((await world.person('eva@acme.example')).tags).toEqual(['added-to-salesforce-lead']);
    await world.ask('create_lead', contact);
    expect((await world.run('inbound')).outcomes).toMatchObject([{ kind: 'unchanged' }]);
    await world.run('outbound');
    expect(await world.query('SELECT Id FROM Lead')).toHaveLength(1);
    expect((await world.person('eva@acme.example')).orgname ?? '').not.toBe('[not provided]');
  });

  test('a lead whose person is sent as a contact stays as it is and a contact is created', async () => {
    await world.lead({ Email: 'ana@acme.example', FirstName: 'Ana' });
    await world.run('outbound');
    const before = await world.query('SELECT FIELDS(ALL) FROM Lead LIMIT 200');
    const { id } = await world.person('ana@acme.example');
    await world.ask('create_contact', id);
    expect((await world.run('inbound')).outcomes).toMatchObject([{ object: 'Contact', kind: 'created' }]);
    expect(await world.query('SELECT FirstName, Email, ActiveCampaign_ID__c FROM Contact')).toMatchObject([
      { FirstName: 'Ana', Email: 'ana@acme.example', ActiveCampaign_ID__c: id },
    ]);
    await world.changePerson(id, { firstName: 'Anita' });
    await world.run('inbound');
    expect(await world.query('SELECT FirstName FROM Contact')).toMatchObject([{ FirstName: 'Anita' }]);
    expect(await world.query('SELECT FIELDS(ALL) FROM Lead LIMIT 200')).toEqual(before);
    expect((await world.person('ana@acme.example')).tags).toEqual([
      'added-to-salesforce-contact',
      'created-from-salesforce-lead',
    ]);
  });

  test('a requested lead whose person stands in Salesforce already is adopted, not doubled', async () => {
    await world.select('Lead', { mode: 'none' });
    const id = await world.lead({ Email: 'eva@acme.example', LastName: 'Gil', FirstName: 'Eva' });
    const contact = await world.createPerson({ email: 'eva@acme.example', phone: '5' });
    await world.ask('create_lead', contact);
    await world.run('inbound');
    expect(await world.query('SELECT Id, Phone, ActiveCampaign_ID__c FROM Lead')).toMatchObject([
      { Id: id, Phone: '5', ActiveCampaign_ID__c: contact },
    ]);
  });

  test('a contact that is gone before its turn gets an outcome', async () => {
    await world.ask('create_lead', '999');
    expect((await world.run('inbound')).outcomes).toMatchObject([
      { kind: 'failed', code: 'SYNC_RECORD_GONE', platformId: '999' },
    ]);
  });
});

describe('lifecycle', () => {
  test('a converted lead hands its link to the contact', async () => {
    const lead = await world.lead({ Email: 'ana@acme.example' });
    await world.run('outbound');
    const { id } = await world.person('ana@acme.example');
    const { contactId } = z
      .object({ contactId: z.string() })
      .parse(await world.salesforce.control('convert', { leadId: lead }));
    await world.run('outbound');
    expect(
      (await world.links()).map(({ object, state, salesforce_id }) => ({ object, state, salesforce_id })),
    ).toEqual([{ object: 'Contact', state: 'linked', salesforce_id: contactId }]);
    expect(await world.query(`SELECT ${marks} FROM Contact`)).toMatchObject([
      { ActiveCampaign_ID__c: id, ActiveCampaign_Sync_Status__c: 'Synced successfully' },
    ]);
    expect((await world.person('ana@acme.example')).tags).toEqual([
      'created-from-salesforce-lead',
      'salesforce-lead-converted-to-contact',
    ]);
    await world.change('Contact', contactId, { Phone: '42' });
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe('42');
  });

  test('a merge keeps the surviving record in step', async () => {
    const loser = await world.contact({ Email: 'ana@acme.example', FirstName: 'Ana' });
    await world.run('outbound');
    const { id } = await world.person('ana@acme.example');
    await world.select('Contact', { mode: 'none' });
    const master = await world.contact({ Email: 'ana@acme.example', FirstName: 'Ana María' });
    await world.salesforce.control('merge', { object: 'Contact', masterId: master, loserIds: [loser] });
    await world.run('outbound');
    expect(
      (await world.links()).map(({ state, salesforce_id, platform_id }) => ({
        state,
        salesforce_id,
        platform_id,
      })),
    ).toEqual([{ state: 'linked', salesforce_id: master, platform_id: id }]);
    expect((await world.person('ana@acme.example')).firstName).toBe('Ana María');
  });

  test.each(['in no sync', 'synced with another contact'])(
    'a merge empties nothing where the surviving record, %s, has no value',
    async (how) => {
      const loser = await world.lead({ Email: 'ana@acme.example', FirstName: 'Ana', Phone: '1' });
      await world.run('outbound');
      const { id } = await world.person('ana@acme.example');
      if (how === 'in no sync') await world.select('Lead', { mode: 'none' });
      const master = await world.lead({ Email: 'old@acme.example', LastName: 'Ruiz' });
      await world.run('outbound');
      const values = { Email: 'ana@acme.example' };
      await world.salesforce.control('merge', {
        object: 'Lead',
        masterId: master,
        loserIds: [loser],
        values,
      });
      await world.run('outbound');
      await world.run('inbound');
      expect(await world.person('ana@acme.example')).toMatchObject({
        id,
        firstName: 'Ana',
        lastName: 'Ruiz',
        phone: '1',
      });
      expect(await world.query('SELECT FirstName, LastName, Phone FROM Lead')).toMatchObject([
        { FirstName: 'Ana', LastName: 'Ruiz', Phone: '1' },
      ]);
      expect((await world.run('outbound')).outcomes).toEqual([]);
    },
  );

  test('a record that was missing when it was to be written goes on where it turns out to have been merged', async () => {
    const loser = await world.contact({ Email: 'ana@acme.example', FirstName: 'Ana' });
    await world.run('outbound');
    await world.select('Contact', { mode: 'none' });
    const master = await world.contact({ Email: 'ana@acme.example', FirstName: 'Ana María' });
    await world.salesforce.control('merge', { object: 'Contact', masterId: master, loserIds: [loser] });
    // The merge came between a run's reading and its writing, which found nobody under the id.
    await database.asOwner("UPDATE link SET state = 'stopped', state_reason = 'salesforce_deleted'");
    await world.run('outbound');
    expect(await world.links()).toMatchObject([{ state: 'linked', salesforce_id: master }]);
    expect((await world.person('ana@acme.example')).firstName).toBe('Ana María');
  });

  test('a deletion on one side deletes nothing on the other, and a restored record goes on', async () => {
    const id = await world.lead({ Email: 'ana@acme.example' });
    await world.run('outbound');
    await world.inSalesforce('DELETE', `/sobjects/Lead/${id}`);
    expect((await world.run('outbound')).outcomes).toMatchObject([
      { kind: 'stopped', code: 'SYNC_RECORD_GONE' },
    ]);
    expect((await world.person('ana@acme.example')).email).toBe('ana@acme.example');
    expect((await world.run('outbound')).outcomes).toEqual([]);
    await world.salesforce.control('undelete', { ids: [id] });
    await world.change('Lead', id, { Phone: '77' });
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe('77');
  });

  test('a restored record whose person was linked by another one meanwhile says so, and stops no run', async () => {
    const id = await world.lead({ Email: 'ana@acme.example' });
    await world.lead({ Email: 'ana@acme.example' });
    await world.run('outbound');
    await world.inSalesforce('DELETE', `/sobjects/Lead/${id}`);
    await world.run('outbound');
    await world.run('outbound');
    await world.salesforce.control('undelete', { ids: [id] });
    expect((await world.run('outbound')).outcomes).toMatchObject([{ code: 'SYNC_EMAIL_REPEATED' }]);
    expect(
      await world.query('SELECT ActiveCampaign_Sync_Status__c FROM Lead ORDER BY CreatedDate, Id'),
    ).toMatchObject([
      { ActiveCampaign_Sync_Status__c: 'Failed: email used by another record' },
      { ActiveCampaign_Sync_Status__c: 'Synced successfully' },
    ]);
    expect((await world.people()).meta.total).toBe('1');
  });

  test('a contact deleted on the platform is not created again', async () => {
    const id = await world.lead({ Email: 'ana@acme.example' });
    await world.run('outbound');
    await world.onPlatform('DELETE', `/contacts/${(await world.person('ana@acme.example')).id}`);
    await world.change('Lead', id, { Phone: '1' });
    expect((await world.run('outbound')).outcomes).toMatchObject([
      { kind: 'stopped', code: 'SYNC_RECORD_GONE' },
    ]);
    expect((await world.people()).meta.total).toBe('0');
    expect(await world.query('SELECT ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
      { ActiveCampaign_Sync_Status__c: 'Stopped: record deleted' },
    ]);
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });
});
