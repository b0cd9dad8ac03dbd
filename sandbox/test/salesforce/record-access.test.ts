import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { UserContext } from '../../salesforce/org/types.ts';
import { ADMIN_ID, startRest } from './rest-fixture.ts';
import type { RestFixture } from './rest-fixture.ts';

// Facts of Object Reference for the Salesforce Platform, "UserRecordAccess".

const REP_ID = '005000000000002AAA';
const ANSWERS =
  'RecordId, HasReadAccess, HasEditAccess, HasDeleteAccess, HasTransferAccess, HasAllAccess, MaxAccessLevel';

const answers = (userId: string, ...ids: string[]): string =>
  `SELECT ${ANSWERS} FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId IN ('${ids.join("','")}')`;

async function ask(rest: RestFixture, soql: string, as: 'admin' | 'rep' = 'admin'): Promise<unknown> {
  return (await rest.send('GET', `/query?q=${encodeURIComponent(soql)}`, { as })).body;
}

describe('UserRecordAccess', () => {
  let rest: RestFixture;
  let hers: string;
  let own: string;

  beforeEach(async () => {
    rest = await startRest();
    hers = await rest.create('Lead', { LastName: 'Hers', Company: 'C' });
    own = await rest.create('Lead', { LastName: 'Own', Company: 'C', OwnerId: REP_ID });
  });
  afterEach(() => rest.close());

  const makePrivate = () => rest.send('POST', '/__sandbox/sharing', { body: { Lead: 'private' } });

  test('says what a user may do with public records, and with those that the user owns', async () => {
    expect(await ask(rest, answers(REP_ID, hers, own))).toMatchObject({
      totalSize: 2,
      records: [
        {
          attributes: { type: 'UserRecordAccess' },
          RecordId: hers,
          HasReadAccess: true,
          HasEditAccess: true,
          HasDeleteAccess: false,
          HasTransferAccess: false,
          HasAllAccess: false,
          MaxAccessLevel: 'Edit',
        },
        { RecordId: own, HasDeleteAccess: true, HasAllAccess: true, MaxAccessLevel: 'All' },
      ],
    });
    expect(await ask(rest, answers(ADMIN_ID, own))).toMatchObject({ records: [{ MaxAccessLevel: 'All' }] });
  });

  test('leaves records out that whoever asks does not see', async () => {
    await makePrivate();
    expect(await ask(rest, answers(REP_ID, hers, own))).toMatchObject({
      records: [
        { RecordId: hers, HasReadAccess: false, HasEditAccess: false, MaxAccessLevel: 'None' },
        { RecordId: own, HasEditAccess: true },
      ],
    });
    expect(await ask(rest, answers(REP_ID, hers, own), 'rep')).toMatchObject({
      totalSize: 1,
      records: [{ RecordId: own }],
    });
    await rest.send('DELETE', `/sobjects/Lead/${own}`);
    expect(await ask(rest, answers(REP_ID, own))).toMatchObject({ totalSize: 0 });
  });

  test('can be filtered by one access and sorted by what is selected', async () => {
    await makePrivate();
    const among = `FROM UserRecordAccess WHERE UserId = '${REP_ID}' AND RecordId IN ('${hers}','${own}')`;
    expect(await ask(rest, `SELECT RecordId ${among} AND HasEditAccess = true`)).toMatchObject({
      records: [{ RecordId: own }],
    });
    expect(await ask(rest, `SELECT RecordId ${among} AND HasEditAccess = false`)).toMatchObject({
      records: [{ RecordId: hers }],
    });
    const sorted = `SELECT RecordId, HasEditAccess ${among} ORDER BY HasEditAccess DESC LIMIT 1`;
    expect(await ask(rest, sorted)).toMatchObject({ records: [{ RecordId: own }] });
  });

  test('takes ids of 15 characters and answers 18', async () => {
    const soql = `SELECT RecordId FROM UserRecordAccess WHERE UserId = '${REP_ID.slice(0, 15)}' AND RecordId = '${own.slice(0, 15)}'`;
    expect(await ask(rest, soql)).toMatchObject({ records: [{ RecordId: own }] });
  });

  test('answers nothing about users that are not there', async () => {
    expect(await ask(rest, answers('005000000000009AAA', own))).toMatchObject({ totalSize: 0 });
  });

  test.each([
    ['no RecordId is selected', 'SELECT HasEditAccess', "UserId = '$U' AND RecordId = '$R'"],
    ['rows are counted', 'SELECT COUNT()', "UserId = '$U' AND RecordId = '$R'"],
  ])('is refused where %s', async (_, select, where) => {
    const soql = `${select} FROM UserRecordAccess WHERE ${where}`.replace('$U', REP_ID).replace('$R', own);
    expect(await ask(rest, soql)).toEqual([
      { errorCode: 'INVALID_FIELD', message: 'RecordId field must be selected' },
    ]);
  });

  const many = Array.from({ length: 201 }, (_, at) => `00QSb0000000${String(at).padStart(3, '0')}`).join(
    "','",
  );
  test.each([
    ['there is no filter', 'RecordId', ''],
    ['no user is named', 'RecordId', "WHERE RecordId = '$R'"],
    ['no record is named', 'RecordId', "WHERE UserId = '$U'"],
    ['several users are named', 'RecordId', "WHERE UserId IN ('$U','005000000000001') AND RecordId = '$R'"],
    ['filters are alternatives', 'RecordId', "WHERE UserId = '$U' OR RecordId = '$R'"],
    ['more than 200 records are named', 'RecordId', `WHERE UserId = '$U' AND RecordId IN ('${many}')`],
    ['the user is selected', 'RecordId, UserId', "WHERE UserId = '$U' AND RecordId = '$R'"],
    [
      'an access is both selected and a filter',
      'RecordId, HasReadAccess',
      "WHERE UserId = '$U' AND RecordId = '$R' AND HasReadAccess = true",
    ],
    [
      'two accesses are filters',
      'RecordId',
      "WHERE UserId = '$U' AND RecordId = '$R' AND HasReadAccess = true AND HasEditAccess = true",
    ],
    [
      'the level is a filter',
      'RecordId',
      "WHERE UserId = '$U' AND RecordId = '$R' AND MaxAccessLevel = 'All'",
    ],
  ])('is refused where %s', async (_, fields, where) => {
    const soql = `SELECT ${fields} FROM UserRecordAccess ${where}`.replace('$U', REP_ID).replace('$R', own);
    expect(await ask(rest, soql)).toMatchObject([{ errorCode: 'MALFORMED_QUERY' }]);
  });

  test('is not sorted by what is not selected', async () => {
    const soql = `SELECT RecordId FROM UserRecordAccess WHERE UserId = '${REP_ID}' AND RecordId = '${own}' ORDER BY HasEditAccess`;
    expect(await ask(rest, soql)).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
  });

  test('is described, and nothing can be saved in it', async () => {
    const described = await rest.send('GET', '/sobjects/UserRecordAccess/describe');
    expect(described.body).toMatchObject({
      name: 'UserRecordAccess',
      keyPrefix: null,
      createable: false,
      updateable: false,
      deletable: false,
      queryable: true,
    });
    const body = { UserId: REP_ID, RecordId: own, HasEditAccess: true };
    const saved = await rest.send('POST', '/sobjects/UserRecordAccess', { body });
    expect(saved).toMatchObject({
      status: 400,
      body: [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }],
    });
    const records = [{ attributes: { type: 'UserRecordAccess' }, Id: '000000000000000AAA', ...body }];
    const changed = await rest.send('PATCH', '/composite/sobjects', { body: { records } });
    expect(JSON.stringify(changed.body)).toContain('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
  });
});

