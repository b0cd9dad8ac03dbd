import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startRest } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

function lead(key: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { attributes: { type: 'Lead' }, LastName: `Person ${key}`, Company: 'Engines', ...more };
}

function idsOf(body: unknown): string[] {
  return (body as { id: string }[]).map(({ id }) => id);
}

const ROLLED_BACK = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

describe('collections', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  test('200 rows are saved in one API call, in order, with a result each', async () => {
    const records = Array.from({ length: 200 }, (_, index) => lead(index));
    const reply = await rest.send('POST', '/composite/sobjects', { body: { records } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('sforce-limit-info')).toBe('api-usage=1/15000');
    const ids = idsOf(reply.body);
    expect(new Set(ids).size).toBe(200);
    expect(await rest.read('Lead', ids[199] ?? '', 'Name')).toEqual({ Name: 'Person 199' });
  });

  test('201 rows are refused as a whole', async () => {
    const records = Array.from({ length: 201 }, (_, index) => lead(index));
    const reply = await rest.send('POST', '/composite/sobjects', { body: { records } });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual([
      {
        message: 'record limit reached. cannot submit more than 200 records into this call',
        errorCode: 'EXCEEDED_ID_LIMIT',
      },
    ]);
    expect(rest.org.table('Lead')?.size).toBe(0);
  });

  test('a bad row fails alone, with statusCode and without id', async () => {
    const records = [lead(1), lead(2, { Email: 'bad' }), lead(3)];
    const reply = await rest.send('POST', '/composite/sobjects', { body: { allOrNone: false, records } });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual([
      { id: expect.any(String), success: true, errors: [] },
      {
        success: false,
        errors: [
          {
            statusCode: 'INVALID_EMAIL_ADDRESS',
            message: 'Email: invalid email address: bad',
            fields: ['Email'],
          },
        ],
      },
      { id: expect.any(String), success: true, errors: [] },
    ]);
    expect(rest.org.table('Lead')?.size).toBe(2);
  });

  test('all or none: one bad row takes back the others, which keep their ids', async () => {
    const records = [lead(1), lead(2, { Email: 'bad' })];
    const reply = await rest.send('POST', '/composite/sobjects', { body: { allOrNone: true, records } });
    expect(reply.body).toEqual([
      { id: expect.stringMatching(/^00Q/), success: false, errors: [ROLLED_BACK] },
      { success: false, errors: [expect.objectContaining({ statusCode: 'INVALID_EMAIL_ADDRESS' })] },
    ]);
    expect(rest.org.table('Lead')?.size).toBe(0);
  });

  test('an update taken back leaves values, unique keys and time stamps as they were', async () => {
    const id = await rest.create('Lead', { LastName: 'A', Company: 'C', External_Key__c: 'old' });
    rest.advance(60_000);
    const records = [lead(1, { id, External_Key__c: 'new' }), lead(2, { id: '00QSb0000000zzzMAA' })];
    const reply = await rest.send('PATCH', '/composite/sobjects', { body: { allOrNone: true, records } });
    expect(reply.body).toEqual([
      { id, success: false, errors: [ROLLED_BACK] },
      { success: false, errors: [expect.objectContaining({ statusCode: 'INVALID_CROSS_REFERENCE_KEY' })] },
    ]);
    expect(await rest.read('Lead', id, 'LastName,External_Key__c,SystemModstamp')).toEqual({
      LastName: 'A',
      External_Key__c: 'old',
      SystemModstamp: '2026-11-22T10:00:00.000+0000',
    });
    expect((await rest.send('GET', '/sobjects/Lead/External_Key__c/new')).status).toBe(404);
    expect((await rest.send('GET', '/sobjects/Lead/External_Key__c/old')).status).toBe(200);
  });

  test('types may be mixed, in at most ten runs', async () => {
    const account = { attributes: { type: 'Account' }, Name: 'Engines' };
    const mixed = await rest.send('POST', '/composite/sobjects', {
      body: { records: [account, lead(1), account] },
    });
    expect(idsOf(mixed.body).map((id) => id.slice(0, 3))).toEqual(['001', '00Q', '001']);
    const runs = Array.from({ length: 11 }, (_, index) => (index % 2 === 0 ? account : lead(index)));
    const refused = await rest.send('POST', '/composite/sobjects', { body: { records: runs } });
    expect([refused.status, refused.body]).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'LIMIT_EXCEEDED' })],
    ]);
  });

  test('an id of another type is malformed', async () => {
    const reply = await rest.send('PATCH', '/composite/sobjects', {
      body: { records: [{ attributes: { type: 'Contact' }, id: '001Sb0000000001MAA', LastName: 'x' }] },
    });
    expect(reply.body).toEqual([
      {
        success: false,
        errors: [
          {
            statusCode: 'MALFORMED_ID',
            message: 'Contact ID: id value of incorrect type: 001Sb0000000001MAA',
            fields: ['Id'],
          },
        ],
      },
    ]);
  });

  test('an upsert creates, updates, and refuses a key given twice in both rows', async () => {
    const path = '/composite/sobjects/Lead/External_Key__c';
    const first = await rest.send('PATCH', path, { body: { records: [lead(1, { External_Key__c: 'a' })] } });
    expect(first.body).toEqual([{ id: expect.any(String), success: true, errors: [], created: true }]);
    const second = await rest.send('PATCH', path, {
      body: {
        records: [
          lead(1, { External_Key__c: 'A' }),
          lead(2, { External_Key__c: 'b' }),
          lead(3, { External_Key__c: 'B' }),
          lead(4),
        ],
      },
    });
    const duplicate = (key: string): unknown => ({
      success: false,
      errors: [
        {
          statusCode: 'DUPLICATE_VALUE',
          message: `Duplicate external id specified: ${key}`,
          fields: ['External_Key__c'],
        },
      ],
    });
    expect(second.body).toEqual([
      { id: idsOf(first.body)[0], success: true, errors: [], created: false },
      duplicate('b'),
      duplicate('B'),
      {
        success: false,
        errors: [
          {
            statusCode: 'MISSING_ARGUMENT',
            message: 'External_Key__c not specified',
            fields: ['External_Key__c'],
          },
        ],
      },
    ]);
  });

  test('an unknown field fails the whole request', async () => {
    const reply = await rest.send('POST', '/composite/sobjects', {
      body: { records: [lead(1), lead(2, { Foo__c: 1 })] },
    });
    expect([reply.status, reply.body]).toEqual([
      400,
      [{ message: "No such column 'Foo__c' on sobject of type Lead", errorCode: 'INVALID_FIELD' }],
    ]);
  });

  test('rows are read by up to 2,000 ids, with null for what is gone', async () => {
    const id = await rest.create('Lead', { LastName: 'A', Company: 'C' });
    const gone = await rest.create('Lead', { LastName: 'B', Company: 'C' });
    await rest.send('DELETE', `/sobjects/Lead/${gone}`);
    const wanted = [expect.objectContaining({ LastName: 'A' }), null];
    const byGet = await rest.send('GET', `/composite/sobjects/Lead?ids=${id},${gone}&fields=LastName`);
    expect(byGet.body).toEqual(wanted);
    const body = { ids: [id, gone], fields: ['LastName'] };
    expect((await rest.send('POST', '/composite/sobjects/Lead', { body })).body).toEqual(wanted);
    const tooMany = { ids: Array.from({ length: 2_001 }, () => id), fields: ['Id'] };
    expect((await rest.send('POST', '/composite/sobjects/Lead', { body: tooMany })).status).toBe(400);
  });

  test('rows are deleted by id', async () => {
    const id = await rest.create('Lead', { LastName: 'A', Company: 'C' });
    const reply = await rest.send('DELETE', `/composite/sobjects?ids=${id},00QSb0000000zzzMAA`);
    expect(reply.body).toEqual([
      { id, success: true, errors: [] },
      {
        success: false,
        errors: [
          { statusCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id', fields: [] },
        ],
      },
    ]);
  });
});

