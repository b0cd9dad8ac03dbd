import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ADMIN_ID, startRest } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

const REP_ID = '005000000000002AAA';
const ADA = { LastName: 'Lovelace', Company: 'Engines', Email: 'ada@engines.example' };

describe('what an administrator configures', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  const control = (door: string, body: unknown): Promise<unknown> =>
    rest.send('POST', `/__sandbox/${door}`, { body });

  test('a validation rule refuses rows with its message while its conditions hold', async () => {
    await control('validation-rules', [
      {
        name: 'Phone_for_hot',
        object: 'Lead',
        when: [
          { field: 'Rating', operator: 'equals', value: 'Hot' },
          { field: 'Phone', operator: 'isBlank' },
        ],
        message: 'A hot lead needs a phone number.',
        field: 'Phone',
      },
    ]);
    const refused = await rest.send('POST', '/sobjects/Lead', { body: { ...ADA, Rating: 'Hot' } });
    expect([refused.status, refused.body]).toEqual([
      400,
      [
        {
          message: 'A hot lead needs a phone number.',
          errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
          fields: ['Phone'],
        },
      ],
    ]);
    expect(
      (await rest.send('POST', '/sobjects/Lead', { body: { ...ADA, Rating: 'Hot', Phone: '1' } })).status,
    ).toBe(201);
  });

  test('a blocking duplicate rule names its matches on single rows, and only its code in collections', async () => {
    await control('duplicate-rules', [{ name: 'Same_email', object: 'Lead' }]);
    const first = await rest.create('Lead', ADA);
    const twin = { ...ADA, Email: 'ADA@engines.example' };
    const headers = { 'sforce-duplicate-rule-header': 'allowSave=true; includeRecordDetails=true' };
    const refused = await rest.send('POST', '/sobjects/Lead', { body: twin, headers });
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual([
      {
        errorCode: 'DUPLICATES_DETECTED',
        message: 'Use one of these records?',
        duplicateResut: expect.objectContaining({
          allowSave: false,
          duplicateRule: 'Same_email',
          matchResults: [
            expect.objectContaining({
              size: 1,
              matchRecords: [
                expect.objectContaining({
                  record: expect.objectContaining({ Id: first, Email: 'ada@engines.example' }),
                }),
              ],
            }),
          ],
        }),
      },
    ]);
    const records = [{ attributes: { type: 'Lead' }, ...twin }];
    const collection = await rest.send('POST', '/composite/sobjects', { body: { records } });
    expect(collection.body).toEqual([
      {
        success: false,
        errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] }],
      },
    ]);
  });

  test('an alerting duplicate rule gives way to allowSave, and looks across objects', async () => {
    await control('duplicate-rules', [
      { name: 'Known_person', object: 'Contact', against: ['Contact', 'Lead'], action: 'allow' },
    ]);
    await rest.create('Lead', ADA);
    const body = { LastName: 'Lovelace', Email: ADA.Email };
    expect((await rest.send('POST', '/sobjects/Contact', { body })).status).toBe(400);
    const headers = { 'sforce-duplicate-rule-header': 'allowSave=true' };
    expect((await rest.send('POST', '/sobjects/Contact', { body, headers })).status).toBe(201);
  });

  test('a locked record, or a child of it, cannot be saved until the lock is used up', async () => {
    const accountId = await rest.create('Account', { Name: 'Engines' });
    await control('locks', [{ id: accountId, times: 2 }]);
    const refused = [
      {
        message: `unable to obtain exclusive access to this record or 1 records: ${accountId}`,
        errorCode: 'UNABLE_TO_LOCK_ROW',
        fields: [],
      },
    ];
    const child = { LastName: 'Babbage', AccountId: accountId };
    expect(
      (await rest.send('PATCH', `/sobjects/Account/${accountId}`, { body: { Phone: '1' } })).body,
    ).toEqual(refused);
    expect((await rest.send('POST', '/sobjects/Contact', { body: child })).body).toEqual(refused);
    expect((await rest.send('POST', '/sobjects/Contact', { body: child })).status).toBe(201);
  });

  test('the assignment rule re-owns leads unless Sforce-Auto-Assign says no', async () => {
    await control('assignment-rule', { ownerId: REP_ID.slice(0, 15) });
    const assigned = await rest.create('Lead', ADA);
    expect(await rest.read('Lead', assigned, 'OwnerId')).toEqual({ OwnerId: REP_ID });
    const headers = { 'sforce-auto-assign': 'FALSE' };
    const { body } = await rest.send('POST', '/sobjects/Lead', { body: ADA, headers });
    expect(await rest.read('Lead', (body as { id: string }).id, 'OwnerId')).toEqual({ OwnerId: ADMIN_ID });
  });

  test('fields of every type can be added, written and read', async () => {
    const fields = [
      { name: 'Budget__c', type: 'currency', precision: 10, scale: 2 },
      { name: 'Chance__c', type: 'percent', precision: 5, scale: 1 },
      {
        name: 'Interests__c',
        type: 'multipicklist',
        picklistValues: ['Art', 'Music', 'Sport'],
        restrictedPicklist: true,
      },
      { name: 'Vip__c', type: 'boolean' },
      { name: 'Birthday__c', type: 'date' },
      { name: 'Seen__c', type: 'datetime' },
      { name: 'Secret__c', type: 'encryptedstring', length: 20 },
      { name: 'Copy__c', type: 'currency', precision: 10, scale: 2, formula: { copyOf: 'Budget__c' } },
    ];
    await control(
      'fields',
      fields.map((field) => ({ object: 'Lead', field })),
    );
    const id = await rest.create('Lead', {
      ...ADA,
      Budget__c: 12.345,
      Chance__c: '33.3',
      Interests__c: 'Sport;Art',
      Vip__c: 'true',
      Birthday__c: '1815-12-10',
      Seen__c: '2026-11-22T12:00:00.789+02:00',
      Secret__c: 's3cret',
    });
    expect(await rest.read('Lead', id, fields.map(({ name }) => name).join(','))).toEqual({
      Budget__c: 12.35,
      Chance__c: 33.3,
      Interests__c: 'Art;Sport',
      Vip__c: true,
      Birthday__c: '1815-12-10',
      Seen__c: '2026-11-22T10:00:00.000+0000',
      Secret__c: 's3cret',
      Copy__c: 12.35,
    });
    for (const [field, value, errorCode] of [
      ['Interests__c', 'Art;Chess', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
      ['Birthday__c', '2026-02-30', 'JSON_PARSER_ERROR'],
      ['Seen__c', '2026-11-22 10:00', 'JSON_PARSER_ERROR'],
      ['Budget__c', 123_456_789, 'NUMBER_OUTSIDE_VALID_RANGE'],
      ['Secret__c', 'x'.repeat(21), 'STRING_TOO_LONG'],
    ]) {
      const { body } = await rest.send('PATCH', `/sobjects/Lead/${id}`, { body: { [String(field)]: value } });
      expect([field, body]).toEqual([field, [expect.objectContaining({ errorCode })]]);
    }
  });

  test('a control body that makes no sense is refused with the reason', async () => {
    const reply = await rest.send('POST', '/__sandbox/fields', {
      body: { object: 'Nonsense', field: { name: 'X__c', type: 'string' } },
    });
    expect([reply.status, reply.body]).toEqual([400, { error: 'There is no object Nonsense' }]);
  });
});

