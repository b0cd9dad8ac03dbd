import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';
import type { Policy } from '../../src/sync/types.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const fieldsSchema = z.object({ fields: z.array(z.object({ id: z.string(), type: z.string() })) });
const fieldValuesSchema = z.object({
  fieldValues: z.array(z.object({ field: z.string(), value: z.string().nullable() })),
});

/** Maps a Lead's name and address, and its phone number with a policy; null leaves it out. */
async function mapPhone(policy: Policy | null, ofFirstName: Policy = 'salesforce'): Promise<void> {
  const row = (salesforce: string, platform: string, of: Policy) =>
    ({ salesforce, platform, direction: 'both', policy: of, emptyWins: false }) as const;
  await world.map({
    object: 'Lead',
    enabled: true,
    fields: [
      row('FirstName', 'firstName', ofFirstName),
      row('LastName', 'lastName', 'salesforce'),
      row('Email', 'email', 'salesforce'),
      ...(policy === null ? [] : [row('Phone', 'phone', policy)]),
    ],
  });
}

async function linked(fields: Record<string, unknown> = {}): Promise<{ lead: string; contact: string }> {
  const lead = await world.lead({ Email: 'ana@acme.example', FirstName: 'Ana', Phone: '1', ...fields });
  await world.run('outbound');
  return { lead, contact: (await world.person('ana@acme.example')).id };
}

/** A Lead whose phone number is 2 and its contact's another one, which waits for a decision. */
async function waiting(phone = '3'): Promise<{ lead: string; contact: string; conflictId: number }> {
  await mapPhone('ask');
  const { lead, contact } = await linked();
  await world.change('Lead', lead, { Phone: '2' });
  await world.changePerson(contact, { phone });
  await world.run('outbound');
  const [conflict] = await world.conflicts();
  return { lead, contact, conflictId: conflict?.id ?? 0 };
}

/** Runs of both directions find nothing to do and write nothing. */
async function expectRest(): Promise<void> {
  const before = await writes();
  for (const direction of ['inbound', 'outbound'] as const) {
    expect((await world.run(direction)).outcomes).toEqual([]);
  }
  expect(await writes()).toBe(before);
}

/** How often either vendor was written to. */
async function writes(): Promise<number> {
  const calls = [await world.salesforce.calls(), await world.platform.calls()];
  return calls
    .flatMap((byRoute) => Object.entries(byRoute))
    .reduce((sum, [route, count]) => sum + (/^(POST|PATCH|PUT|DELETE)/.test(route) ? count : 0), 0);
}

test('invariant 1: without new edits a run soon writes nothing and costs at most four Salesforce calls', async () => {
  await world.salesforce.control('load', { leads: 60, contacts: 60, accounts: 10 });
  await world.platform.control('load', { contacts: 30 });
  for (const direction of ['outbound', 'inbound', 'outbound'] as const) await world.run(direction);
  const before = await writes();
  for (const direction of ['outbound', 'inbound'] as const) {
    const idle = await world.run(direction);
    expect(idle.outcomes).toEqual([]);
    expect(idle.calls.salesforce).toBeLessThanOrEqual(4);
  }
  expect(await writes()).toBe(before);
});

