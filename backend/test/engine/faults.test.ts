import { beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

async function linked(): Promise<{ lead: string; contact: string }> {
  const lead = await world.lead({ Email: 'ana@acme.example', FirstName: 'Ana', Phone: '1' });
  await world.run('outbound');
  return { lead, contact: (await world.person('ana@acme.example')).id };
}

async function leads(count: number): Promise<void> {
  for (let start = 0; start < count; start += 1)
    await world.lead({ Email: `p${start}@acme.example`, FirstName: `P${start}` });
}

/** How many contacts the platform holds, and that no two share an email. */
async function contactCount(): Promise<number> {
  const { contacts } = await world.people();
  expect(new Set(contacts.map(({ email }) => email)).size).toBe(contacts.length);
  return contacts.length;
}

describe('answers that never arrive', () => {
  test.each(['POST /api/3/contact/sync', 'POST /api/3/import/bulk_import'])(
    'a lost answer to %s creates nobody twice',
    async (match) => {
      await leads(match.includes('bulk') ? 12 : 3);
      await world.platform.control('faults', [{ match, dropResponse: true, times: 1 }]);
      await world.run('outbound');
      await world.run('outbound');
      expect(await contactCount()).toBe(match.includes('bulk') ? 12 : 3);
      expect(await world.query(`SELECT Id FROM Lead WHERE ActiveCampaign_ID__c = null`)).toEqual([]);
    },
  );

  test('a lost answer to a creation in Salesforce creates nobody twice', async () => {
    const contact = await world.createPerson({ email: 'eva@acme.example', lastName: 'Gil' });
    await world.ask('create_lead', contact);
    await world.salesforce.control('faults', [
      { match: 'PATCH /services/data/v67.0/composite', dropResponse: true, times: 5 },
    ]);
    await world.run('inbound');
    await world.salesforce.control('faults', []);
    await world.makeDue();
    await world.run('inbound');
    expect(await world.query('SELECT LastName, ActiveCampaign_ID__c FROM Lead')).toMatchObject([
      { LastName: 'Gil', ActiveCampaign_ID__c: contact },
    ]);
    expect(await world.links()).toMatchObject([{ state: 'linked' }]);
  });
});

describe('what comes after a contact was saved', () => {
  test.each([
    ['contactTags', 401, 'SYNC_PLATFORM_UNAUTHORIZED'],
    ['accountContacts', 422, 'SYNC_PLATFORM_REFUSED'],
  ])(
    'where %s answers %i, it is known whose the contact is, and the rest follows',
    async (route, status, code) => {
      await linked();
      const nova = await world.account({ Name: 'Nova' });
      const eva = await world.contact({ Email: 'eva@acme.example', FirstName: 'Eva', AccountId: nova });
      await world.platform.control('faults', [{ match: `POST /api/3/${route}`, status, times: 1 }]);
      const run = await world.run('outbound');
      expect(run.outcomes).toMatchObject([{ salesforceId: eva, kind: 'failed', code }]);
      const { id } = await world.person('eva@acme.example');
      expect(await world.links()).toContainEqual(
        expect.objectContaining({ state: 'linked', salesforce_id: eva, platform_id: id }),
      );
      await world.change('Contact', eva, { ActiveCampaign_Sync_Status__c: 'Waiting for next sync' });
      await world.run('outbound');
      expect(await world.person('eva@acme.example')).toMatchObject({
        id,
        firstName: 'Eva',
        tags: ['created-from-salesforce-contact'],
      });
      expect(await world.onPlatform('GET', `/accountContacts?filters[contact]=${id}`)).toMatchObject({
        accountContacts: [{ contact: id }],
      });
      expect(await world.query(`SELECT ActiveCampaign_ID__c FROM Contact`)).toMatchObject([
        { ActiveCampaign_ID__c: id },
      ]);
    },
  );
});

describe('tags', () => {
  async function requested(): Promise<void> {
    await world.ask('create_lead', await world.createPerson({ email: 'eva@acme.example', lastName: 'Gil' }));
  }

  test.each([
    ['GET /api/3/tags', 403],
    ['GET /api/3/tags', 404],
    ['POST /api/3/tags', 422],
    ['POST /api/3/contactTags', 403],
  ])(
    'that %s refuses with %i stay owed, the run says so, and a later one adds them',
    async (match, status) => {
      await linked();
      await requested();
      await world.contact({ Email: 'bea@acme.example' });
      await world.platform.control('faults', [{ match, status }]);
      for (const direction of ['outbound', 'inbound'] as const) {
        expect(await world.run(direction)).toMatchObject({
          state: 'succeeded',
          error: {
            code: 'SYNC_PLATFORM_TAGS_REFUSED',
            message: expect.stringMatching(/look for its tags or add one\. ActiveCampaign: \w/),
            remedy: expect.stringMatching(/see and manage tags/),
          },
          counts: { created: 1, failed: 0 },
        });
      }
      await world.platform.control('faults', []);
      expect(await world.run('outbound')).toMatchObject({ state: 'succeeded', error: null });
      expect((await world.person('bea@acme.example')).tags).toEqual(['created-from-salesforce-contact']);
      expect((await world.person('eva@acme.example')).tags).toEqual(['added-to-salesforce-lead']);
    },
  );

  test('that the platform refuses one contact are told of its record, once', async () => {
    await requested();
    await world.platform.control('faults', [{ match: 'POST /api/3/contactTags', status: 422 }]);
    const run = await world.run('inbound');
    expect(run).toMatchObject({ state: 'succeeded', error: null, counts: { created: 1, failed: 1 } });
    expect(run.outcomes).toContainEqual(
      expect.objectContaining({ kind: 'failed', code: 'SYNC_PLATFORM_REFUSED' }),
    );
    expect((await world.run('inbound')).outcomes).toEqual([]);
  });
});

describe('vendors in trouble', () => {
  test('a connection that Salesforce refused is connected again once a run has succeeded', async () => {
    await linked();
    const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
    await world.salesforce.control('faults', [
      { match: '* /services/data/*', status: 401, body: expired },
      { match: 'POST /services/oauth2/token', status: 400, body: { error: 'invalid_grant' } },
    ]);
    expect(await world.run('outbound')).toMatchObject({
      state: 'paused',
      error: {
        code: 'SYNC_SALESFORCE_UNAUTHORIZED',
        remedy: expect.stringMatching(/Authorize Salesforce again/),
      },
    });
    const health = async () => (await world.call('GET', '/v1/health')).json;
    expect(await health()).toMatchObject({ state: 'connection_lost', code: 'SYNC_SALESFORCE_UNAUTHORIZED' });
    await world.salesforce.control('faults', []);
    expect((await world.run('outbound')).state).toBe('succeeded');
    expect(await health()).not.toMatchObject({ state: 'connection_lost' });
  });

  test('5xx answers of either side pass', async () => {
    const { lead } = await linked();
    await world.change('Lead', lead, { Phone: '2' });
    await world.salesforce.control('faults', [
      { match: 'GET /services/data/v67.0/query*', status: 503, times: 1 },
    ]);
    await world.platform.control('faults', [{ match: 'GET /api/3/contacts', status: 500, times: 1 }]);
    expect((await world.run('outbound')).state).toBe('succeeded');
    expect((await world.person('ana@acme.example')).phone).toBe('2');
  });

  test('a 429 is waited for as long as it asks', async () => {
    const { lead } = await linked();
    await world.platform.control('limits', { enforce: false, retryAfterSeconds: 1 });
    await world.platform.control('faults', [
      { match: 'GET /api/3/contacts', status: 429, times: 1, retryAfter: 1 },
    ]);
    await world.change('Lead', lead, { Phone: '2' });
    expect((await world.run('outbound')).state).toBe('succeeded');
    expect((await world.person('ana@acme.example')).phone).toBe('2');
  });

  test('a wrong key pauses the run with its remedy and loses nothing', async () => {
    const { lead } = await linked();
    await world.change('Lead', lead, { Phone: '2' });
    await world.platform.control('faults', [{ match: '* /api/3/*', status: 403 }]);
    const run = await world.run('outbound');
    expect(run).toMatchObject({ state: 'paused', error: { code: 'SYNC_PLATFORM_UNAUTHORIZED' } });
    await world.platform.control('faults', []);
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe('2');
  });

  test.each(['* /api/3/*', 'PUT /api/3/contacts/*'])(
    'a payment that is due pauses the run, also in the middle of it at %s, and the work goes on once it is settled',
    async (match) => {
      const { lead } = await linked();
      await world.change('Lead', lead, { Phone: '2' });
      await world.platform.control('faults', [{ match, status: 402, body: '<html>Payment Required</html>' }]);
      const run = await world.run('outbound');
      expect(run).toMatchObject({
        state: 'paused',
        error: { code: 'SYNC_PLATFORM_PAYMENT_DUE', remedy: expect.stringMatching(/Settle the payment/) },
        outcomes: [],
      });
      await world.platform.control('faults', []);
      await world.run('outbound');
      expect((await world.person('ana@acme.example')).phone).toBe('2');
    },
  );

  test('what the key’s user may not write is tried again by itself, and lands once they may', async () => {
    await linked();
    await world.contact({ Email: 'bea@acme.example' });
    await world.platform.control('faults', [{ match: 'POST /api/3/contact/sync', status: 403 }]);
    expect((await world.run('outbound')).outcomes).toMatchObject([
      { kind: 'failed', code: 'SYNC_PLATFORM_FORBIDDEN' },
    ]);
    await world.platform.control('faults', []);
    await world.makeDue();
    expect((await world.run('outbound')).outcomes).toMatchObject([{ kind: 'created' }]);
  });

  test('the daily API limit pauses the run and the work stays', async () => {
    const { lead } = await linked();
    await world.change('Lead', lead, { Phone: '2' });
    await world.salesforce.control('faults', [
      {
        match: 'GET /services/data/v67.0/query*',
        status: 403,
        body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
      },
    ]);
    expect(await world.run('outbound')).toMatchObject({
      state: 'paused',
      error: { code: 'SYNC_SALESFORCE_DAILY_LIMIT' },
    });
    await world.salesforce.control('faults', []);
    await world.run('outbound');
    expect((await world.person('ana@acme.example')).phone).toBe('2');
  });

  test('sync stops before its share of the daily API calls is passed', async () => {
    await linked();
    await world.salesforce.control('limits', { enforce: true, salesforceDaily: 60 });
    let state = 'succeeded';
    for (let round = 0; round < 30 && state === 'succeeded'; round += 1)
      state = (await world.run('outbound')).state;
    expect(state).toBe('paused');
    const calls = Object.values(await world.salesforce.calls()).reduce((sum, count) => sum + count, 0);
    expect(calls).toBeLessThanOrEqual(60);
    await world.salesforce.control('limits', { enforce: false, salesforceDaily: 15_000 });
  });
});

describe('records that cannot be written', () => {
  test('a validation rule refuses one record, the others go on, and it is tried again when it changes', async () => {
    await leads(3);
    await world.run('outbound');
    await world.salesforce.control('validation-rules', [
      {
        name: 'no_x',
        object: 'Lead',
        when: [{ field: 'Phone', operator: 'equals', value: 'bad' }],
        message: 'Not a phone.',
      },
    ]);
    for (const [email, phone] of [
      ['p0@acme.example', 'bad'],
      ['p1@acme.example', '22'],
    ] as const) {
      await world.changePerson((await world.person(email)).id, { phone });
    }
    const run = await world.run('inbound');
    expect(run.outcomes).toContainEqual(
      expect.objectContaining({
        kind: 'failed',
        code: 'SYNC_SALESFORCE_VALIDATION',
        message: expect.stringContaining('Not a phone.'),
      }),
    );
    expect(run.outcomes).toContainEqual(expect.objectContaining({ kind: 'updated' }));
    expect((await world.run('inbound')).outcomes).toEqual([]);
    expect(
      await world.query(
        `SELECT ActiveCampaign_Sync_Status__c, Phone FROM Lead WHERE Email = 'p0@acme.example'`,
      ),
    ).toMatchObject([{ ActiveCampaign_Sync_Status__c: 'Failed: refused by Salesforce', Phone: null }]);
    await world.changePerson((await world.person('p0@acme.example')).id, { phone: '33' });
    await world.run('inbound');
    expect(
      await world.query(
        `SELECT ActiveCampaign_Sync_Status__c, Phone FROM Lead WHERE Email = 'p0@acme.example'`,
      ),
    ).toMatchObject([{ ActiveCampaign_Sync_Status__c: 'Synced successfully', Phone: '33' }]);
  });

  test('a text too long for Salesforce leaves its field alone and the other fields travel', async () => {
    const { contact } = await linked();
    await world.changePerson(contact, { firstName: 'x'.repeat(60), phone: '7' });
    const run = await world.run('inbound');
    expect(run.outcomes).toMatchObject([
      { kind: 'updated', written: ['phone'], issues: [{ field: 'firstName', code: 'SYNC_VALUE_TOO_LONG' }] },
    ]);
    expect(
      await world.query('SELECT FirstName, Phone, ActiveCampaign_Sync_Status__c FROM Lead'),
    ).toMatchObject([
      { FirstName: 'Ana', Phone: '7', ActiveCampaign_Sync_Status__c: 'Failed: value refused' },
    ]);
    expect((await world.run('inbound')).outcomes).toEqual([]);
  });

  test('a locked row is tried again', async () => {
    const { lead, contact } = await linked();
    await world.changePerson(contact, { phone: '7' });
    await world.salesforce.control('locks', [{ id: lead, times: 1 }]);
    await world.run('inbound');
    expect(await world.query('SELECT Phone FROM Lead')).toMatchObject([{ Phone: '7' }]);
  });

  test('a duplicate rule refuses a creation with its reason', async () => {
    await world.select('Lead', { mode: 'none' });
    await world.lead({ Email: 'other@acme.example', Phone: '5' });
    await world.salesforce.control('duplicate-rules', [
      { name: 'phones', object: 'Lead', matchOn: ['Phone'], action: 'block' },
    ]);
    const contact = await world.createPerson({ email: 'eva@acme.example', lastName: 'Gil', phone: '5' });
    await world.ask('create_lead', contact);
    expect((await world.run('inbound')).outcomes).toMatchObject([
      { kind: 'failed', code: 'SYNC_SALESFORCE_DUPLICATE_RULE' },
    ]);
  });

  test('one bad contact does not keep a bulk import from the others', async () => {
    await leads(12);
    await world.lead({ Email: 'fine@acme.example', FirstName: 'Fine' });
    await world.platform.control('exclusions', { emails: ['p3@acme.example'] });
    const run = await world.run('outbound');
    expect(run.counts).toMatchObject({ created: 12, failed: 1 });
    expect(run.outcomes).toContainEqual(
      expect.objectContaining({ kind: 'failed', code: 'SYNC_PLATFORM_REFUSED' }),
    );
    expect(
      await world.query(`SELECT ActiveCampaign_Sync_Status__c FROM Lead WHERE Email = 'p3@acme.example'`),
    ).toMatchObject([{ ActiveCampaign_Sync_Status__c: 'Failed: refused by ActiveCampaign' }]);
  });
});