describe('merge, conversion and the recycle bin', () => {
  let rest: RestFixture;

  beforeEach(async () => {
    rest = await startRest();
  });
  afterEach(() => rest.close());

  test('a merge buries the loser under its master and moves its children', async () => {
    const master = await rest.create('Account', { Name: 'Engines', External_Key__c: 'm' });
    const loser = await rest.create('Account', { Name: 'Engins' });
    const contact = await rest.create('Contact', { LastName: 'Lovelace', AccountId: loser });
    rest.advance(60_000);
    const reply = await rest.send('POST', '/__sandbox/merge', {
      body: { object: 'Account', masterId: master, loserIds: [loser], values: { Phone: '1' } },
    });
    expect(reply.body).toMatchObject({ success: true, id: master });
    const soql = encodeURIComponent(`SELECT IsDeleted, MasterRecordId FROM Account WHERE Id = '${loser}'`);
    expect((await rest.send('GET', `/queryAll?q=${soql}`)).body).toMatchObject({
      records: [{ IsDeleted: true, MasterRecordId: master }],
    });
    expect(await rest.read('Contact', contact, 'AccountId,SystemModstamp')).toEqual({
      AccountId: master,
      SystemModstamp: '2026-11-22T10:01:00.000+0000',
    });
    expect(await rest.read('Account', master, 'Phone')).toEqual({ Phone: '1' });
  });

  test('a converted lead points at its contact and account, copies standard fields, and refuses updates', async () => {
    const leadId = await rest.create('Lead', {
      ...ADA,
      FirstName: 'Ada',
      City: 'London',
      External_Key__c: 'k1',
      HasOptedOutOfEmail: true,
    });
    const { body } = await rest.send('POST', '/__sandbox/convert', {
      body: { leadId, createOpportunity: true },
    });
    const { accountId, contactId, opportunityId } = body as Record<
      'accountId' | 'contactId' | 'opportunityId',
      string
    >;
    expect(
      await rest.read(
        'Lead',
        leadId,
        'IsConverted,Status,ConvertedContactId,ConvertedAccountId,ConvertedOpportunityId,ConvertedDate',
      ),
    ).toEqual({
      IsConverted: true,
      Status: 'Closed - Converted',
      ConvertedContactId: contactId,
      ConvertedAccountId: accountId,
      ConvertedOpportunityId: opportunityId,
      ConvertedDate: '2026-11-22',
    });
    expect(
      await rest.read(
        'Contact',
        contactId,
        'Name,Email,MailingCity,AccountId,HasOptedOutOfEmail,External_Key__c',
      ),
    ).toEqual({
      Name: 'Ada Lovelace',
      Email: 'ada@engines.example',
      MailingCity: 'London',
      AccountId: accountId,
      HasOptedOutOfEmail: true,
      External_Key__c: null,
    });
    expect(await rest.read('Account', accountId, 'Name')).toEqual({ Name: 'Engines' });
    const update = await rest.send('PATCH', `/sobjects/Lead/${leadId}`, { body: { City: 'Bath' } });
    expect([update.status, update.body]).toEqual([
      400,
      [{ message: 'cannot reference converted lead', errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD', fields: [] }],
    ]);
    const again = await rest.send('POST', '/__sandbox/convert', { body: { leadId } });
    expect(again.status).toBe(400);
  });

  test('conversion copies custom fields only where the mapping says so', async () => {
    await rest.send('POST', '/__sandbox/lead-convert-mapping', {
      body: { External_Key__c: { contact: 'External_Key__c' } },
    });
    const leadId = await rest.create('Lead', { ...ADA, External_Key__c: 'k1' });
    const { body } = await rest.send('POST', '/__sandbox/convert', { body: { leadId } });
    const { contactId } = body as { contactId: string };
    expect(await rest.read('Contact', contactId, 'External_Key__c')).toEqual({ External_Key__c: 'k1' });
  });

  test('a conversion that cannot be finished leaves nothing behind', async () => {
    await rest.send('POST', '/__sandbox/validation-rules', {
      body: [
        {
          name: 'No_contacts',
          object: 'Contact',
          when: [{ field: 'LastName', operator: 'notBlank' }],
          message: 'No contacts today.',
        },
      ],
    });
    const leadId = await rest.create('Lead', ADA);
    const reply = await rest.send('POST', '/__sandbox/convert', { body: { leadId } });
    expect([reply.status, reply.body]).toEqual([
      400,
      { error: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: No contacts today.' },
    ]);
    expect(rest.org.table('Account')?.size).toBe(0);
    expect(await rest.read('Lead', leadId, 'IsConverted')).toEqual({ IsConverted: false });
  });

  test('deleting an account takes its contacts along; undeleting brings back those, not earlier ones', async () => {
    const accountId = await rest.create('Account', { Name: 'Engines' });
    const early = await rest.create('Contact', { LastName: 'Early', AccountId: accountId });
    const late = await rest.create('Contact', { LastName: 'Late', AccountId: accountId });
    await rest.send('DELETE', `/sobjects/Contact/${early}`);
    rest.advance(60_000);
    await rest.send('DELETE', `/sobjects/Account/${accountId}`);
    expect((await rest.send('GET', `/sobjects/Contact/${late}`)).status).toBe(404);
    rest.advance(60_000);
    await rest.send('POST', '/__sandbox/undelete', { body: { ids: [accountId] } });
    expect((await rest.send('GET', `/sobjects/Contact/${late}`)).status).toBe(200);
    expect((await rest.send('GET', `/sobjects/Contact/${early}`)).status).toBe(404);
  });

  test('a campaign member shows its person', async () => {
    const leadId = await rest.create('Lead', { ...ADA, FirstName: 'Ada' });
    const campaignId = await rest.create('Campaign', { Name: 'Launch' });
    const memberId = await rest.create('CampaignMember', {
      CampaignId: campaignId,
      LeadId: leadId,
      Status: 'Responded',
    });
    expect(
      await rest.read('CampaignMember', memberId, 'Name,Email,CompanyOrAccount,Type,HasResponded'),
    ).toEqual({
      Name: 'Ada Lovelace',
      Email: 'ada@engines.example',
      CompanyOrAccount: 'Engines',
      Type: 'Lead',
      HasResponded: true,
    });
    const again = await rest.send('POST', '/sobjects/CampaignMember', {
      body: { CampaignId: campaignId, LeadId: leadId },
    });
    expect(again.body).toEqual([
      { message: 'Already a campaign member.', errorCode: 'DUPLICATE_VALUE', fields: [] },
    ]);
  });
});
