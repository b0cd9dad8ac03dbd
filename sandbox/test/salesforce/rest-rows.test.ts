import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ADMIN_ID, startRest } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

const LEAD = { FirstName: 'Ada', LastName: 'Lovelace', Company: 'Engines', Email: 'ada@engines.example' };

describe('rows', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest({ 'Lead.Title': 'read', 'Lead.Phone': 'none' });
  });
  afterEach(() => rest.close());

  test('a created record gets an id, a Location, defaults, a full name and time stamps', async () => {
    const reply = await rest.send('POST', '/sobjects/Lead', { body: LEAD });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({ id: expect.stringMatching(/^00Q\w{15}$/), success: true, errors: [] });
    const { id } = reply.body as { id: string };
    expect(reply.headers.get('location')).toBe(`/services/data/v67.0/sobjects/Lead/${id}`);
    expect(reply.headers.get('sforce-limit-info')).toBe('api-usage=1/15000');
    expect(reply.headers.get('date')).not.toBeNull();
    expect(
      await rest.read('Lead', id, 'Name,Status,IsConverted,OwnerId,CreatedDate,SystemModstamp,Stage__c'),
    ).toEqual({
      Name: 'Ada Lovelace',
      Status: 'Open - Not Contacted',
      IsConverted: false,
      OwnerId: ADMIN_ID,
      CreatedDate: '2026-11-22T10:00:00.000+0000',
      SystemModstamp: '2026-11-22T10:00:00.000+0000',
      Stage__c: 'New',
    });
  });

  test('names are case-insensitive on the way in and canonical on the way out; 15-character ids work', async () => {
    const id = await rest.create('lead', { lastname: 'Hopper', COMPANY: 'Navy' });
    const reply = await rest.send('GET', `/sobjects/LEAD/${id.slice(0, 15)}?fields=lastName,company`);
    expect(reply.body).toEqual({
      attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${id}` },
      LastName: 'Hopper',
      Company: 'Navy',
    });
  });

  test('text is trimmed and empty text is null', async () => {
    const id = await rest.create('Lead', { ...LEAD, Title: '  Countess ', City: '', State: '   ' });
    expect(await rest.read('Lead', id, 'Title,City,State')).toEqual({
      Title: 'Countess',
      City: null,
      State: null,
    });
  });

  test('an update moves SystemModstamp even when nothing changes', async () => {
    const id = await rest.create('Lead', LEAD);
    rest.advance(61_500);
    const reply = await rest.send('PATCH', `/sobjects/Lead/${id}`, { body: { FirstName: 'Ada' } });
    expect(reply.status).toBe(204);
    expect(reply.body).toBeUndefined();
    expect(await rest.read('Lead', id, 'CreatedDate,SystemModstamp')).toEqual({
      CreatedDate: '2026-11-22T10:00:00.000+0000',
      SystemModstamp: '2026-11-22T10:01:01.000+0000',
    });
  });

  test('a deleted record answers ENTITY_IS_DELETED, an unknown one NOT_FOUND', async () => {
    const id = await rest.create('Lead', LEAD);
    expect((await rest.send('DELETE', `/sobjects/Lead/${id}`)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const reply = await rest.send(
        method,
        `/sobjects/Lead/${id}`,
        method === 'PATCH' ? { body: { City: 'x' } } : {},
      );
      expect(reply.status).toBe(404);
      expect(reply.body).toEqual([
        { message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] },
      ]);
    }
    const unknown = await rest.send('PATCH', '/sobjects/Lead/00QSb0000000zzzMAA', { body: { City: 'x' } });
    expect(unknown.status).toBe(404);
    expect(unknown.body).toEqual([
      { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' },
    ]);
  });

  test.each([
    [
      'REQUIRED_FIELD_MISSING',
      { FirstName: 'x' },
      'Required fields are missing: [LastName, Company]',
      ['LastName', 'Company'],
    ],
    [
      'STRING_TOO_LONG',
      { ...LEAD, FirstName: 'x'.repeat(41) },
      `First Name: data value too large: ${'x'.repeat(41)} (max length=40)`,
      ['FirstName'],
    ],
    ['INVALID_EMAIL_ADDRESS', { ...LEAD, Email: '123' }, 'Email: invalid email address: 123', ['Email']],
    [
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      { ...LEAD, Stage__c: 'Odd' },
      'Stage: bad value for restricted picklist field: Odd',
      ['Stage__c'],
    ],
    [
      'MALFORMED_ID',
      { ...LEAD, OwnerId: 'nobody' },
      'Owner ID: id value of incorrect type: nobody',
      ['OwnerId'],
    ],
    [
      'INVALID_CROSS_REFERENCE_KEY',
      { ...LEAD, OwnerId: '005000000000009AAA' },
      'invalid cross reference id',
      ['OwnerId'],
    ],
    [
      'NUMBER_OUTSIDE_VALID_RANGE',
      { ...LEAD, NumberOfEmployees: 123_456_789 },
      'Employees: value outside of valid range on numeric field: 123456789',
      ['NumberOfEmployees'],
    ],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      { ...LEAD, CreatedDate: '2020-01-01T00:00:00Z' },
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['CreatedDate'],
    ],
  ])('%s', async (errorCode, body, message, fields) => {
    const reply = await rest.send('POST', '/sobjects/Lead', { body });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual([{ message, errorCode, fields }]);
  });

  test.each([
    ['INVALID_FIELD', { ...LEAD, Shoe_Size__c: 43 }, "No such column 'Shoe_Size__c' on sobject of type Lead"],
    [
      'JSON_PARSER_ERROR',
      { ...LEAD, NumberOfEmployees: 'many' },
      'Cannot deserialize instance of int from VALUE_STRING value many or request may be missing a required field at [line:1, column:1]',
    ],
    [
      'JSON_PARSER_ERROR',
      { ...LEAD, HasOptedOutOfEmail: 'maybe' },
      'Cannot deserialize instance of boolean from VALUE_STRING value maybe or request may be missing a required field at [line:1, column:1]',
    ],
    [
      'JSON_PARSER_ERROR',
      { ...LEAD, Title: 5 },
      'Cannot deserialize instance of string from VALUE_NUMBER_INT value 5 or request may be missing a required field at [line:1, column:1]',
    ],
  ])('%s before anything is saved', async (errorCode, body, message) => {
    const reply = await rest.send('POST', '/sobjects/Lead', { body });
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual([{ message, errorCode }]);
  });

  test('malformed JSON, no body and unknown objects are told apart', async () => {
    const malformed = await rest.send('POST', '/sobjects/Lead', { text: '{"LastName":' });
    expect([malformed.status, malformed.body]).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'JSON_PARSER_ERROR' })],
    ]);
    const empty = await rest.send('POST', '/sobjects/Lead');
    expect([empty.status, empty.body]).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'JSON_PARSER_ERROR' })],
    ]);
    const unknown = await rest.send('POST', '/sobjects/Nonsense', { body: {} });
    expect([unknown.status, unknown.body]).toEqual([
      404,
      [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }],
    ]);
  });

  test('field-level security: a hidden field does not exist, a read-only one cannot be written', async () => {
    const id = await rest.create('Lead', { ...LEAD, Title: 'Countess', Phone: '1' });
    const hidden = await rest.send('PATCH', `/sobjects/Lead/${id}`, { body: { Phone: '2' }, as: 'rep' });
    expect(hidden.body).toEqual([
      { message: "No such column 'Phone' on sobject of type Lead", errorCode: 'INVALID_FIELD' },
    ]);
    const readOnly = await rest.send('PATCH', `/sobjects/Lead/${id}`, { body: { Title: 'Ms' }, as: 'rep' });
    expect(readOnly.body).toEqual([
      expect.objectContaining({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['Title'] }),
    ]);
    const seen = await rest.send('GET', `/sobjects/Lead/${id}`, { as: 'rep' });
    expect(seen.body).toMatchObject({ Title: 'Countess' });
    expect(seen.body).not.toHaveProperty('Phone');
  });

  test('numbers are rounded to the scale of their field', async () => {
    await rest.send('POST', '/__sandbox/fields', {
      body: { object: 'Lead', field: { name: 'Rate__c', type: 'percent', precision: 5, scale: 2 } },
    });
    const id = await rest.create('Lead', { ...LEAD, Rate__c: 1.005 });
    expect(await rest.read('Lead', id, 'Rate__c')).toEqual({ Rate__c: 1.01 });
  });

  test('conditional headers: 304 when unmodified, 412 when modified since', async () => {
    const id = await rest.create('Lead', LEAD);
    const at = new Date(Date.parse('2026-11-22T10:00:00Z')).toUTCString();
    const before = new Date(Date.parse('2026-11-22T09:59:00Z')).toUTCString();
    expect(
      (await rest.send('GET', `/sobjects/Lead/${id}`, { headers: { 'if-modified-since': at } })).status,
    ).toBe(304);
    expect(
      (await rest.send('GET', `/sobjects/Lead/${id}`, { headers: { 'if-modified-since': before } })).status,
    ).toBe(200);
    const body = { City: 'London' };
    const stale = await rest.send('PATCH', `/sobjects/Lead/${id}`, {
      body,
      headers: { 'if-unmodified-since': before },
    });
    expect(stale.status).toBe(412);
    expect(await rest.read('Lead', id, 'City')).toEqual({ City: null });
    const fresh = await rest.send('PATCH', `/sobjects/Lead/${id}`, {
      body,
      headers: { 'if-unmodified-since': at },
    });
    expect(fresh.status).toBe(204);
  });

  test('a POST may stand in for PATCH with _HttpMethod', async () => {
    const id = await rest.create('Lead', LEAD);
    expect(
      (await rest.send('POST', `/sobjects/Lead/${id}?_HttpMethod=PATCH`, { body: { City: 'Bath' } })).status,
    ).toBe(204);
    expect(await rest.read('Lead', id, 'City')).toEqual({ City: 'Bath' });
  });
});

describe('rows by external id', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  test('an upsert creates with 201, then updates with 200', async () => {
    const created = await rest.send('PATCH', '/sobjects/Lead/External_Key__c/K%2F1', { body: LEAD });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ id: expect.any(String), success: true, errors: [], created: true });
    const { id } = created.body as { id: string };
    expect(await rest.read('Lead', id, 'External_Key__c')).toEqual({ External_Key__c: 'K/1' });
    const updated = await rest.send('PATCH', '/sobjects/lead/external_key__c/k%2f1', {
      body: { City: 'London' },
    });
    expect([updated.status, updated.body]).toEqual([200, { id, success: true, errors: [], created: false }]);
    const read = await rest.send('GET', '/sobjects/Lead/External_Key__c/K%2F1?fields=City');
    expect(read.body).toMatchObject({ City: 'London' });
  });

  test('updateOnly forbids creation', async () => {
    const reply = await rest.send('PATCH', '/sobjects/Lead/External_Key__c/none?updateOnly=true', {
      body: LEAD,
    });
    expect([reply.status, reply.body]).toEqual([404, [expect.objectContaining({ errorCode: 'NOT_FOUND' })]]);
  });

  test('several matches answer 300 with their addresses', async () => {
    const first = await rest.create('Lead', { ...LEAD, Legacy_Id__c: '7' });
    const second = await rest.create('Lead', { ...LEAD, Legacy_Id__c: '7' });
    const reply = await rest.send('PATCH', '/sobjects/Lead/Legacy_Id__c/7', { body: { City: 'x' } });
    expect(reply.status).toBe(300);
    expect(reply.body).toEqual([first, second].map((id) => `/services/data/v67.0/sobjects/Lead/${id}`));
  });

  test('a field that is no external id is not found, and the key may not stand in the body', async () => {
    const wrong = await rest.send('PATCH', '/sobjects/Lead/Title/Boss', { body: LEAD });
    expect([wrong.status, wrong.body]).toEqual([
      404,
      [
        {
          message: 'Provided external ID field does not exist or is not accessible: Title',
          errorCode: 'NOT_FOUND',
        },
      ],
    ]);
    const twice = await rest.send('PATCH', '/sobjects/Lead/External_Key__c/1', {
      body: { ...LEAD, External_Key__c: '1' },
    });
    expect([twice.status, twice.body]).toEqual([
      400,
      [expect.objectContaining({ errorCode: 'INVALID_FIELD' })],
    ]);
  });

  test('a unique value that another record holds is refused with its id', async () => {
    const holder = await rest.create('Lead', { ...LEAD, External_Key__c: 'Same' });
    const reply = await rest.send('POST', '/sobjects/Lead', { body: { ...LEAD, External_Key__c: 'sAME' } });
    expect(reply.body).toEqual([
      {
        message: `duplicate value found: External_Key__c duplicates value on record with id: ${holder.slice(0, 15)}`,
        errorCode: 'DUPLICATE_VALUE',
        fields: [],
      },
    ]);
  });

  test('a parent may be named by its external id', async () => {
    const accountId = await rest.create('Account', { Name: 'Engines', External_Key__c: 'acc' });
    const contactId = await rest.create('Contact', {
      LastName: 'Babbage',
      Account: { External_Key__c: 'ACC' },
    });
    expect(await rest.read('Contact', contactId, 'AccountId')).toEqual({ AccountId: accountId });
    const lost = await rest.send('POST', '/sobjects/Contact', {
      body: { LastName: 'B', Account: { External_Key__c: 'no' } },
    });
    expect(lost.body).toEqual([
      {
        message: 'Foreign key external ID: no not found for field External_Key__c in entity Account',
        errorCode: 'INVALID_FIELD',
        fields: [],
      },
    ]);
  });
});
