import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startRest, START } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly Record<string, unknown>[];
}

interface Described {
  readonly fields: readonly Record<string, unknown>[];
  readonly childRelationships: readonly Record<string, unknown>[];
}

describe('resources', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest({ 'Lead.Phone': 'none', 'Lead.Title': 'read' });
  });
  afterEach(() => rest.close());

  test('versions need no session and carry no usage', async () => {
    const reply = await rest.send('GET', '/services/data', { as: 'nobody' });
    const versions = reply.body as { label: string; version: string; url: string }[];
    expect(versions.at(-1)).toEqual({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
    expect(versions[0]).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
    expect(versions.find(({ version }) => version === '62.0')?.label).toBe("Winter '25");
    expect(reply.headers.get('sforce-limit-info')).toBeNull();
    expect(rest.usage.used).toBe(0);
  });

  test('retired versions are gone, unknown ones not found, living ones answer in their own name', async () => {
    expect((await rest.send('GET', '/services/data/v30.0/sobjects')).status).toBe(410);
    expect((await rest.send('GET', '/services/data/v99.0/sobjects')).status).toBe(404);
    const living = await rest.send('GET', '/services/data/v50.0/');
    expect(living.body).toMatchObject({
      sobjects: '/services/data/v50.0/sobjects',
      query: '/services/data/v50.0/query',
      identity: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/id\/00D\w{15}\/005\w{15}$/),
    });
  });

  test('a dead token is INVALID_SESSION_ID and costs no call', async () => {
    const reply = await rest.send('GET', '/limits', { as: 'nobody' });
    expect([reply.status, reply.body]).toEqual([
      401,
      [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }],
    ]);
    expect(rest.usage.used).toBe(0);
  });

  test('beyond the daily limit every call is refused', async () => {
    rest.usage.dailyLimit = 1;
    expect((await rest.send('GET', '/limits')).status).toBe(200);
    const reply = await rest.send('GET', '/limits');
    expect([reply.status, reply.body]).toEqual([
      403,
      [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    ]);
    expect(reply.headers.get('sforce-limit-info')).toBe('api-usage=1/1');
  });

  test('unknown resources and wrong methods are told apart', async () => {
    const unknown = await rest.send('GET', '/nonsense');
    expect([unknown.status, unknown.body]).toEqual([
      404,
      [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
    ]);
    const wrong = await rest.send('PUT', '/sobjects/Lead');
    expect([wrong.status, wrong.body]).toEqual([
      405,
      [expect.objectContaining({ errorCode: 'METHOD_NOT_ALLOWED' })],
    ]);
  });

  test('the list of objects has flags and addresses', async () => {
    const { body } = await rest.send('GET', '/sobjects');
    const { sobjects, ...head } = body as { sobjects: Record<string, unknown>[] };
    expect(head).toEqual({ encoding: 'UTF-8', maxBatchSize: 200 });
    expect(sobjects.find(({ name }) => name === 'Lead')).toMatchObject({
      keyPrefix: '00Q',
      mergeable: true,
      queryable: true,
      custom: false,
      urls: { describe: '/services/data/v67.0/sobjects/Lead/describe' },
    });
    expect(sobjects.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'Account',
        'Campaign',
        'CampaignMember',
        'Contact',
        'CronTrigger',
        'Task',
        'User',
      ]),
    );
  });

  test('describe tells what each field is', async () => {
    const { body } = await rest.send('GET', '/sobjects/Lead/describe');
    const { fields } = body as Described;
    const field = (name: string): unknown => fields.find((candidate) => candidate['name'] === name);
    expect(field('Email')).toMatchObject({
      type: 'email',
      length: 80,
      idLookup: true,
      nillable: true,
      label: 'Email',
    });
    expect(field('LastName')).toMatchObject({
      nillable: false,
      createable: true,
      length: 80,
      compoundFieldName: 'Name',
    });
    expect(field('Name')).toMatchObject({ createable: false, nameField: true });
    expect(field('External_Key__c')).toMatchObject({
      custom: true,
      externalId: true,
      unique: true,
      length: 64,
    });
    expect(field('Stage__c')).toMatchObject({
      type: 'picklist',
      restrictedPicklist: true,
      picklistValues: [
        { active: true, defaultValue: true, label: 'New', validFor: null, value: 'New' },
        { active: true, defaultValue: false, label: 'Old', validFor: null, value: 'Old' },
      ],
    });
    expect(field('OwnerId')).toMatchObject({
      referenceTo: ['Group', 'User'],
      relationshipName: 'Owner',
      polymorphicForeignKey: true,
    });
    const account = (await rest.send('GET', '/sobjects/Account/describe')).body as Described;
    expect(account.childRelationships).toContainEqual(
      expect.objectContaining({ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' }),
    );
  });

  test('describe lists only what the caller sees, and not as writable what is read-only', async () => {
    const { body } = await rest.send('GET', '/sobjects/Lead/describe', { as: 'rep' });
    const { fields } = body as Described;
    expect(fields.some(({ name }) => name === 'Phone')).toBe(false);
    expect(fields.find(({ name }) => name === 'Title')).toMatchObject({
      createable: false,
      updateable: false,
    });
  });

  test('describe answers 304 until a field is added, and then shows it', async () => {
    const first = await rest.send('GET', '/sobjects/Lead/describe');
    const since = first.headers.get('last-modified') ?? '';
    expect(since).toBe(new Date(START).toUTCString());
    rest.advance(60_000);
    const headers = { 'if-modified-since': since };
    expect((await rest.send('GET', '/sobjects/Lead/describe', { headers })).status).toBe(304);
    await rest.send('POST', '/__sandbox/fields', {
      body: { object: 'Lead', field: { name: 'Score__c', type: 'double', precision: 5, scale: 1 } },
    });
    const after = await rest.send('GET', '/sobjects/Lead/describe', { headers });
    expect(after.status).toBe(200);
    expect((after.body as Described).fields).toContainEqual(
      expect.objectContaining({ name: 'Score__c', label: 'Score', type: 'double', precision: 5, scale: 1 }),
    );
  });

  test('a formula field shows on old and new records and cannot be written', async () => {
    const old = await rest.create('Lead', { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Engines' });
    rest.advance(60_000);
    await rest.send('POST', '/__sandbox/fields', {
      body: {
        object: 'Lead',
        field: { name: 'Card__c', type: 'string', formula: { template: '{FirstName} of {Company}' } },
      },
    });
    expect(await rest.read('Lead', old, 'Card__c,SystemModstamp')).toEqual({
      Card__c: 'Ada of Engines',
      SystemModstamp: '2026-11-22T10:00:00.000+0000',
    });
    await rest.send('PATCH', `/sobjects/Lead/${old}`, { body: { Company: 'Analytical' } });
    expect(await rest.read('Lead', old, 'Card__c')).toEqual({ Card__c: 'Ada of Analytical' });
    const written = await rest.send('PATCH', `/sobjects/Lead/${old}`, { body: { Card__c: 'x' } });
    expect(written.body).toEqual([
      expect.objectContaining({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Card__c'] }),
    ]);
  });
});

describe('query', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  const query = (soql: string): string => `/query?q=${encodeURIComponent(soql)}`;

  test('pages of 2,000 follow one locator to the end, and keep what they found', async () => {
    const ids = rest.org.bulkLoad(
      'Lead',
      Array.from({ length: 4_500 }, (_, index) => ({ LastName: `P${index}`, Company: 'C' })),
    );
    const first = (await rest.send('GET', query('SELECT Id, LastName FROM Lead ORDER BY Id'))).body as Page;
    expect([first.totalSize, first.done, first.records.length]).toEqual([4_500, false, 2_000]);
    expect(first.nextRecordsUrl).toMatch(/^\/services\/data\/v67\.0\/query\/01g\w{15}-2000$/);
    await rest.send('PATCH', `/sobjects/Lead/${ids[2_000] ?? ''}`, { body: { LastName: 'Changed' } });
    const second = (await rest.send('GET', first.nextRecordsUrl ?? '')).body as Page;
    expect(second.records[0]).toMatchObject({ Id: ids[2_000], LastName: 'P2000' });
    expect(second.nextRecordsUrl).toMatch(/-4000$/);
    const third = (await rest.send('GET', second.nextRecordsUrl ?? '')).body as Page;
    expect([third.done, third.records.length, third.nextRecordsUrl]).toEqual([true, 500, undefined]);
  });

  test.each([
    ['300', 300],
    ['10', 200],
    ['9999', 450],
  ])('batchSize=%s gives pages of %d', async (batchSize, expected) => {
    rest.org.bulkLoad(
      'Lead',
      Array.from({ length: 450 }, (_, index) => ({ LastName: `P${index}`, Company: 'C' })),
    );
    const headers = { 'sforce-query-options': `batchSize=${batchSize}` };
    const page = (await rest.send('GET', query('SELECT Id FROM Lead'), { headers })).body as Page;
    expect(page.records).toHaveLength(expected);
  });

  test('a locator that is unknown, or another user’s, is refused', async () => {
    const refused = [400, [{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }]];
    const unknown = await rest.send('GET', '/query/01gSb0000000009MAA-2000');
    expect([unknown.status, unknown.body]).toEqual(refused);
    rest.org.bulkLoad(
      'Lead',
      Array.from({ length: 300 }, () => ({ LastName: 'P', Company: 'C' })),
    );
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const page = (await rest.send('GET', query('SELECT Id FROM Lead'), { headers })).body as Page;
    const foreign = await rest.send('GET', page.nextRecordsUrl ?? '', { as: 'rep' });
    expect([foreign.status, foreign.body]).toEqual(refused);
  });

  test('queryAll sees deleted records, query does not', async () => {
    const id = await rest.create('Lead', { LastName: 'A', Company: 'C' });
    await rest.send('DELETE', `/sobjects/Lead/${id}`);
    expect((await rest.send('GET', query('SELECT Id FROM Lead'))).body).toMatchObject({
      totalSize: 0,
      done: true,
    });
    const all = await rest.send('GET', '/queryAll?q=SELECT+Id,+IsDeleted+FROM+Lead');
    expect(all.body).toMatchObject({ totalSize: 1, records: [{ Id: id, IsDeleted: true }] });
  });

  test('COUNT() has a total and no records; mistakes have codes', async () => {
    await rest.create('Lead', { LastName: 'A', Company: 'C' });
    expect((await rest.send('GET', query('SELECT COUNT() FROM Lead'))).body).toEqual({
      totalSize: 1,
      done: true,
      records: [],
    });
    const wrong = await rest.send('GET', query('SELECT Foo FROM Lead'));
    expect([wrong.status, wrong.body]).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'INVALID_FIELD' })],
    ]);
  });

  test('columns=true answers the columns of a query in place of its records', async () => {
    const soql = 'SELECT Id, Name, Account.Name, IsDeleted FROM Contact';
    const { body } = await rest.send('GET', `${query(soql)}&columns=true`);
    expect(body).toMatchObject({ entityName: 'Contact', groupBy: false, idSelected: true, keyPrefix: '003' });
    const { columnMetadata } = body as { columnMetadata: Record<string, unknown>[] };
    expect(columnMetadata.map(({ columnName }) => columnName)).toEqual([
      'Id',
      'Name',
      'Account',
      'IsDeleted',
    ]);
    expect(columnMetadata[2]).toMatchObject({
      joinColumns: [expect.objectContaining({ columnName: 'Name', textType: true })],
    });
    expect(columnMetadata[3]).toMatchObject({ booleanType: true, textType: false });
  });
});