describe('invariant 2: no update is lost', () => {
  test('edits of different fields on both sides both arrive', async () => {
    const { lead, contact } = await linked();
    await world.change('Lead', lead, { Phone: '2' });
    await world.changePerson(contact, { firstName: 'Anna' });
    await world.run('outbound');
    await world.run('inbound');
    expect(await world.query('SELECT FirstName, Phone FROM Lead')).toMatchObject([
      { FirstName: 'Anna', Phone: '2' },
    ]);
    expect(await world.person('ana@acme.example')).toMatchObject({ firstName: 'Anna', phone: '2' });
  });

  test.each([
    ['salesforce', '2', 'salesforce'],
    ['platform', '3', 'platform'],
  ] as const)(
    'edits of one field on both sides follow the policy "%s" and are recorded',
    async (policy, expected, winner) => {
      await mapPhone(policy);
      const { lead, contact } = await linked();
      await world.change('Lead', lead, { Phone: '2' });
      await world.changePerson(contact, { phone: '3' });
      await world.run('outbound');
      await world.run('inbound');
      expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: expected }]);
      expect((await world.person('ana@acme.example')).phone).toBe(expected);
      expect(await world.conflicts()).toMatchObject([
        { platformField: 'phone', salesforce: '2', platform: '3', winner, state: 'settled' },
      ]);
    },
  );

  test('with the policy "ask" both values stay until a person chooses', async () => {
    await mapPhone('ask');
    const { lead, contact } = await linked();
    await world.change('Lead', lead, { Phone: '2', FirstName: 'Anna' });
    await world.changePerson(contact, { phone: '3' });
    await world.run('outbound');
    await world.run('inbound');
    expect(await world.query('SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
      { Phone: '2', ActiveCampaign_Sync_Status__c: 'Waiting for a decision' },
    ]);
    expect(await world.person('ana@acme.example')).toMatchObject({ phone: '3', firstName: 'Anna' });
    const [conflict] = await world.conflicts();
    expect(conflict).toMatchObject({ state: 'open', winner: null });
    await world.choose(conflict?.id ?? 0, 'platform');
    await world.run('inbound');
    await world.run('outbound');
    expect(await world.query('SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
      { Phone: '3', ActiveCampaign_Sync_Status__c: 'Synced successfully' },
    ]);
    expect(await world.conflicts()).toMatchObject([{ state: 'settled', winner: 'platform' }]);
  });

  test.each([
    ['platform', '3'],
    ['salesforce', '2'],
  ] as const)(
    'a choice of %s is carried out once, where another field of the record cannot be written',
    async (winner, phone) => {
      await mapPhone('ask');
      const stranger = await world.createPerson({ email: 'taken@acme.example' });
      const { lead, contact } = await linked();
      await world.change('Lead', lead, { Phone: '2', Email: 'taken@acme.example' });
      await world.changePerson(contact, { phone: '3' });
      await world.run('outbound');
      const [conflict] = await world.conflicts();
      await world.choose(conflict?.id ?? 0, winner);
      for (const direction of ['outbound', 'inbound', 'outbound'] as const) await world.run(direction);
      const told = 'SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead';
      const taken = { ActiveCampaign_Sync_Status__c: 'Failed: email used by another record' };
      expect(await world.query(told)).toMatchObject([{ Phone: phone, ...taken }]);
      await expectRest();
      await world.changePerson(stranger, { email: 'stranger@acme.example' });
      await world.run('outbound');
      expect(await world.person('taken@acme.example')).toMatchObject({ id: contact, phone });
      expect(await world.conflicts()).toMatchObject([{ state: 'settled', winner }]);
    },
  );

  test('a choice of a value that the other side cannot hold says so, and is not tried again by itself', async () => {
    const { contact, conflictId } = await waiting('3'.repeat(60));
    await world.choose(conflictId, 'platform');
    expect((await world.run('inbound')).outcomes).toMatchObject([
      { kind: 'failed', issues: [{ field: 'phone', side: 'salesforce' }] },
    ]);
    expect(await world.query('SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
      { Phone: '2', ActiveCampaign_Sync_Status__c: 'Failed: value refused' },
    ]);
    expect(await world.conflicts()).toMatchObject([{ state: 'open', winner: null, settledBy: null }]);
    await expectRest();
    await world.changePerson(contact, { phone: '4' });
    await world.run('inbound');
    const [renewed] = await world.conflicts();
    expect(renewed).toMatchObject({ platform: '4', state: 'open' });
    await world.choose(renewed?.id ?? 0, 'platform');
    await world.run('inbound');
    expect(await world.query('SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
      { Phone: '4', ActiveCampaign_Sync_Status__c: 'Synced successfully' },
    ]);
  });

  test.each([
    ['is open', null],
    ['was decided', 'salesforce'],
  ] as const)(
    'a conflict that %s ends, without a winner, when its field is not synced any more, and its record is left in peace',
    async (_, winner) => {
      const { contact, conflictId } = await waiting();
      if (winner !== null) await world.choose(conflictId, winner);
      await mapPhone(null);
      for (const direction of ['outbound', 'inbound'] as const) await world.run(direction);
      expect(await world.query('SELECT Phone, ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
        { Phone: '2', ActiveCampaign_Sync_Status__c: 'Synced successfully' },
      ]);
      expect(await world.conflicts()).toMatchObject([{ state: 'settled', winner: null }]);
      await expectRest();
      expect(await world.person('ana@acme.example')).toMatchObject({ id: contact, phone: '3' });
    },
  );

  test('a choice that the other side cannot hold rests beside another conflict that waits', async () => {
    await mapPhone('ask', 'ask');
    const { lead, contact } = await linked();
    await world.change('Lead', lead, { Phone: '2', FirstName: 'Eva' });
    await world.changePerson(contact, { phone: '3'.repeat(60), firstName: 'Anne' });
    await world.run('outbound');
    const phone = (await world.conflicts()).find(({ platformField }) => platformField === 'phone');
    await world.choose(phone?.id ?? 0, 'platform');
    expect((await world.run('inbound')).counts).toMatchObject({ failed: 1 });
    expect(await world.conflicts()).toMatchObject([{ state: 'open' }, { state: 'open' }]);
    await expectRest();
  });

  test('a conflict ends when its record is deleted, and is there again when it is restored', async () => {
    const { lead } = await waiting();
    await world.inSalesforce('DELETE', `/sobjects/Lead/${lead}`);
    await world.run('outbound');
    expect(await world.conflicts()).toMatchObject([{ state: 'settled', winner: null }]);
    await world.salesforce.control('undelete', { ids: [lead] });
    await world.run('outbound');
    expect(await world.conflicts()).toMatchObject([{ state: 'open' }, { state: 'settled' }]);
  });

  test('a conflict ends when its object is not synced any more, and makes no run busy', async () => {
    const { conflictId } = await waiting();
    await world.choose(conflictId, 'salesforce');
    await world.call('PUT', '/v1/mappings/Lead', { enabled: false, fields: [] });
    expect(await world.conflicts()).toMatchObject([{ state: 'settled', winner: null }]);
    await world.run('outbound');
    expect((await world.run('outbound')).outcomes).toEqual([]);
    await mapPhone('ask');
    for (const direction of ['inbound', 'outbound'] as const) await world.run(direction);
    expect(await world.conflicts()).toMatchObject([{ state: 'open' }, { state: 'settled' }]);
  });

  test('a clearing travels, and loses against a new value', async () => {
    const { lead, contact } = await linked();
    await world.change('Lead', lead, { Phone: null });
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe('');
    await world.change('Lead', lead, { FirstName: null });
    await world.changePerson(contact, { firstName: 'Anna' });
    await world.run('outbound');
    await world.run('inbound');
    expect(await world.query('SELECT FirstName FROM Lead')).toMatchObject([{ FirstName: 'Anna' }]);
  });
});

