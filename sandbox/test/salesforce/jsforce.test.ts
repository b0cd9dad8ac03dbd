import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';
import { CLIENT, decide, REDIRECT_URI } from './oauth-browser.ts';

let salesforce: RunningSalesforce;
let connection: Connection;
beforeAll(async () => {
  salesforce = await startSalesforce();
  connection = new jsforce.Connection({
    instanceUrl: salesforce.url,
    accessToken: STANDING_TOKEN,
    version: '67.0',
  });
});
afterAll(() => salesforce.close());

const lead = (index: number) => ({
  LastName: `Number ${index}`,
  Company: 'Client Tests',
  Email: `n${index}@client.example`,
});
const leads = (count: number, from = 0) => Array.from({ length: count }, (_, index) => lead(from + index));
const onlyId = (result: { success: boolean; id?: string | undefined }) => {
  if (!result.success || result.id === undefined) throw new Error(`Not saved: ${JSON.stringify(result)}`);
  return result.id;
};

describe('jsforce', () => {
  test('logs in over SOAP and learns who it is', async () => {
    const byPassword = new jsforce.Connection({ loginUrl: salesforce.url, version: '60.0' });
    const user = await byPassword.login('rep@sandbox.test', 'sandbox1234sandboxtoken');
    expect(user).toMatchObject({ id: '005000000000002AAA', organizationId: '00D000000000001EAA' });
    expect(await byPassword.identity()).toMatchObject({ username: 'rep@sandbox.test' });
  });

  test("reports a refused login in Salesforce's words", async () => {
    const byPassword = new jsforce.Connection({ loginUrl: salesforce.url, version: '60.0' });
    await expect(byPassword.login('rep@sandbox.test', 'wrong')).rejects.toThrow(/INVALID_LOGIN/);
  });

  test('authorizes by the web server flow and refreshes a dead access token', async () => {
    const oauth2 = new jsforce.OAuth2({
      loginUrl: salesforce.url,
      clientId: CLIENT.client_id,
      clientSecret: CLIENT.client_secret,
      redirectUri: REDIRECT_URI,
      useVerifier: true,
    });
    const authorizeUrl = new URL(oauth2.getAuthorizationUrl({ scope: 'api id refresh_token' }));
    const back = await decide(
      salesforce,
      Object.fromEntries(authorizeUrl.searchParams),
      'allow',
      'rep@sandbox.test',
    );
    const authorized = new jsforce.Connection({ oauth2, version: '67.0' });
    await authorized.authorize(back.searchParams.get('code') ?? '');
    const refreshed: string[] = [];
    authorized.on('refresh', (token: string) => refreshed.push(token));
    await salesforce.control('sessions', { expireAccessTokens: true });
    expect(await authorized.query('SELECT Id FROM Organization')).toMatchObject({ totalSize: 1 });
    expect(await authorized.identity()).toMatchObject({ username: 'rep@sandbox.test' });
    expect(refreshed).toEqual([authorized.accessToken]);
  });

  test('creates, reads, changes and deletes a record', async () => {
    const id = onlyId(await connection.sobject('Lead').create(lead(1)));
    expect(await connection.sobject('Lead').retrieve(id)).toMatchObject({ Id: id, LastName: 'Number 1' });
    await connection.sobject('Lead').update({ Id: id, Title: 'Buyer' });
    expect(await connection.sobject('Lead').retrieve(id)).toMatchObject({ Title: 'Buyer' });
    await connection.sobject('Lead').destroy(id);
    await expect(connection.sobject('Lead').retrieve(id)).rejects.toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
    });
  });

  test('turns refused fields into an error with its code', async () => {
    await expect(connection.sobject('Lead').create({ Company: 'No name' })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
  });

  test('saves 450 records in three calls of up to 200', async () => {
    const before = salesforce.usage.used;
    const results = await connection.sobject('Lead').create(leads(450, 1_000), { allowRecursive: true });
    expect(results.filter((result) => result.success)).toHaveLength(450);
    expect(salesforce.usage.used - before).toBe(3);
  });

  test('has a call of 450 records refused when it does not split them', async () => {
    await expect(connection.sobject('Lead').create(leads(450, 2_000))).rejects.toThrow();
  });

  test('upserts by external id, creating once', async () => {
    const rows = ['u1', 'u2'].map((id, index) => ({ ...lead(3_000 + index), ActiveCampaign_ID__c: id }));
    const first = await connection.sobject('Lead').upsert(rows, 'ActiveCampaign_ID__c');
    const second = await connection.sobject('Lead').upsert(rows, 'ActiveCampaign_ID__c');
    expect(first).toMatchObject([
      { success: true, created: true },
      { success: true, created: true },
    ]);
    expect(second.map(onlyId)).toEqual(first.map(onlyId));
    const single = await connection
      .sobject('Lead')
      .upsert({ ...lead(3_002), ActiveCampaign_ID__c: 'u1' }, 'ActiveCampaign_ID__c');
    expect(single).toMatchObject({ success: true, id: first.map(onlyId)[0], created: false });
  });

  test('pages through more than 2,000 records', async () => {
    await salesforce.control('load', { contacts: 4_500 });
    const soql = 'SELECT Id FROM Contact';
    let page = await connection.query(soql);
    const sizes = [page.records.length];
    while (!page.done) {
      page = await connection.queryMore(page.nextRecordsUrl ?? '');
      sizes.push(page.records.length);
    }
    expect(sizes).toEqual([2_000, 2_000, 500]);
    const all = await connection.query(soql, { autoFetch: true, maxFetch: 10_000 });
    expect(new Set(all.records.map((record) => record['Id'])).size).toBe(4_500);
  });

  test('describes what its user may see', async () => {
    const { fields } = await connection.sobject('Lead').describe();
    expect(fields.find((field) => field.name === 'ActiveCampaign_ID__c')).toMatchObject({
      externalId: true,
      unique: true,
    });
    const guest = new jsforce.Connection({ loginUrl: salesforce.url, version: '60.0' });
    await guest.login('guestrep@sandbox.test', 'sandbox1234sandboxtoken');
    const seen = (await guest.sobject('Lead').describe()).fields.map((field) => field.name);
    expect(seen).toContain('Email');
    expect(seen.filter((name) => name.startsWith('ActiveCampaign_'))).toEqual([]);
    expect((await connection.describeGlobal()).sobjects.map((object) => object.name)).toContain('Contact');
  });

  test('knows the daily limit after a call', async () => {
    await connection.query('SELECT Id FROM Organization');
    expect(connection.limitInfo.apiUsage).toEqual({ used: salesforce.usage.used, limit: 15_000 });
    expect(await connection.limits()).toMatchObject({ DailyApiRequests: { Max: 15_000 } });
  });

  test('loads by Bulk API 2.0 and reads back which rows failed', async () => {
    const results = await connection.bulk2.loadAndWaitForResults({
      object: 'Lead',
      operation: 'insert',
      input: [...leads(3, 5_000), { LastName: '', Company: 'No name', Email: 'x@client.example' }],
      pollInterval: 20,
      pollTimeout: 20_000,
    });
    expect(results.successfulResults).toHaveLength(3);
    expect(results.successfulResults[0]).toMatchObject({ sf__Created: 'true', LastName: 'Number 5000' });
    expect(results.failedResults).toMatchObject([
      {
        sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --',
        Company: 'No name',
      },
    ]);
    expect(results.unprocessedRecords).toEqual([]);
  });

  test('upserts by Bulk API 2.0', async () => {
    const load = (title: string) =>
      connection.bulk2.loadAndWaitForResults({
        object: 'Lead',
        operation: 'upsert',
        externalIdFieldName: 'ActiveCampaign_ID__c',
        input: [{ ...lead(6_000), Title: title, ActiveCampaign_ID__c: 'bulk-1' }],
        pollInterval: 20,
        pollTimeout: 20_000,
      });
    expect((await load('First')).successfulResults).toMatchObject([{ sf__Created: 'true' }]);
    expect((await load('Second')).successfulResults).toMatchObject([{ sf__Created: 'false' }]);
  });

  test('queries by Bulk API 2.0', async () => {
    connection.bulk2.pollInterval = 20;
    const stream = await connection.bulk2.query(
      "SELECT Id, LastName FROM Lead WHERE Company = 'Client Tests' LIMIT 250",
    );
    const records = await stream.toArray();
    expect(records).toHaveLength(250);
    expect(records[0]).toMatchObject({ Id: expect.stringMatching(/^00Q/), LastName: expect.any(String) });
  });
});