describe('changes', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  const window = (kind: string, start: string, end: string): string =>
    `/sobjects/Lead/${kind}/?start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`;

  test('getUpdated lists what changed in the window, getDeleted what was deleted in it', async () => {
    const kept = await rest.create('Lead', { LastName: 'A', Company: 'C' });
    const gone = await rest.create('Lead', { LastName: 'B', Company: 'C' });
    rest.advance(10 * 60_000);
    await rest.send('PATCH', `/sobjects/Lead/${kept}`, { body: { City: 'x' } });
    await rest.send('DELETE', `/sobjects/Lead/${gone}`);
    rest.advance(90_000);
    const early = await rest.send(
      'GET',
      window('updated', '2026-11-22T09:00:00+00:00', '2026-11-22T10:05:00+00:00'),
    );
    expect(early.body).toEqual({ ids: [], latestDateCovered: '2026-11-22T10:05:00.000+0000' });
    const late = await rest.send(
      'GET',
      window('updated', '2026-11-22T10:05:00+00:00', '2026-11-22T11:00:00+00:00'),
    );
    expect(late.body).toEqual({ ids: [kept], latestDateCovered: '2026-11-22T10:11:00.000+0000' });
    const deleted = await rest.send('GET', window('deleted', '2026-11-22T10:05:00Z', '2026-11-22T11:00:00Z'));
    expect(deleted.body).toEqual({
      deletedRecords: [{ id: gone, deletedDate: '2026-11-22T10:10:00.000+0000' }],
      earliestDateAvailable: '2026-11-07T10:11:30.000+0000',
      latestDateCovered: '2026-11-22T10:11:00.000+0000',
    });
  });

  test('a window that is too old or runs backwards is refused', async () => {
    for (const path of [
      window('updated', '2026-10-01T00:00:00Z', '2026-11-22T10:00:00Z'),
      window('deleted', '2026-11-01T00:00:00Z', '2026-11-22T10:00:00Z'),
      window('updated', '2026-11-22T09:00:00Z', '2026-11-22T08:00:00Z'),
    ]) {
      const reply = await rest.send('GET', path);
      expect([reply.status, reply.body]).toEqual([
        400,
        [expect.objectContaining({ errorCode: 'INVALID_REPLICATION_DATE' })],
      ]);
    }
  });
});