describe('invariant 2: where nobody had noted who a record was created for, an empty field of it', () => {
  /** A Lead that stands as a worker leaves it that dies right after its creation, but for its phone number. */
  async function metAnew(wasCreatedByTheSync: boolean): Promise<void> {
    const contact = await world.createPerson({ email: 'ana@acme.example', lastName: 'Ruiz', phone: '1' });
    await world.lead({
      Email: 'ana@acme.example',
      LastName: 'Ruiz',
      ...(wasCreatedByTheSync ? { ActiveCampaign_ID__c: contact } : {}),
    });
    await world.run('outbound');
    await world.run('inbound');
    expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '1' }]);
  }

  test('may have been emptied, and filling it is told as a conflict', async () => {
    await metAnew(true);
    const told = (await world.conflicts()).filter(({ platformField }) => platformField === 'phone');
    expect(told).toMatchObject([{ state: 'settled', winner: 'platform', salesforce: null, platform: '1' }]);
  });

  test('is filled without a word if the sync had not created it', async () => {
    await metAnew(false);
    expect(await world.conflicts()).toEqual([]);
  });
});

test('invariant 3: our own writes cause no writes in the other direction', async () => {
  const { lead, contact } = await linked();
  expect((await world.run('inbound')).outcomes).toEqual([]);
  await world.changePerson(contact, { phone: '9' });
  await world.run('inbound');
  expect((await world.run('outbound')).outcomes).toEqual([]);
  expect(await world.query(`SELECT Phone FROM Lead WHERE Id = '${lead}'`)).toMatchObject([{ Phone: '9' }]);
});

test('invariant 3: a field that is written back and forth is parked with both values', async () => {
  const { lead, contact } = await linked();
  let last = await world.run('inbound');
  for (let round = 0; round < 6; round += 1) {
    await world.change('Lead', lead, { Phone: 'A' });
    last = await world.run('outbound');
    await world.changePerson(contact, { phone: 'B' });
    last = await world.run('inbound');
  }
  expect(last.outcomes.filter((outcome) => outcome.written.includes('phone'))).toEqual([]);
  expect(await world.conflicts()).toContainEqual(
    expect.objectContaining({ platformField: 'phone', reason: 'oscillation', state: 'open' }),
  );
  expect(await world.query('SELECT ActiveCampaign_Sync_Status__c FROM Lead')).toMatchObject([
    { ActiveCampaign_Sync_Status__c: 'Waiting for a decision' },
  ]);
  expect((await world.run('outbound')).outcomes).toEqual([]);
});

test('invariant 6: an opt-out wins over a value that is not one, and is undone only by a person', async () => {
  await world.salesforce.control('fields', []);
  const { fields } = fieldsSchema.parse(await world.onPlatform('GET', '/fields?limit=100'));
  const optOut = fields.find((field) => field.type === 'checkbox')?.id ?? '';
  await world.map({
    object: 'Lead',
    enabled: true,
    fields: [
      {
        salesforce: 'LastName',
        platform: 'lastName',
        direction: 'both',
        policy: 'salesforce',
        emptyWins: false,
      },
      { salesforce: 'Email', platform: 'email', direction: 'both', policy: 'salesforce', emptyWins: false },
      {
        salesforce: 'HasOptedOutOfEmail',
        platform: `field:${optOut}`,
        direction: 'both',
        policy: 'most_restrictive',
        emptyWins: false,
      },
    ],
  });
  await world.createPerson({
    email: 'ana@acme.example',
    fieldValues: [{ field: optOut, value: '||true||' }],
  });
  const lead = await world.lead({ Email: 'ana@acme.example', HasOptedOutOfEmail: false });
  await world.run('outbound');
  await world.run('inbound');
  expect(await world.query('SELECT HasOptedOutOfEmail FROM Lead')).toMatchObject([
    { HasOptedOutOfEmail: true },
  ]);
  await world.change('Lead', lead, { HasOptedOutOfEmail: false });
  await world.run('outbound');
  const person = await world.person('ana@acme.example');
  const { fieldValues } = fieldValuesSchema.parse(
    await world.onPlatform('GET', `/contacts/${person.id}/fieldValues`),
  );
  expect(fieldValues.find((value) => value.field === optOut)?.value ?? '').not.toContain('true');
});
