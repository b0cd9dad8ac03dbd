import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { UserContext } from '../../salesforce/org/types.ts';
import { startRest } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

const REP_ID = '005000000000002AAA';
const REP: UserContext = {
  id: REP_ID,
  username: 'rep@sandbox.test',
  isAdmin: false,
  timeZone: 'utc',
  fieldAccess: () => 'edit',
};
const HIDDEN = [
  {
    errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    message: 'insufficient access rights on object id',
    fields: [],
  },
];

describe('private records', () => {
  let rest: RestFixture;
  let account: string;
  let hers: string;
  let own: string;

  beforeEach(async () => {
    rest = await startRest();
    account = await rest.create('Account', { Name: 'Acme' });
    hers = await rest.create('Contact', { LastName: 'Hers', AccountId: account, Email: 'hers@x.example' });
    own = await rest.create('Contact', { LastName: 'Own', AccountId: account, OwnerId: REP_ID });
    const sharing = { Account: 'private', Contact: 'private' };
    const reply = await rest.send('POST', '/__sandbox/sharing', { body: sharing });
    expect(reply).toMatchObject({ status: 200, body: { sharing } });
  });
  afterEach(() => rest.close());

  const query = async (soql: string, as: 'admin' | 'rep' = 'rep') =>
    (await rest.send('GET', `/query?q=${encodeURIComponent(soql)}`, { as })).body;

  test('are left out of queries, before counts and limits', async () => {
    expect(await query('SELECT Id FROM Contact ORDER BY LastName LIMIT 1')).toMatchObject({
      totalSize: 1,
      records: [{ Id: own }],
    });
    expect(await query('SELECT COUNT() FROM Contact')).toMatchObject({ totalSize: 1 });
    expect(await query('SELECT COUNT(Id) n FROM Contact')).toMatchObject({ records: [{ n: 1 }] });
    expect(await query(`SELECT Id FROM Contact WHERE Id = '${hers}'`)).toMatchObject({ totalSize: 0 });
    expect(await query(`SELECT Id FROM Contact WHERE Email = 'hers@x.example'`)).toMatchObject({
      totalSize: 0,
    });
    expect(await query('SELECT COUNT() FROM Contact', 'admin')).toMatchObject({ totalSize: 2 });
  });

  test('read as null where they are parents, and are absent where they are children', async () => {
    expect(await query('SELECT Account.Name FROM Contact')).toMatchObject({ records: [{ Account: null }] });
    expect(await query("SELECT Id FROM Contact WHERE Account.Name = 'Acme'")).toMatchObject({ totalSize: 0 });
    await rest.send('POST', '/__sandbox/sharing', { body: { Account: 'public' } });
    expect(await query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account')).toMatchObject({
      records: [{ Name: 'Acme', Contacts: { totalSize: 1, records: [{ LastName: 'Own' }] } }],
    });
    expect(
      await query(
        "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Hers')",
      ),
    ).toMatchObject({ totalSize: 0 });
  });

  test('are not found when they are retrieved', async () => {
    expect(await rest.send('GET', `/sobjects/Contact/${hers}`, { as: 'rep' })).toMatchObject({
      status: 404,
      body: [{ errorCode: 'NOT_FOUND' }],
    });
    const some = `/composite/sobjects/Contact?ids=${hers},${own}&fields=LastName`;
    expect((await rest.send('GET', some, { as: 'rep' })).body).toMatchObject([null, { LastName: 'Own' }]);
    expect((await rest.send('GET', `/sobjects/Contact/${own}`, { as: 'rep' })).status).toBe(200);
    expect((await rest.send('GET', `/sobjects/Contact/${hers}`)).status).toBe(200);
  });

  test('are not told among changes', async () => {
    rest.advance(3_600_000);
    const path = '/sobjects/Contact/updated?start=2026-11-22T09:00:00Z&end=2026-11-22T11:00:00Z';
    expect((await rest.send('GET', path, { as: 'rep' })).body).toMatchObject({ ids: [own] });
  });

  test('can be neither changed nor deleted nor merged away', async () => {
    const change = { body: { Title: 'X' }, as: 'rep' } as const;
    const update = await rest.send('PATCH', `/sobjects/Contact/${hers}`, change);
    expect(update).toMatchObject({ status: 403, body: HIDDEN });
    const removal = await rest.send('DELETE', `/sobjects/Contact/${hers}`, { as: 'rep' });
    expect(removal).toMatchObject({ status: 403, body: HIDDEN });
    expect((await rest.send('PATCH', `/sobjects/Contact/${own}`, change)).status).toBe(204);
    expect(await rest.read('Contact', hers, 'Title')).toEqual({ Title: null });
    expect(rest.org.merge(REP, 'Contact', { Id: own }, [hers])).toMatchObject({
      success: false,
      errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }],
    });
  });

  test('are deleted by their owners alone where everybody may edit them', async () => {
    await rest.send('POST', '/__sandbox/sharing', { body: { Contact: 'public' } });
    const change = await rest.send('PATCH', `/sobjects/Contact/${hers}`, { body: { Title: 'X' }, as: 'rep' });
    expect(change.status).toBe(204);
    const removal = await rest.send('DELETE', `/sobjects/Contact/${hers}`, { as: 'rep' });
    expect(removal).toMatchObject({ status: 403, body: HIDDEN });
    expect((await rest.send('DELETE', `/sobjects/Contact/${own}`, { as: 'rep' })).status).toBe(204);
    expect((await rest.send('DELETE', `/sobjects/Contact/${hers}`)).status).toBe(204);
  });

  test('cannot be reached by an external id, nor converted', async () => {
    await rest.send('POST', '/__sandbox/fields', {
      body: { object: 'Contact', field: { name: 'Key__c', type: 'string', length: 20, externalId: true } },
    });
    await rest.send('PATCH', `/sobjects/Contact/${hers}`, { body: { Key__c: 'k1' } });
    const path = '/sobjects/Contact/Key__c/k1';
    expect((await rest.send('GET', path, { as: 'rep' })).status).toBe(404);
    expect((await rest.send('GET', path)).status).toBe(200);
    const upsert = await rest.send('PATCH', path, { body: { LastName: 'X' }, as: 'rep' });
    expect(upsert).toMatchObject({ status: 403, body: HIDDEN });
    const lead = await rest.create('Lead', { LastName: 'L', Company: 'C' });
    rest.org.sharing.set('Lead', 'private');
    expect(() => rest.org.convertLead(REP, lead)).toThrow('insufficient access rights on object id');
    expect(rest.org.convertLead({ ...REP, isAdmin: true }, lead)).toHaveProperty('contactId');
  });

  test('cannot be named as parents', async () => {
    const body = { LastName: 'New', AccountId: account };
    const reply = await rest.send('POST', '/sobjects/Contact', { body, as: 'rep' });
    expect(reply).toMatchObject({
      status: 403,
      body: [{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }],
    });
  });

  test('are seen with View All Records and changed with Modify All Records', () => {
    const holder = (access: 'read' | 'edit'): UserContext => ({
      ...REP,
      othersRecords: (object) => (object === 'Contact' ? access : 'none'),
    });
    const title = (access: 'read' | 'edit') =>
      rest.org.update(holder(access), 'Contact', [{ Id: hers, Title: 'X' }])[0]?.success;
    expect(rest.org.query(holder('read'), 'SELECT Id FROM Contact').totalSize).toBe(2);
    expect(rest.org.query(holder('read'), 'SELECT Id FROM Account').totalSize).toBe(0);
    expect(title('read')).toBe(false);
    expect(title('edit')).toBe(true);
  });

  test('are public again after a reset', async () => {
    rest.org.reset();
    await rest.create('Account', { Name: 'New' });
    expect(await query('SELECT Id FROM Account')).toMatchObject({ totalSize: 1 });
  });

  test('need an owner: an object without one cannot be private', async () => {
    const reply = await rest.send('POST', '/__sandbox/sharing', { body: { Organization: 'private' } });
    expect(reply.status).toBe(400);
  });
});
