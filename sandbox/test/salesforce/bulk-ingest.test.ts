import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { bulkJobs, load } from './bulk-fixture.ts';
import { API, json, STANDING_TOKEN, startSalesforce } from './fixture.ts';
import type { RunningSalesforce } from './fixture.ts';

let salesforce: RunningSalesforce;
let jobs: ReturnType<typeof bulkJobs>;
beforeEach(async () => {
  salesforce = await startSalesforce();
  jobs = bulkJobs(salesforce, 'ingest');
});
afterEach(() => salesforce.close());

const INSERT = { object: 'Lead', operation: 'insert' };
const querySchema = z.object({ records: z.array(z.record(z.string(), z.unknown())) });
const query = async (soql: string) => {
  const reply = await salesforce.call(`${API}/query?q=${encodeURIComponent(soql)}`);
  return querySchema.parse(await reply.json()).records.map(({ attributes: _type, ...fields }) => fields);
};
const csv = (...lines: string[]) => `${lines.join('\n')}\n`;
const errorsOf = async (reply: Response) => ({ status: reply.status, body: await reply.json() });

describe('a job on its way', () => {
  test('answers each step with the fields that step has', async () => {
    const created = await (await jobs.create({ ...INSERT, object: 'lead' })).json();
    const stamp = '2026-06-15T12:00:00.000+0000';
    const common = {
      id: expect.stringMatching(/^750\w{12}[A-Z0-5]{3}$/),
      operation: 'insert',
      object: 'Lead',
      createdById: '005000000000001AAA',
      createdDate: stamp,
      systemModstamp: stamp,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: 67,
    };
    const { id } = z.object({ id: z.string() }).parse(created);
    expect(created).toEqual({
      ...common,
      state: 'Open',
      contentUrl: `services/data/v67.0/jobs/ingest/${id}/batches`,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    const uploaded = await jobs.upload(id, csv('LastName,Company', 'One,Co'));
    expect([uploaded.status, await uploaded.text()]).toEqual([201, '']);
    expect(await (await jobs.setState(id, 'UploadComplete')).json()).toEqual({
      ...common,
      state: 'UploadComplete',
    });
    expect(await jobs.end(id)).toEqual({
      ...common,
      state: 'JobComplete',
      jobType: 'V2Ingest',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      numberRecordsProcessed: 1,
      numberRecordsFailed: 0,
      retries: 0,
      totalProcessingTime: 0,
      apiActiveProcessingTime: 0,
      apexProcessingTime: 0,
    });
  });

  test('is found by its 15-character id, and by no other version of the API', async () => {
    const id = await jobs.open(INSERT);
    expect((await jobs.info(id.slice(0, 15))).id).toBe(id);
    expect((await salesforce.call(`/services/data/v66.0/jobs/ingest/${id}`)).status).toBe(409);
    expect((await salesforce.call(`${API}/jobs/ingest/750000000000009AAA`)).status).toBe(404);
  });

  test('refuses more than 150 MB before it reads them', async () => {
    const id = await jobs.open(INSERT);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${STANDING_TOKEN}`,
        'Content-Type': 'text/csv',
        'Content-Length': 150 * 1024 * 1024 + 1,
      };
      const upload = request(`${salesforce.url}${API}/jobs/ingest/${id}/batches`, { method: 'PUT', headers });
      upload.on('response', (reply) => {
        resolve(reply.statusCode);
        upload.destroy();
      });
      upload.on('error', reject);
      upload.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test('takes one upload', async () => {
    const id = await jobs.open(INSERT);
    await jobs.upload(id, csv('LastName', 'x'));
    const { status, body } = await errorsOf(await jobs.upload(id, csv('LastName', 'y')));
    expect(status).toBe(400);
    expect(body).toMatchObject([{ message: expect.stringContaining('Found multiple contents for job') }]);
  });

  test('counts every HTTP call once and tells so', async () => {
    const id = await jobs.open(INSERT);
    await jobs.upload(id, csv('LastName', 'x'));
    const reply = await salesforce.call(`${API}/jobs/ingest/${id}`);
    expect(reply.headers.get('Sforce-Limit-Info')).toBe('api-usage=3/15000');
  });

  test('can be deleted when it is over and not before', async () => {
    const id = await jobs.open(INSERT);
    expect(await errorsOf(await jobs.remove(id))).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALIDJOBSTATE' }],
    });
    await jobs.setState(id, 'Aborted');
    // jsforce sends a type with no body.
    const headers = { 'content-type': 'application/json' };
    const removed = await salesforce.call(`${API}/jobs/ingest/${id}`, { method: 'DELETE', headers });
    expect(removed.status).toBe(204);
    expect((await salesforce.call(`${API}/jobs/ingest/${id}`)).status).toBe(404);
  });

  test('is forgotten seven days after its end', async () => {
    const { id } = await load(salesforce, INSERT, csv('LastName,Company', 'x,y'));
    salesforce.clock.advance(8 * 24 * 60 * 60_000);
    const list = await (await salesforce.call(`${API}/jobs/ingest`)).json();
    expect(list).toEqual({ done: true, nextRecordsUrl: null, records: [] });
    expect((await salesforce.call(`${API}/jobs/ingest/${id}`)).status).toBe(404);
  });

  test.each([
    ['an unknown object', { ...INSERT, object: 'Ghost' }],
    ['an unknown operation', { ...INSERT, operation: 'merge' }],
    ['an upsert without an external id field', { object: 'Lead', operation: 'upsert' }],
    [
      'an upsert by a field that is no external id',
      { object: 'Lead', operation: 'upsert', externalIdFieldName: 'Title' },
    ],
  ])('is not made for %s', async (_case, body) => {
    expect((await jobs.create(body)).status).toBe(400);
  });
});

describe('an aborted job', () => {
  test('keeps what it saved, and the rest is unprocessed', async () => {
    const id = await jobs.open(INSERT);
    await jobs.upload(
      id,
      csv('LastName,Company', ...Array.from({ length: 5_000 }, (_, row) => `L${row},Co`)),
    );
    await jobs.setState(id, 'UploadComplete');
    expect((await jobs.setState(id, 'Aborted')).status).toBe(200);
    const job = await jobs.end(id);
    const saved = await jobs.rows(id, 'successfulResults');
    const unprocessed = await jobs.rows(id, 'unprocessedrecords');
    expect(job.state).toBe('Aborted');
    expect(saved.length + unprocessed.length).toBe(5_000);
    expect(unprocessed.at(-1)).toEqual({ LastName: 'L4999', Company: 'Co' });
    expect(await query('SELECT COUNT(Id) n FROM Lead')).toEqual([{ n: saved.length }]);
    expect(await errorsOf(await jobs.setState(id, 'Aborted'))).toEqual({
      status: 400,
      body: [{ errorCode: 'INVALIDJOBSTATE', message: 'Aborting already Completed Job not allowed' }],
    });
  });
});

describe('operations', () => {
  test('insert reports each row in the order of the file', async () => {
    const { id } = await load(
      salesforce,
      INSERT,
      csv(
        'lastname,COMPANY,Email',
        'One,"Quotes, ""commas""",one@x.example',
        ',None,',
        'Two,Co,not-an-email',
      ),
    );
    expect(await jobs.rows(id, 'successfulResults')).toEqual([
      {
        sf__Id: expect.stringMatching(/^00Q/),
        sf__Created: 'true',
        lastname: 'One',
        COMPANY: 'Quotes, "commas"',
        Email: 'one@x.example',
      },
    ]);
    expect(await jobs.rows(id, 'failedResults')).toMatchObject([
      { sf__Id: '', sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --' },
      { sf__Id: '', sf__Error: 'INVALID_EMAIL_ADDRESS:Email: invalid email address: not-an-email:Email --' },
    ]);
    expect(await jobs.rows(id, 'unprocessedrecords')).toEqual([]);
  });

  test('update leaves empty cells alone and empties on #N/A', async () => {
    await load(salesforce, INSERT, csv('LastName,Company,Title,Phone,AnnualRevenue', 'One,Co,Boss,123,5'));
    const [lead] = await query('SELECT Id FROM Lead');
    const update = { object: 'Lead', operation: 'update' };
    const job = await load(
      salesforce,
      update,
      csv('Id,Title,Phone,AnnualRevenue', `${String(lead?.['Id'])},,#N/A,7`),
    );
    expect(job).toMatchObject({ numberRecordsProcessed: 1, numberRecordsFailed: 0 });
    expect(await query('SELECT Title, Phone, AnnualRevenue FROM Lead')).toEqual([
      { Title: 'Boss', Phone: null, AnnualRevenue: 7 },
    ]);
    expect(await jobs.rows(job.id, 'successfulResults')).toMatchObject([{ sf__Created: 'false' }]);
  });

  test('upsert tells created from updated', async () => {
    const upsert = { object: 'Contact', operation: 'upsert', externalIdFieldName: 'ActiveCampaign_ID__c' };
    await load(salesforce, upsert, csv('ActiveCampaign_ID__c,LastName', '1,One'));
    const { id } = await load(
      salesforce,
      upsert,
      csv('activecampaign_id__c,LastName', '1,Uno', '2,Two', ',None'),
    );
    expect(await jobs.rows(id, 'successfulResults')).toMatchObject([
      { sf__Created: 'false', LastName: 'Uno' },
      { sf__Created: 'true', LastName: 'Two' },
    ]);
    expect(await jobs.rows(id, 'failedResults')).toMatchObject([
      { sf__Error: expect.stringMatching(/^MISSING_ARGUMENT:.*:ActiveCampaign_ID__c --$/), LastName: 'None' },
    ]);
  });

  test('a parent can be named by its external id', async () => {
    await load(
      salesforce,
      { object: 'Account', operation: 'insert' },
      csv('Name,ActiveCampaign_ID__c', 'Acme,a1'),
    );
    const insert = { object: 'Contact', operation: 'insert' };
    const { id } = await load(
      salesforce,
      insert,
      csv('LastName,Account.ActiveCampaign_ID__c', 'One,a1', 'Two,a9'),
    );
    expect(await query('SELECT LastName, Account.Name FROM Contact')).toMatchObject([
      { LastName: 'One', Account: { Name: 'Acme' } },
    ]);
    expect(await jobs.rows(id, 'failedResults')).toMatchObject([
      { sf__Error: expect.stringMatching(/^INVALID_FIELD:Foreign key external ID: a9 not found/) },
    ]);
  });

  test('delete takes ids, and a second delete says the record is gone', async () => {
    await load(salesforce, INSERT, csv('LastName,Company', 'One,Co'));
    const [lead] = await query('SELECT Id FROM Lead');
    const remove = { object: 'Lead', operation: 'delete' };
    const first = await load(salesforce, remove, csv('Id', String(lead?.['Id'])));
    const second = await load(salesforce, remove, csv('Id', String(lead?.['Id'])));
    expect(first).toMatchObject({ numberRecordsFailed: 0 });
    expect(await query('SELECT Id FROM Lead')).toEqual([]);
    expect(await jobs.rows(second.id, 'failedResults')).toMatchObject([
      { sf__Error: 'ENTITY_IS_DELETED:entity is deleted:--' },
    ]);
  });

  test('hardDelete leaves nothing in the recycle bin', async () => {
    await load(salesforce, INSERT, csv('LastName,Company', 'One,Co', 'Two,Co'));
    const leads = await query('SELECT Id FROM Lead ORDER BY LastName');
    const [first, second] = leads.map((lead) => String(lead['Id']));
    await load(salesforce, { object: 'Lead', operation: 'delete' }, csv('Id', first ?? ''));
    await load(salesforce, { object: 'Lead', operation: 'hardDelete' }, csv('Id', second ?? ''));
    const all = await salesforce.call(`${API}/queryAll?q=${encodeURIComponent('SELECT Id FROM Lead')}`);
    expect(querySchema.parse(await all.json()).records).toMatchObject([{ Id: first }]);
  });

  test('other delimiters and line endings go both ways', async () => {
    const settings = { ...INSERT, columnDelimiter: 'PIPE', lineEnding: 'CRLF' };
    const { id } = await load(salesforce, settings, 'LastName|Company\r\nOne|a,b\r\n');
    expect(await (await jobs.get(id, 'successfulResults')).text()).toMatch(
      /^"sf__Id"\|"sf__Created"\|"LastName"\|"Company"\r\n"00Q\w+"\|"true"\|"One"\|"a,b"\r\n$/,
    );
  });

  test('20,000 rows are saved while other calls are answered', async () => {
    const lines = Array.from({ length: 20_000 }, (_, row) => `L${row},Co,l${row}@x.example`);
    const id = await jobs.open(INSERT);
    await jobs.upload(id, csv('LastName,Company,Email', ...lines));
    await jobs.setState(id, 'UploadComplete');
    const seen = new Set<number>();
    let job = await jobs.info(id);
    while (job.state !== 'JobComplete') {
      seen.add(job.numberRecordsProcessed ?? 0);
      job = await jobs.info(id);
    }
    expect(job).toMatchObject({ numberRecordsProcessed: 20_000, numberRecordsFailed: 0 });
    expect([...seen].filter((count) => count > 0 && count < 20_000).length).toBeGreaterThan(1);
    expect(await query('SELECT COUNT(Id) n FROM Lead')).toEqual([{ n: 20_000 }]);
  });
});

describe('data that cannot be read', () => {
  test.each([
    ['an unknown column', csv('LastName,Ghost__c', 'x,y'), 'InvalidBatch : Field name not found : Ghost__c'],
    [
      'the wrong line ending',
      'LastName,Company\r\nx,y\r\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    ['nothing at all', '', 'InvalidBatch : Failed to parse CSV header'],
  ])('fails the job and saves nothing: %s', async (_case, text, errorMessage) => {
    const job = await load(salesforce, INSERT, text);
    expect(job).toMatchObject({ state: 'Failed', errorMessage, numberRecordsProcessed: 0 });
    expect(await query('SELECT Id FROM Lead')).toEqual([]);
  });

  test('a broken line fails the job after the rows of whole chunks before it were saved', async () => {
    const good = Array.from({ length: 250 }, (_, row) => `L${row},Co`);
    const job = await load(salesforce, INSERT, csv('LastName,Company', ...good, 'a"b"c,"x"y'));
    expect(job).toMatchObject({ state: 'Failed', numberRecordsProcessed: 200 });
    expect(await jobs.rows(job.id, 'successfulResults')).toHaveLength(200);
    expect(await jobs.rows(job.id, 'unprocessedrecords')).toHaveLength(50);
  });

  test('a column that the user may not see is as good as absent', async () => {
    const reply = await salesforce.call('/services/Soap/u/60.0', {
      method: 'POST',
      body: '<e:Envelope xmlns:e="x"><e:Body><login><username>guestrep@sandbox.test</username><password>sandbox1234sandboxtoken</password></login></e:Body></e:Envelope>',
    });
    const token = /<sessionId>(.+)<\/sessionId>/.exec(await reply.text())?.[1] ?? '';
    const job = await load(salesforce, INSERT, csv('LastName,ActiveCampaign_ID__c', 'x,1'), { token });
    expect(job.errorMessage).toBe('InvalidBatch : Field name not found : ActiveCampaign_ID__c');
  });

  test('a body that is no CSV is refused', async () => {
    const id = await jobs.open(INSERT);
    const reply = await salesforce.call(`${API}/jobs/ingest/${id}/batches`, json('PUT', {}));
    expect(reply.status).toBe(415);
  });

  test('results are not to be had before the end', async () => {
    const id = await jobs.open(INSERT);
    expect((await jobs.get(id, 'successfulResults')).status).toBe(400);
  });
});
