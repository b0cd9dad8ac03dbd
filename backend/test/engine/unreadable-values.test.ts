import { beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());

/** Ids of the platform's fields that hold an amount of money as text, and a day. */
let [amount, day] = ['', ''];

beforeEach(async () => {
  await world.reset();
  [amount, day] = [await addField('Amount', 'text'), await addField('Since', 'date')];
  const row = { direction: 'both', policy: 'salesforce', emptyWins: false } as const;
  await world.map({
    object: 'Lead',
    enabled: true,
    fields: [
      { ...row, salesforce: 'FirstName', platform: 'firstName' },
      { ...row, salesforce: 'LastName', platform: 'lastName' },
      { ...row, salesforce: 'Email', platform: 'email' },
      { ...row, salesforce: 'AnnualRevenue', platform: `field:${amount}` },
      { ...row, salesforce: 'Title', platform: `field:${day}` },
    ],
  });
});

async function addField(title: string, type: string): Promise<string> {
  const created = await world.onPlatform('POST', '/fields', { field: { title, type, visible: 1 } });
  return z.object({ field: z.object({ id: z.string() }) }).parse(created).field.id;
}

const address = 'ana@acme.example';

async function lead(fields: object): Promise<string> {
  const id = await world.lead({ Email: address, FirstName: 'Ana', ...fields });
  await world.run('outbound');
  return id;
}

async function enter(value: string, fields: object = {}): Promise<void> {
  const fieldValues = [{ field: amount, value }];
  await world.changePerson((await world.person(address)).id, { ...fields, fieldValues });
}

async function shown(): Promise<Record<string, unknown>> {
  const [record] = await world.query(
    'SELECT FirstName, AnnualRevenue, Title, ActiveCampaign_Sync_Status__c, ActiveCampaign_Relation_Sync_Status__c FROM Lead',
  );
  return record ?? {};
}

const refused = (words: string) => ({
  ActiveCampaign_Sync_Status__c: 'Failed: value refused',
  ActiveCampaign_Relation_Sync_Status__c: expect.stringContaining(words),
});
const inStep = { ActiveCampaign_Sync_Status__c: 'Synced successfully' };

async function settle(): Promise<void> {
  for (const direction of ['outbound', 'inbound', 'outbound'] as const) await world.run(direction);
}

describe('a value that is none of its field’s kind', () => {
  test('on the platform is told beside the other fields’ new values, until it is corrected', async () => {
    await lead({ AnnualRevenue: 1200 });
    await enter('a lot of money', { firstName: 'Anna' });
    const run = await world.run('inbound');
    expect(run.outcomes).toMatchObject([
      { kind: 'updated', code: 'SYNC_VALUE_INVALID', remedy: expect.stringMatching(/Correct the value/) },
    ]);
    await settle();
    expect(await shown()).toMatchObject({
      FirstName: 'Anna',
      AnnualRevenue: 1200,
      ...refused('a lot of money'),
    });
    await enter('1,300');
    await world.run('inbound');
    await settle();
    expect(await shown()).toMatchObject({ AnnualRevenue: 1300, ...inStep });
  });

  test('is over, too, when the platform has the old value again', async () => {
    await lead({ AnnualRevenue: 1200 });
    await enter('a lot of money');
    await world.run('inbound');
    expect(await shown()).toMatchObject(refused('a lot of money'));
    await enter('1200');
    await world.run('inbound');
    expect(await shown()).toMatchObject(inStep);
  });

  test('on the platform is not written over, and what is written beside it leaves it told', async () => {
    const id = await lead({ AnnualRevenue: 1200 });
    await enter('a lot of money');
    await world.run('inbound');
    await world.change('Lead', id, { AnnualRevenue: 1500, FirstName: 'Anna' });
    await world.run('outbound');
    expect((await world.person(address)).firstName).toBe('Anna');
    await settle();
    expect(await shown()).toMatchObject({ AnnualRevenue: 1500, ...refused('a lot of money') });
    await enter('1200');
    await settle();
    expect(await shown()).toMatchObject({ AnnualRevenue: 1500, ...inStep });
  });

  test('in Salesforce is told from the creation on, until it is corrected', async () => {
    const id = await lead({ Title: 'Head of sales' });
    expect(await shown()).toMatchObject(refused('Head of sales'));
    await settle();
    expect(await shown()).toMatchObject(refused('Head of sales'));
    await world.change('Lead', id, { Title: '2026-01-31' });
    await settle();
    expect(await shown()).toMatchObject(inStep);
    await world.change('Lead', id, { Title: 'Since ever' });
    await settle();
    expect(await shown()).toMatchObject(refused('Since ever'));
    expect((await world.run('outbound')).outcomes).toEqual([]);
  });
});