describe('the access of somebody', () => {
  const may = { read: true, create: true, edit: true, delete: true };
  const none = { HasReadAccess: false, HasEditAccess: false, MaxAccessLevel: 'None' };
  const reads = { HasReadAccess: true, HasEditAccess: false, MaxAccessLevel: 'Read' };
  const everything = {
    HasEditAccess: true,
    HasDeleteAccess: true,
    HasTransferAccess: true,
    MaxAccessLevel: 'All',
  };
  const cases: readonly [string, Pick<UserContext, 'othersRecords' | 'objectAccess'>, object, object][] = [
    ['with View All Records', { othersRecords: () => 'read' }, reads, everything],
    ['with Modify All Records', { othersRecords: () => 'edit' }, everything, everything],
    [
      'who may read the object alone',
      { objectAccess: () => ({ ...may, edit: false, delete: false }) },
      none,
      reads,
    ],
    [
      'who may not delete its records',
      { objectAccess: () => ({ ...may, delete: false }) },
      none,
      { HasEditAccess: true, HasDeleteAccess: false, MaxAccessLevel: 'Transfer' },
    ],
    ['whom the object is closed to', { objectAccess: () => ({ ...may, read: false }) }, none, none],
  ];
  test.each(cases)('%s counts both sharing and object permissions', async (_, rights, ofHers, ofOwn) => {
    const rest = await startRest({}, rights);
    const hers = await rest.create('Lead', { LastName: 'Hers', Company: 'C' });
    const own = await rest.create('Lead', { LastName: 'Own', Company: 'C', OwnerId: REP_ID });
    rest.org.sharing.set('Lead', 'private');
    expect(await ask(rest, answers(REP_ID, hers, own))).toMatchObject({ records: [ofHers, ofOwn] });
    await rest.close();
  });
});
