import { describe, expect, test } from '@jest/globals';
import { openOrg } from './fixture.ts';

const COLLECTIONS = 'PATCH /services/data/:version/composite/sobjects';

describe('rows that are refused', () => {
  test.each([5, 300, 2_001])('do not keep %d others from being written', async (count) => {
    const org = await openOrg();
    await org.door('validation-rules', [
      {
        name: 'No',
        object: 'Lead',
        when: [{ field: 'Title', operator: 'equals', value: 'bad' }],
        message: 'Not that.',
      },
    ]);
    const ids = org.leads(count);
    const outcomes = await org.salesforce.update('Lead', [
      ...ids.map((Id, n) => ({ Id, Title: n === 3 ? 'bad' : 'good' })),
      { Id: '00Q000000000999', Title: 'x' },
    ]);
    expect(outcomes[3]).toMatchObject({
      ok: false,
      code: 'SYNC_SALESFORCE_VALIDATION',
      vendorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Not that.',
      retryable: false,
    });
    expect(outcomes[count]).toMatchObject({ ok: false, code: 'SYNC_RECORD_GONE' });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(count - 1);
  });

  test('name the record that already holds a unique value', async () => {
    const org = await openOrg();
    await org.door('fields', {
      object: 'Lead',
      field: { name: 'Key__c', type: 'string', length: 20, unique: true },
    });
    const [a = '', b = ''] = org.leads(2);
    await org.salesforce.update('Lead', [{ Id: a, Key__c: 'k' }]);
    expect(await org.salesforce.update('Lead', [{ Id: b, Key__c: 'k' }])).toMatchObject([
      {
        ok: false,
        code: 'SYNC_SALESFORCE_DUPLICATE_VALUE',
        existingId: expect.stringContaining(a.slice(0, 15)),
      },
    ]);
  });

  test('are found when one of them spoils its whole call', async () => {
    const org = await openOrg();
    const ids = org.leads(40);
    const rows = ids.map((Id, n) => ({ Id, NumberOfEmployees: n === 17 ? 'many' : n }));
    const outcomes = await org.salesforce.update('Lead', rows);
    expect(outcomes[17]).toMatchObject({ ok: false, code: 'SYNC_VALUE_INVALID' });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(39);
    expect(org.budget.taken('daily')).toBeLessThan(15);
  });

  test('are found within a composite call, too', async () => {
    const org = await openOrg();
    const ids = org.leads(500);
    const rows = ids.map((Id, n) => ({ Id, NumberOfEmployees: n === 217 ? 'many' : n }));
    const outcomes = await org.salesforce.update('Lead', rows);
    expect(outcomes[217]).toMatchObject({ ok: false, code: 'SYNC_VALUE_INVALID' });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(499);
  });

  test('because of a field that does not exist cost one more call, not one each', async () => {
    const org = await openOrg();
    const ids = org.leads(100);
    const rows = ids.map((Id, n) => (n % 2 === 0 ? { Id, Title: 'x' } : { Id, nothing__C: 'x' }));
    const outcomes = await org.salesforce.update('Lead', rows);
    expect(outcomes[1]).toMatchObject({ ok: false, code: 'SYNC_SALESFORCE_FIELD_UNKNOWN' });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(50);
    expect(org.budget.taken('daily')).toBeLessThanOrEqual(2);
  });

  test('by something in all of them cost a bounded number of calls', async () => {
    const org = await openOrg();
    const ids = org.leads(200);
    await org.door('faults', [
      { match: COLLECTIONS, status: 400, body: [{ errorCode: 'ODD', message: 'It is odd.', fields: [] }] },
    ]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes.every(({ ok }) => !ok)).toBe(true);
    expect(outcomes.some((outcome) => !outcome.ok && outcome.retryable)).toBe(true);
    expect(org.budget.taken('daily')).toBeLessThanOrEqual(66);
  });
});

describe('locked rows', () => {
  test('are sent again until the lock is gone', async () => {
    const org = await openOrg();
    const ids = org.leads(5);
    await org.door('locks', [{ id: ids[2], times: 2 }]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(await org.calls()).toEqual({ 'PATCH /composite/sobjects': 3 });
  });

  test('that stay locked can be tried another time', async () => {
    const org = await openOrg();
    const ids = org.leads(2_001);
    await org.door('locks', [{ id: ids[2] }]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes[2]).toMatchObject({ ok: false, code: 'SYNC_SALESFORCE_LOCKED', retryable: true });
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2_000);
  });
});

describe('calls that fail', () => {
  test.each([
    ['a lost answer', { dropResponse: true }],
    ['a broken connection', { connectionReset: true }],
    ['a server that is down', { status: 503 }],
    ['a page of a proxy', { status: 502, body: '<html><title>Bad Gateway</title></html>' }],
  ])('are repeated after %s', async (_name, fault) => {
    const org = await openOrg();
    const ids = org.leads(3);
    await org.door('faults', [{ match: COLLECTIONS, ...fault, times: 2 }]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(org.budget.taken('daily')).toBe(3);
  });

  test('four times at most', async () => {
    const org = await openOrg();
    const [Id = ''] = org.leads(1);
    await org.door('faults', [{ match: COLLECTIONS, status: 503 }]);
    await expect(org.salesforce.update('Lead', [{ Id, Title: 'x' }])).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_UNAVAILABLE',
      retryable: true,
    });
    expect(org.budget.taken('daily')).toBe(5);
    await org.door('faults', [{ match: COLLECTIONS, connectionReset: true }]);
    await expect(org.salesforce.update('Lead', [{ Id, Title: 'x' }])).rejects.toMatchObject({
      code: 'SYNC_SALESFORCE_UNREACHABLE',
    });
  });

  test('in the middle of a save leave what was written written, and say what was not reached', async () => {
    const org = await openOrg();
    const ids = org.leads(1_500);
    await org.door('faults', [
      { match: 'POST /services/data/:version/composite', status: 403, every: 2, times: 1 },
    ]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes.slice(0, 1_000).every(({ ok }) => ok)).toBe(true);
    expect(outcomes[1_200]).toMatchObject({
      ok: false,
      code: 'SYNC_SALESFORCE_DAILY_LIMIT',
      retryable: true,
    });
    expect(outcomes).toHaveLength(1_500);
  });
});

describe('bulk jobs that fail', () => {
  const JOBS = '/services/data/:version/jobs/ingest';

  test.each([
    ['opening', `POST ${JOBS}`, { dropResponse: true }],
    ['uploading', `PUT ${JOBS}/:id/batches`, { dropResponse: true }],
    ['uploading', `PUT ${JOBS}/:id/batches`, { status: 503 }],
    ['closing', `PATCH ${JOBS}/:id`, { dropResponse: true }],
    ['asking', `GET ${JOBS}/:id`, { dropResponse: true }],
  ])('on %s (%s %j) are begun again', async (_step, match, fault) => {
    const org = await openOrg();
    const ids = org.leads(2_001);
    await org.door('faults', [{ match, ...fault, times: 1 }]);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Title: 'x' })),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.id)).toEqual(ids);
  });

  test('as a whole give every row an outcome that may be tried again', async () => {
    const org = await openOrg();
    const ids = org.leads(2_001);
    const outcomes = await org.salesforce.update(
      'Lead',
      ids.map((Id) => ({ Id, Nothing__c: 'x' })),
    );
    expect(outcomes).toHaveLength(2_001);
    expect(outcomes[0]).toMatchObject({ ok: false, message: expect.stringContaining('Nothing__c') });
  });
});
