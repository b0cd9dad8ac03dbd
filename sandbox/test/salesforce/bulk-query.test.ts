import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bulkJobs, load } from './bulk-fixture.ts';
import { startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

let salesforce: RunningSalesforce;
let jobs: ReturnType<typeof bulkJobs>;
beforeAll(async () => {
  salesforce = await startSalesforce();
  jobs = bulkJobs(salesforce, 'query');
  await salesforce.control('load', { accounts: 5, contacts: 1_200 });
});
afterAll(() => salesforce.close());

const finished = async (query: string, settings: Record<string, string> = {}) => {
  const id = await jobs.open({ operation: 'query', query, ...settings });
  expect((await jobs.end(id)).state).toBe('JobComplete');
  return id;
};

describe('a bulk query', () => {
  test('starts as UploadComplete and never echoes its SOQL', async () => {
    const created = await (await jobs.create({ operation: 'query', query: 'SELECT Id FROM contact' })).json();
    expect(created).toMatchObject({
      operation: 'query',
      object: 'Contact',
      state: 'UploadComplete',
      lineEnding: 'LF',
    });
    expect(created).not.toHaveProperty('query');
    expect(created).not.toHaveProperty('jobType');
  });

  test('answers quoted CSV with canonical headers, empty for null and Z for UTC', async () => {
    const id = await finished(
      'SELECT lastname, account.name, fax, SystemModstamp FROM Contact ORDER BY Id LIMIT 1',
    );
    const text = await (await jobs.get(id, 'results')).text();
    expect(text).toMatch(
      /^"LastName","Account\.Name","Fax","SystemModstamp"\n"[^"]+","[^"]+","","2026-06-15T12:00:00\.000Z"\n$/,
    );
  });

  test('is paged by maxRecords and locator until the locator says null', async () => {
    const id = await finished('SELECT Id FROM Contact');
    const ids = new Set<string>();
    const pages: string[] = [];
    let locator = '';
    do {
      const reply = await jobs.get(id, `results?maxRecords=500${locator && `&locator=${locator}`}`);
      pages.push(reply.headers.get('Sforce-NumberOfRecords') ?? '');
      locator = reply.headers.get('Sforce-Locator') ?? '';
      for (const line of (await reply.text()).trim().split('\n').slice(1)) ids.add(line);
    } while (locator !== 'null');
    expect(pages).toEqual(['500', '500', '200']);
    expect(ids.size).toBe(1_200);
    expect((await jobs.get(id, 'results?locator=guess')).status).toBe(400);
  });

  test('includes deleted records as queryAll only', async () => {
    await load(salesforce, { object: 'Lead', operation: 'insert' }, 'LastName,Company\nOne,Co\n');
    const [lead] = await jobs.rows(await finished('SELECT Id FROM Lead'), 'results');
    await load(salesforce, { object: 'Lead', operation: 'delete' }, `Id\n${lead?.['Id'] ?? ''}\n`);
    expect(await jobs.rows(await finished('SELECT Id FROM Lead'), 'results')).toEqual([]);
    const all = await finished('SELECT Id, IsDeleted FROM Lead', { operation: 'queryAll' });
    expect(await jobs.rows(all, 'results')).toEqual([{ Id: lead?.['Id'], IsDeleted: 'true' }]);
  });

  test.each([
    ['a query that does not parse', 'SELECT FROM', 'MALFORMED_QUERY'],
    ['an unknown field', 'SELECT Ghost FROM Contact', 'INVALID_FIELD'],
    ['an unknown object', 'SELECT Id FROM Ghost', 'INVALID_TYPE'],
    ['grouping', 'SELECT COUNT(Id) FROM Contact GROUP BY AccountId', 'API_ERROR'],
    ['child records', 'SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'API_ERROR'],
    ['an offset', 'SELECT Id FROM Contact LIMIT 5 OFFSET 5', 'API_ERROR'],
  ])('is refused for %s', async (_case, query, errorCode) => {
    const reply = await jobs.create({ operation: 'query', query });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject([{ errorCode }]);
  });

  test('can be deleted once it is over, and not aborted any more', async () => {
    const id = await finished('SELECT Id FROM Account');
    expect((await jobs.setState(id, 'Aborted')).status).toBe(400);
    expect((await jobs.remove(id)).status).toBe(204);
    expect((await jobs.get(id, 'results')).status).toBe(404);
  });
});
