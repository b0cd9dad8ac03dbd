import { describe, expect, test } from '@jest/globals';
import { judgePair } from '../../src/sync/pairs.ts';
import { inEnglish } from '../../src/words/told.ts';
import { platformField } from '../sync/fields.ts';
import { STANDING_TOKEN } from '../support/doors.ts';
import { openOrg } from './fixture.ts';

describe('querying', () => {
  test('reads on by pages of 2,000, each one call', async () => {
    const { salesforce, leads, calls } = await openOrg();
    leads(2_300);
    const first = await salesforce.query('SELECT Id, LastName FROM Lead ORDER BY Id');
    expect(first.totalSize).toBe(2_300);
    expect(first.records).toHaveLength(2_000);
    const second = await salesforce.queryMore(first.next ?? '');
    expect(second.records).toHaveLength(300);
    expect(second.next).toBeNull();
    expect(Object.values(await calls()).reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test('gives records as REST has them, without attributes, parents nested', async () => {
    const { salesforce, door, leads } = await openOrg();
    const [id] = leads(1);
    await door('convert', { leadId: id });
    const { records } = await salesforce.query('SELECT Name, Account.Name FROM Contact');
    expect(records).toEqual([
      { Id: expect.stringMatching(/^003\w{15}$/), Name: 'Lead 0', Account: { Name: 'Acme' } },
    ]);
  });

  test('sees deleted records only when asked for all', async () => {
    const { salesforce, leads, url } = await openOrg();
    const [id] = leads(2);
    await fetch(`${url}/services/data/v67.0/sobjects/Lead/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${STANDING_TOKEN}` },
    });
    const soql = 'SELECT Id, IsDeleted FROM Lead';
    expect((await salesforce.query(soql)).totalSize).toBe(1);
    expect((await salesforce.query(soql, { all: true })).totalSize).toBe(2);
  });

  test('an object that the user may not see is no record that is gone', async () => {
    const { salesforce, door } = await openOrg();
    await door('faults', [
      {
        match: 'GET /services/data/v67.0/sobjects/Lead/describe',
        status: 404,
        body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      },
      {
        match: 'GET /services/data/v67.0/query',
        status: 400,
        body: [{ errorCode: 'INVALID_TYPE', message: "sObject type 'Lead' is not supported." }],
      },
    ]);
    const refusal = {
      code: 'SYNC_SALESFORCE_FORBIDDEN',
      entry: { remedy: expect.stringMatching(/permission set/) },
    };
    await expect(salesforce.describe('Lead')).rejects.toMatchObject(refusal);
    await expect(salesforce.query('SELECT Id FROM Lead')).rejects.toMatchObject(refusal);
  });

  test('tells the server’s time', async () => {
    const { salesforce } = await openOrg();
    const { serverTime } = await salesforce.query('SELECT Id FROM Lead');
    expect(Math.abs(serverTime - Date.now())).toBeLessThan(10 * 365 * 86_400_000);
    expect(serverTime % 1_000).toBe(0);
  });

  test('asks questions that are too long for an address', async () => {
    const { salesforce, leads, calls } = await openOrg();
    leads(5);
    const emails = Array.from({ length: 1_000 }, (_, n) => `'lead${n}@example.com'`).join(',');
    const { records } = await salesforce.query(`SELECT Id FROM Lead WHERE Email IN (${emails})`);
    expect(records).toHaveLength(5);
    expect(await calls()).toEqual({ 'POST /composite': 1 });
    const wrong = salesforce.query(`SELECT Id, Nothing__c FROM Lead WHERE Email IN (${emails})`);
    await expect(wrong).rejects.toMatchObject({ code: 'SYNC_SALESFORCE_FIELD_UNKNOWN' });
  });

  test('says what is wrong with a question', async () => {
    const { salesforce } = await openOrg();
    await expect(salesforce.query('SELECT Id FROM Lead WHERE')).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_QUERY_REFUSED',
      details: { vendorCode: 'MALFORMED_QUERY' },
    });
    await expect(salesforce.query('SELECT Nothing__c FROM Lead')).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_FIELD_UNKNOWN',
    });
    await expect(salesforce.queryMore('https://elsewhere.test/services/data')).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_QUERY_REFUSED',
    });
  });
});

describe('describing and retrieving', () => {
  test('describes what mapping needs to know of each field', async () => {
    const { salesforce } = await openOrg();
    const fields = await salesforce.describe('Lead');
    expect(fields.find(({ name }) => name === 'LastName')).toEqual({
      name: 'LastName',
      label: 'Last Name',
      type: 'string',
      length: 80,
      precision: 0,
      scale: 0,
      nillable: false,
      createable: true,
      updateable: true,
      calculated: false,
      autoNumber: false,
      custom: false,
      filterable: true,
      restrictedPicklist: false,
      picklistValues: [],
    });
    expect(fields.find(({ name }) => name === 'Status')?.picklistValues).toContain('Open - Not Contacted');
    expect(fields.find(({ name }) => name.endsWith('ActiveCampaign_ID__c'))?.custom).toBe(true);
  });

  test('tells fields that Salesforce numbers itself, so that they are not mapped', async () => {
    const { salesforce, door } = await openOrg();
    await door('fields', { object: 'Lead', field: { name: 'Number__c', type: 'string', autoNumber: true } });
    const number = (await salesforce.describe('Lead')).find(({ name }) => name === 'Number__c');
    if (!number) throw new Error('The field is not described.');
    const verdict = judgePair(number, platformField(), 'Lead');
    expect(verdict.allowed ? '' : inEnglish(verdict.reason)).toContain('is numbered by Salesforce itself');
  });

  test('retrieves any number of ids in their order, null for those not found', async () => {
    const { salesforce, leads, calls } = await openOrg();
    const ids = leads(2_010);
    const wanted = [...ids, '00Q000000000999', ids[3] ?? ''];
    const found = await salesforce.retrieve('Lead', wanted, ['Id', 'LastName']);
    expect(found).toHaveLength(2_012);
    expect(found[5]).toEqual({ Id: ids[5], LastName: 'Lead 5' });
    expect(found[2_010]).toBeNull();
    expect(found[2_011]).toEqual({ Id: ids[3], LastName: 'Lead 3' });
    expect(await calls()).toEqual({ 'POST /composite/sobjects/:object': 2 });
    expect(await salesforce.retrieve('Lead', [], ['Id'])).toEqual([]);
  });
});
