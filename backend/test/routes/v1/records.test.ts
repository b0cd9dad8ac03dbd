import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, run, lead, work } = org;

beforeAll(() => org.setUp());

const recordOf = (salesforceId: string, object = 'Lead') =>
  call('GET', `/v1/records?object=${object}&salesforceId=${salesforceId}`);

const contactIdOf = async (email: string): Promise<string> => {
  const { contacts } = (await org.onPlatform('GET', `/contacts?email=${encodeURIComponent(email)}`)) as {
    contacts: { id: string }[];
  };
  return contacts[0]?.id ?? '';
};

describe('a record', () => {
  test('is told in three columns, by either id, of 15 or 18 characters', async () => {
    const id = await lead({ FirstName: 'Ana', LastName: 'Ruiz', Email: 'ana@acme.example', Phone: '555' });
    await run('outbound');
    const answer = await recordOf(id);
    expect(answer.status).toBe(200);
    const platformId = await contactIdOf('ana@acme.example');
    expect(answer.json).toMatchObject({
      object: 'Lead',
      salesforceId: id,
      platformId,
      name: 'Ana Ruiz',
      state: 'linked',
      status: 'Synced successfully',
      problem: null,
      outboundDue: null,
      inboundDue: null,
    });
    expect((answer.json as { fields: unknown[] }).fields).toContainEqual({
      salesforceField: 'FirstName',
      salesforceLabel: 'First Name',
      platformField: 'firstName',
      platformLabel: 'First name',
      direction: 'both',
      policy: 'salesforce',
      salesforce: 'Ana',
      agreed: 'Ana',
      platform: 'Ana',
      lastWriter: null,
      conflictId: null,
    });
    expect((await recordOf(id.slice(0, 15))).json).toEqual(answer.json);
    expect((await call('GET', `/v1/records?platformId=${platformId}`)).json).toEqual(answer.json);
  });

  test('shows what waits, and on which side it was written', async () => {
    const id = await lead({ FirstName: 'Bea', Email: 'bea@acme.example' });
    await run('outbound');
    const contactId = await contactIdOf('bea@acme.example');
    await org.onPlatform('PUT', `/contacts/${contactId}`, { contact: { firstName: 'Beatriz' } });
    // The outbound run sees the platform's edit; the inbound run is still to write it.
    await run('outbound');
    const waiting = (await recordOf(id)).json as { fields: { platformField: string }[] };
    expect(waiting).toMatchObject({ status: 'Waiting for next sync', inboundDue: expect.any(String) });
    expect(waiting.fields.find((field) => field.platformField === 'firstName')).toMatchObject({
      salesforce: 'Bea',
      agreed: 'Bea',
      platform: 'Beatriz',
      lastWriter: { side: 'platform', at: expect.any(String) },
    });
    await run('inbound');
    const done = (await recordOf(id)).json as { fields: { platformField: string }[] };
    expect(done.fields.find((field) => field.platformField === 'firstName')).toMatchObject({
      salesforce: 'Beatriz',
      agreed: 'Beatriz',
      lastWriter: { side: 'platform', reason: 'edit', chosenBy: null },
    });
  });

  test('says when a field has its value because both sides had changed it', async () => {
    const id = await lead({ FirstName: 'Fay', Email: 'fay@acme.example' });
    await run('outbound');
    const contactId = await contactIdOf('fay@acme.example');
    await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'Ours' });
    await org.onPlatform('PUT', `/contacts/${contactId}`, { contact: { firstName: 'Theirs' } });
    await run('outbound');
    const told = (await recordOf(id)).json as { fields: { platformField: string }[] };
    expect(told.fields.find((field) => field.platformField === 'firstName')).toMatchObject({
      agreed: 'Ours',
      lastWriter: { side: 'salesforce', reason: 'policy', chosenBy: null },
    });
    await org.inSalesforce('PATCH', `/sobjects/Lead/${id}`, { FirstName: 'Later' });
    await run('outbound');
    const later = (await recordOf(id)).json as { fields: { platformField: string }[] };
    expect(later.fields.find((field) => field.platformField === 'firstName')).toMatchObject({
      agreed: 'Later',
      lastWriter: { side: 'salesforce', reason: 'edit' },
    });
  });

  test('is told without labels where the platform does not let us see its fields', async () => {
    const created = await org.onPlatform('POST', '/fields', { field: { type: 'text', title: 'Role' } });
    const { id: role } = (created as { field: { id: string } }).field;
    const fields = [
      { salesforce: 'LastName', platform: 'lastName' },
      { salesforce: 'Email', platform: 'email' },
      { salesforce: 'Title', platform: `field:${role}` },
    ];
    expect((await org.call('PUT', '/v1/mappings/Lead', { enabled: true, fields })).status).toBe(200);
    const id = await lead({ Email: 'cid@acme.example' });
    await run('outbound');
    org.service.app.runner.forgetFields(org.scope.connectionId);
    await org.platform.control('faults', [{ match: 'GET /api/3/fields', status: 403, every: 1, times: 1 }]);
    const answer = await recordOf(id);
    expect(answer.status).toBe(200);
    expect((answer.json as { fields: unknown[] }).fields).toContainEqual(
      expect.objectContaining({
        platformField: 'email',
        platformLabel: null,
        salesforce: 'cid@acme.example',
      }),
    );
  });

  test.each([
    ['an unknown record', 'object=Lead&salesforceId=00Q000000000ZZZ', 404, 'SYNC_RECORD_NOT_SYNCED'],
    ['an unknown contact', 'platformId=999999', 404, 'SYNC_RECORD_NOT_SYNCED'],
    ['what is no id', 'object=Lead&salesforceId=nonsense', 400, 'SYNC_REQUEST_INVALID'],
    ['no id', 'object=Lead', 400, 'SYNC_REQUEST_INVALID'],
    ['both ids', 'object=Lead&salesforceId=00Q000000000001&platformId=1', 400, 'SYNC_REQUEST_INVALID'],
    ['an id without its object', 'salesforceId=00Q000000000001', 400, 'SYNC_REQUEST_INVALID'],
    ['another object', 'object=Case&salesforceId=500000000000001', 400, 'SYNC_REQUEST_INVALID'],
  ])('of %s is refused', async (_name, query, status, code) => {
    const answer = await call('GET', `/v1/records?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({ code, remedy: expect.stringMatching(/./) });
  });
});

describe('sync now', () => {
  test('brings a record that no run has read yet, in both directions', async () => {
    const id = await lead({ FirstName: 'Dan', Email: 'dan@acme.example' });
    const answer = await call('POST', '/v1/records/sync', { object: 'Lead', salesforceId: id.slice(0, 15) });
    expect(answer.status).toBe(202);
    const { runs } = answer.json as { runs: { id: string; direction: string }[] };
    expect(runs.map((queued) => queued.direction)).toEqual(['outbound', 'inbound']);
    await work(runs);
    expect((await recordOf(id)).json).toMatchObject({ state: 'linked', status: 'Synced successfully' });
  });

  test('gives a record that had failed another try', async () => {
    const id = await lead({ Email: 'eva@acme.example' });
    await org.platform.control('faults', [
      { match: 'POST /api/3/contact/sync', status: 422, every: 1, times: 1 },
    ]);
    await run('outbound');
    expect((await recordOf(id)).json).toMatchObject({
      state: 'candidate',
      status: 'Failed: refused by ActiveCampaign',
      problem: { code: 'SYNC_PLATFORM_REFUSED', remedy: expect.any(String), side: 'platform' },
      outboundDue: null,
    });
    const again = await run('outbound');
    expect(again.counts.created).toBe(0);
    const { json } = await call('POST', '/v1/records/sync', { object: 'Lead', salesforceId: id });
    await work((json as { runs: { id: string }[] }).runs);
    expect((await recordOf(id)).json).toMatchObject({ state: 'linked', problem: null });
  });

  test('of an object whose mapping is off is refused', async () => {
    const answer = await call('POST', '/v1/records/sync', {
      object: 'Account',
      salesforceId: '001000000000001',
    });
    expect(answer.status).toBe(409);
    expect(answer.error?.code).toBe('SYNC_MAPPING_MISSING');
  });

  test.each([
    ['no body', undefined],
    ['no id', { object: 'Lead' }],
    ['an id whose end does not fit', { object: 'Lead', salesforceId: '00Q000000000001AAA' }],
    ['an unknown field', { object: 'Lead', salesforceId: '00Q000000000001', force: true }],
  ])('with %s is refused', async (_name, body) => {
    const answer = await call('POST', '/v1/records/sync', body);
    expect(answer.status).toBe(400);
    expect(answer.error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

describe('problems', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    for (const name of ['One', 'Two', 'Three']) ids.push(await lead({ LastName: name }));
    await run('outbound');
  });

  test('are listed page by page, with what helps', async () => {
    const first = (await call('GET', '/v1/records/problems?code=SYNC_EMAIL_MISSING&limit=2')).json as {
      records: { salesforceId: string }[];
      next: number;
    };
    expect(first.records).toHaveLength(2);
    expect(first.records[0]).toMatchObject({
      object: 'Lead',
      salesforceId: ids[0],
      name: 'One',
      status: 'Failed: no email address',
      problem: { code: 'SYNC_EMAIL_MISSING', field: 'email', remedy: expect.stringMatching(/email/) },
    });
    const second = await call(
      'GET',
      `/v1/records/problems?code=SYNC_EMAIL_MISSING&limit=2&after=${first.next}`,
    );
    expect(second.json).toMatchObject({ records: [{ salesforceId: ids[2] }], next: null });
  });

  test('are counted by cause', async () => {
    const { json } = await call('GET', '/v1/records/problems/summary');
    expect((json as { causes: unknown[] }).causes).toContainEqual(
      expect.objectContaining({ code: 'SYNC_EMAIL_MISSING', count: 3, retryable: false }),
    );
  });

  test('of one cause get another try together', async () => {
    const emails = ['f1@acme.example', 'f2@acme.example'];
    const failed = [await lead({ Email: emails[0] }), await lead({ Email: emails[1] })];
    await org.platform.control('faults', [
      { match: 'POST /api/3/contact/sync', status: 422, every: 1, times: 2 },
    ]);
    await run('outbound');
    const answer = await call('POST', '/v1/records/problems/retry', { code: 'SYNC_PLATFORM_REFUSED' });
    expect(answer.status).toBe(202);
    expect(answer.json).toMatchObject({ retried: 2 });
    await work((answer.json as { runs: { id: string }[] }).runs);
    for (const id of failed)
      expect((await recordOf(id)).json).toMatchObject({ state: 'linked', problem: null });
    const rest = await call('GET', '/v1/records/problems?code=SYNC_PLATFORM_REFUSED');
    expect(rest.json).toEqual({ records: [], next: null });
  });

  test('that nobody has start nothing', async () => {
    const answer = await call('POST', '/v1/records/problems/retry', { code: 'SYNC_SALESFORCE_FULL' });
    expect(answer.json).toEqual({ retried: 0, runs: [] });
  });
});