describe('composition', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  const base = '/services/data/v67.0';

  test('later subrequests use earlier answers, and all of it is one API call', async () => {
    const reply = await rest.send('POST', '/composite', {
      body: {
        compositeRequest: [
          { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'acc', body: { Name: 'Engines' } },
          {
            method: 'POST',
            url: `${base}/sobjects/Contact`,
            referenceId: 'con',
            body: { LastName: 'Lovelace', AccountId: '@{acc.id}' },
          },
          { method: 'GET', url: `${base}/sobjects/Contact/@{con.id}?fields=AccountId`, referenceId: 'read' },
        ],
      },
    });
    expect(reply.status).toBe(200);
    const { compositeResponse } = reply.body as { compositeResponse: { body: Record<string, unknown> }[] };
    const accountId = compositeResponse[0]?.body['id'];
    expect(compositeResponse[2]).toEqual({
      body: expect.objectContaining({ AccountId: accountId }),
      httpHeaders: expect.anything(),
      httpStatusCode: 200,
      referenceId: 'read',
    });
    expect(compositeResponse[0]).toMatchObject({
      httpStatusCode: 201,
      httpHeaders: { Location: `${base}/sobjects/Account/${String(accountId)}` },
    });
    expect(rest.usage.used).toBe(1);
  });

  test('all or none: a failure takes back what was done and halts the rest', async () => {
    const reply = await rest.send('POST', '/composite', {
      body: {
        allOrNone: true,
        compositeRequest: [
          { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'acc', body: { Name: 'Engines' } },
          { method: 'POST', url: `${base}/sobjects/Contact`, referenceId: 'con', body: { FirstName: 'x' } },
          { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'more', body: { Name: 'More' } },
        ],
      },
    });
    const halted = {
      body: [
        {
          errorCode: 'PROCESSING_HALTED',
          message: 'The transaction was rolled back since another operation in the same transaction failed.',
        },
      ],
      httpHeaders: {},
      httpStatusCode: 400,
    };
    expect(reply.body).toEqual({
      compositeResponse: [
        { ...halted, referenceId: 'acc' },
        {
          body: [expect.objectContaining({ errorCode: 'REQUIRED_FIELD_MISSING' })],
          httpHeaders: {},
          httpStatusCode: 400,
          referenceId: 'con',
        },
        { ...halted, referenceId: 'more' },
      ],
    });
    expect(rest.org.table('Account')?.size).toBe(0);
  });

  test('without all-or-none the others stand, and what depended on the failure is halted', async () => {
    const reply = await rest.send('POST', '/composite', {
      body: {
        compositeRequest: [
          { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'bad', body: {} },
          {
            method: 'POST',
            url: `${base}/sobjects/Contact`,
            referenceId: 'con',
            body: { LastName: 'x', AccountId: '@{bad.id}' },
          },
          { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'good', body: { Name: 'Good' } },
        ],
      },
    });
    const { compositeResponse } = reply.body as {
      compositeResponse: { httpStatusCode: number; body: unknown }[];
    };
    expect(compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([400, 400, 201]);
    expect(compositeResponse[1]?.body).toEqual([
      {
        message: 'Invalid reference specified. No value for bad.id found in bad',
        errorCode: 'PROCESSING_HALTED',
      },
    ]);
  });

  test('at most 25 subrequests, at most five of them queries or collections', async () => {
    const read = (index: number): unknown => ({
      method: 'GET',
      url: `${base}/limits`,
      referenceId: `r${index}`,
    });
    const query = (index: number): unknown => ({
      method: 'GET',
      url: `${base}/query?q=SELECT+Id+FROM+Lead`,
      referenceId: `q${index}`,
    });
    const many = (count: number, make: (index: number) => unknown): unknown => ({
      body: { compositeRequest: Array.from({ length: count }, (_, index) => make(index)) },
    });
    for (const [count, make, status] of [
      [25, read, 200],
      [26, read, 400],
      [5, query, 200],
      [6, query, 400],
    ] as const) {
      const reply = await rest.send('POST', '/composite', many(count, make) as { body: unknown });
      expect([count, reply.status]).toEqual([count, status]);
    }
  });

  test('a batch runs independent requests and counts each', async () => {
    const reply = await rest.send('POST', '/composite/batch', {
      body: {
        batchRequests: [
          { method: 'POST', url: 'v67.0/sobjects/Lead', richInput: { LastName: 'A', Company: 'C' } },
          { method: 'POST', url: 'v67.0/sobjects/Lead', richInput: { LastName: 'B' } },
          { method: 'GET', url: 'v67.0/limits' },
        ],
      },
    });
    expect(reply.body).toEqual({
      hasErrors: true,
      results: [
        { statusCode: 201, result: expect.objectContaining({ success: true }) },
        { statusCode: 400, result: [expect.objectContaining({ errorCode: 'REQUIRED_FIELD_MISSING' })] },
        {
          statusCode: 200,
          result: expect.objectContaining({ DailyApiRequests: { Max: 15000, Remaining: 14997 } }),
        },
      ],
    });
    expect(reply.headers.get('sforce-limit-info')).toBe('api-usage=3/15000');
  });

  test('a tree saves records with their children, or none of them', async () => {
    const contacts = (lastName: string | undefined): unknown => ({
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Engines',
          Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: lastName }] },
        },
      ],
    });
    const good = await rest.send('POST', '/composite/tree/Account', { body: contacts('Lovelace') });
    expect(good.status).toBe(201);
    const { results } = good.body as { results: { referenceId: string; id: string }[] };
    expect(results.map(({ referenceId }) => referenceId)).toEqual(['a', 'c']);
    expect(await rest.read('Contact', results[1]?.id ?? '', 'AccountId')).toEqual({
      AccountId: results[0]?.id,
    });
    const bad = await rest.send('POST', '/composite/tree/Account', { body: contacts(undefined) });
    expect([bad.status, bad.body]).toEqual([
      400,
      {
        hasErrors: true,
        results: [
          { referenceId: 'c', errors: [expect.objectContaining({ statusCode: 'REQUIRED_FIELD_MISSING' })] },
        ],
      },
    ]);
    expect(rest.org.table('Account')?.size).toBe(1);
  });

  test('each graph is saved as a whole or not at all', async () => {
    const account = (name: string | undefined): unknown => ({
      method: 'POST',
      url: `${base}/sobjects/Account`,
      referenceId: name ?? 'nameless',
      body: { Name: name },
    });
    const reply = await rest.send('POST', '/composite/graph', {
      body: {
        graphs: [
          { graphId: 'g1', compositeRequest: [account('One'), account('Two')] },
          { graphId: 'g2', compositeRequest: [account('Three'), account(undefined)] },
        ],
      },
    });
    const { graphs } = reply.body as { graphs: { graphId: string; isSuccessful: boolean }[] };
    expect(graphs.map(({ graphId, isSuccessful }) => [graphId, isSuccessful])).toEqual([
      ['g1', true],
      ['g2', false],
    ]);
    expect([...(rest.org.table('Account')?.rows() ?? [])].map((row) => row['Name'])).toEqual(['One', 'Two']);
  });
});
