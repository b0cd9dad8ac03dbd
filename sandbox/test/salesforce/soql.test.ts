import { describe, expect, test } from '@jest/globals';
import { admin, fixture, idOf, userWithout } from './soql-fixture.ts';

const ACME = idOf('Account', 1);
const GLOBEX = idOf('Account', 2);
const ANA = idOf('User', 1);

function org() {
  return fixture({
    User: [{ Name: 'Ana Admin', IsActive: true }],
    Account: [
      { Name: 'Acme', Industry: 'Energy', AnnualRevenue: 100.5, OwnerId: ANA },
      { Name: 'Globex', Industry: 'Energy', AnnualRevenue: 50, OwnerId: ANA, ParentId: ACME },
      { Name: 'Initech', Industry: null },
    ],
    Contact: [
      { LastName: 'Stone', Email: 'stone@acme.test', AccountId: ACME, OwnerId: ANA, MailingCity: 'Oslo' },
      { LastName: 'Wood', Email: 'wood@acme.test', AccountId: ACME },
      { LastName: 'Iron', Email: 'iron@globex.test', AccountId: GLOBEX },
      { LastName: 'Free', Email: null },
      { LastName: 'Gone', AccountId: ACME, IsDeleted: true },
    ],
    Lead: [
      { LastName: 'One', Status: 'Open', SystemModstamp: '2026-11-22T09:59:59.123Z', Secret__c: 's' },
      { LastName: 'Two', Status: 'Open' },
    ],
  });
}

describe('records', () => {
  test('answer attributes first, then the selected fields in canonical letter case', () => {
    const [record] = org().query("SELECT id, LASTNAME FROM lead WHERE lastname = 'One'");
    const id = idOf('Lead', 1);
    expect(Object.keys(record ?? {})).toEqual(['attributes', 'Id', 'LastName']);
    expect(record).toEqual({
      attributes: { type: 'Lead', url: `/services/data/v67.0/sobjects/Lead/${id}` },
      Id: id,
      LastName: 'One',
    });
  });

  test('show datetimes at whole seconds with +0000', () => {
    expect(org().values("SELECT SystemModstamp FROM Lead WHERE LastName = 'One'", 'SystemModstamp')).toEqual([
      '2026-11-22T09:59:59.000+0000',
    ]);
  });

  test('show absent checkboxes as false and absent values as null', () => {
    const [record] = org().query("SELECT IsConverted, Email FROM Lead WHERE LastName = 'Two'");
    expect(record).toMatchObject({ IsConverted: false, Email: null });
  });

  test('leave deleted rows out', () => {
    expect(org().values('SELECT LastName FROM Contact', 'LastName')).not.toContain('Gone');
  });

  test('include deleted rows for queryAll', () => {
    const { engine } = org();
    expect(
      engine.query(admin(), "SELECT Id FROM Contact WHERE LastName = 'Gone'", { all: true }).totalSize,
    ).toBe(1);
  });

  test('show a compound address, null where it is empty', () => {
    const records = org().query('SELECT LastName, MailingAddress FROM Contact LIMIT 2');
    expect(records[0]?.['MailingAddress']).toMatchObject({ city: 'Oslo', country: null, postalCode: null });
    expect(records[1]?.['MailingAddress']).toBeNull();
  });

  test('toLabel answers the picklist label', () => {
    expect(org().values('SELECT toLabel(Status) FROM Lead LIMIT 1', 'Status')).toEqual([
      'Open - Not Contacted',
    ]);
  });

  test('are made page by page by slice', () => {
    const result = org().engine.query(admin(), 'SELECT LastName FROM Contact ORDER BY LastName');
    expect(result.slice?.(1, 3).map((record) => record['LastName'])).toEqual(['Iron', 'Stone']);
  });
});

describe('parent paths', () => {
  test('nest the parent with its attributes', () => {
    const [record] = org().query(
      "SELECT LastName, account.owner.name, Account.Name FROM Contact WHERE LastName = 'Stone'",
    );
    expect(record?.['Account']).toEqual({
      attributes: { type: 'Account', url: `/services/data/v67.0/sobjects/Account/${ACME}` },
      Owner: {
        attributes: { type: 'User', url: `/services/data/v67.0/sobjects/User/${ANA}` },
        Name: 'Ana Admin',
      },
      Name: 'Acme',
    });
  });

  test('answer null for a missing parent', () => {
    const [record] = org().query("SELECT Account.Owner.Name FROM Contact WHERE LastName = 'Free'");
    expect(record?.['Account']).toBeNull();
  });

  test('filter and sort', () => {
    const soql =
      "SELECT Name FROM Account WHERE Parent.Name = 'acme' OR Owner.IsActive = false ORDER BY Parent.Name DESC NULLS LAST";
    expect(org().values(soql, 'Name')).toEqual(['Globex', 'Initech']);
  });

  test('to several objects name the object that each parent is', () => {
    const { query } = fixture({
      User: [{ Name: 'Ana' }],
      Group: [{ Name: 'Queue 1', Type: 'Queue' }],
      Lead: [{ HolderId: idOf('User', 1) }, { HolderId: idOf('Group', 1) }],
    });
    const records = query("SELECT Holder.Name, Holder.Type FROM Lead WHERE Holder.Type IN ('User', 'Queue')");
    expect(records.map((record) => record['Holder'])).toMatchObject([
      { attributes: { type: 'User' }, Name: 'Ana', Type: 'User' },
      { attributes: { type: 'Group' }, Name: 'Queue 1', Type: 'Queue' },
    ]);
  });

  test('to several objects show what the Name object has', () => {
    const { message } = org().failure('SELECT Holder.OwnerId FROM Lead');
    expect(message).toContain("No such column 'OwnerId' on entity 'Name'");
  });

  test('take an alias of the object', () => {
    expect(
      org().values("SELECT c.LastName FROM Contact c WHERE c.Account.Name = 'Globex'", 'LastName'),
    ).toEqual(['Iron']);
  });

  test('refuse a relationship that does not exist', () => {
    const { errorCode, message } = org().failure('SELECT Acount.Name FROM Contact');
    expect(errorCode).toBe('INVALID_FIELD');
    expect(message).toContain("Didn't understand relationship 'Acount' in field path.");
  });

  test('refuse more than five levels', () => {
    const path = `${'Parent.'.repeat(6)}Name`;
    expect(org().failure(`SELECT ${path} FROM Account`).errorCode).toBe('MALFORMED_QUERY');
    expect(org().total(`SELECT ${'Parent.'.repeat(5)}Name FROM Account`)).toBe(3);
  });
});

describe('child sub-queries', () => {
  test('nest totalSize, done and records', () => {
    const [acme] = org().query(
      "SELECT Name, (SELECT LastName FROM contacts ORDER BY LastName DESC) FROM Account WHERE Name = 'Acme'",
    );
    const contacts = acme?.['Contacts'];
    expect(contacts).toMatchObject({
      totalSize: 2,
      done: true,
      records: [{ LastName: 'Wood' }, { LastName: 'Stone' }],
    });
  });

  test('answer null where a parent has no such children', () => {
    const soql =
      "SELECT (SELECT Id FROM Contacts WHERE LastName = 'Nobody') FROM Account WHERE Name = 'Acme'";
    expect(org().values(soql, 'Contacts')).toEqual([null]);
  });

  test('apply their own filter and limit per parent', () => {
    const soql =
      "SELECT (SELECT LastName FROM Contacts WHERE LastName LIKE '%o%' LIMIT 1) FROM Account WHERE Id IN ('" +
      ACME +
      "','" +
      GLOBEX +
      "')";
    const lists = org().values(soql, 'Contacts');
    expect(lists).toMatchObject([{ totalSize: 1 }, { totalSize: 1 }]);
  });

  test('refuse an unknown child relationship', () => {
    const { errorCode, message } = org().failure('SELECT (SELECT Id FROM Contact) FROM Account');
    expect(errorCode).toBe('INVALID_TYPE');
    expect(message).toContain("Didn't understand relationship 'Contact' in FROM part of query call.");
  });
});

describe('FIELDS()', () => {
  test('ALL selects every visible field', () => {
    const [record] = org().query('SELECT FIELDS(ALL) FROM Lead LIMIT 1', userWithout('Lead.Secret__c'));
    expect(record).toHaveProperty('Interests__c');
    expect(record).not.toHaveProperty('Secret__c');
  });

  test('CUSTOM selects custom fields alone', () => {
    const [record] = org().query('SELECT FIELDS(CUSTOM) FROM Lead LIMIT 200');
    expect(Object.keys(record ?? {}).every((key) => key === 'attributes' || key.endsWith('__c'))).toBe(true);
  });

  test('STANDARD needs no limit', () => {
    expect(org().query('SELECT FIELDS(STANDARD) FROM Lead')[0]).not.toHaveProperty('Secret__c');
  });

  test.each(['', 'LIMIT 201'])('ALL with limit "%s" is refused', (limit) => {
    expect(org().failure(`SELECT FIELDS(ALL) FROM Lead ${limit}`)).toEqual({
      errorCode: 'MALFORMED_QUERY',
      message: 'The SOQL FIELDS function must have a LIMIT of at most 200',
    });
  });
});

describe('errors', () => {
  test('an unknown column is shown with excerpt, caret and position', () => {
    expect(org().failure('SELECT Id, Foo FROM Lead')).toEqual({
      errorCode: 'INVALID_FIELD',
      message:
        "\nSELECT Id, Foo FROM Lead\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Lead'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    });
  });

  test('a column that the user may not see is as unknown as one that does not exist', () => {
    const hidden = org().failure('SELECT Secret__c FROM Lead', userWithout('Lead.Secret__c')).message;
    expect(hidden).toContain("No such column 'Secret__c' on entity 'Lead'");
  });

  test('a hidden column can not be filtered or sorted by either', () => {
    const user = userWithout('Lead.Secret__c');
    expect(org().failure("SELECT Id FROM Lead WHERE Secret__c = 's'", user).errorCode).toBe('INVALID_FIELD');
    expect(org().failure('SELECT Id FROM Lead ORDER BY Secret__c', user).errorCode).toBe('INVALID_FIELD');
  });

  test('the position of a column is found beside a string that holds its name', () => {
    const { message } = org().failure("SELECT Id FROM Lead WHERE LastName = 'Foo' AND Foo = 'x'");
    expect(message).toContain('ERROR at Row:1:Column:48');
  });

  test('rows of a query over several lines are counted', () => {
    expect(org().failure('SELECT Id,\n  Foo\nFROM Lead').message).toContain('ERROR at Row:2:Column:3');
  });

  test('an unknown object is INVALID_TYPE', () => {
    const { errorCode, message } = org().failure('SELECT Id FROM Nope__c');
    expect(errorCode).toBe('INVALID_TYPE');
    expect(message).toContain("ERROR at Row:1:Column:16\nsObject type 'Nope__c' is not supported.");
  });

  test.each([
    ['SELECT Id, FROM Lead', "unexpected token: 'FROM'"],
    ["SELECT Id FROM Lead WHERE LastName = 'x' b", "unexpected token: '<EOF>'"],
    ['SELECT Id FROM Lead WHERE (LastName = null', "expecting a right parentheses, found '<EOF>'"],
    ['SELECT Id FROM Lead WHERE LastName = "x"', `line 1:37 no viable alternative at character '"'`],
    ["SELECT Id FROM Lead WHERE LastName = 'x", "line 1:37 mismatched character '<EOF>' expecting '''"],
    ['SELECT Id FROM Lead WHERE LastName = null AND Email = null OR Status = null', "unexpected token: 'OR'"],
    ['SELECT Id FROM Lead WHERE LastName = null AND NOT Email = null', "unexpected token: 'NOT'"],
    ['SELECT Id FROM Lead WHERE NOT NOT Email = null', "unexpected token: 'NOT'"],
    [
      'SELECT Id FROM Lead WHERE NOT (NOT (NOT (Email = null)))',
      'NOT directly within two others is not supported by this sandbox',
    ],
    [
      'SELECT Status FROM Lead GROUP BY Status HAVING (NOT (COUNT(Id) > 1)) AND COUNT(Id) > 0',
      'NOT beside AND or OR in HAVING is not supported by this sandbox',
    ],
    ['SELECT Id FROM Lead LIMIT 1 ALL ROWS', 'ALL ROWS not allowed in this context'],
    ['SELECT LastName n FROM Lead', 'only aggregate expressions use field aliasing'],
    ['SELECT Id, LastName, ID FROM Lead', 'duplicate field selected: Id'],
    ['SELECT TYPEOF Owner WHEN User THEN Name END FROM Lead', 'TYPEOF is not supported by this sandbox'],
    ['SELECT Id FROM Lead USING SCOPE mine', 'USING SCOPE mine is not supported by this sandbox'],
    [
      'SELECT Status, COUNT(Id) FROM Lead GROUP BY ROLLUP(Status)',
      'GROUP BY ROLLUP is not supported by this sandbox',
    ],
  ])('%s is MALFORMED_QUERY', (soql, message) => {
    expect(org().failure(soql)).toEqual({ errorCode: 'MALFORMED_QUERY', message });
  });

  test('more than 100,000 characters are MALFORMED_QUERY', () => {
    const soql = `SELECT Id FROM Lead WHERE LastName = '${'x'.repeat(100_000)}'`;
    const message = 'SOQL statements cannot be longer than 100000 characters.';
    expect(org().failure(soql)).toEqual({ errorCode: 'MALFORMED_QUERY', message });
  });

  test.each([
    ["SELECT Id FROM Lead WHERE Description = 'x'", 'filtered'],
    ['SELECT Id FROM Lead ORDER BY Description', 'sorted'],
    ['SELECT COUNT(Id) FROM Lead GROUP BY Description', 'grouped'],
  ])('%s names the field that can not be %s', (soql, action) => {
    const { errorCode, message } = org().failure(soql);
    expect(errorCode).toBe('INVALID_FIELD');
    expect(message).toContain(`field 'Description' can not be ${action} in a query call`);
  });

  test('an offset beyond 2000 is out of range', () => {
    expect(org().failure('SELECT Id FROM Lead OFFSET 2001').errorCode).toBe('NUMBER_OUTSIDE_VALID_RANGE');
  });
});

describe('order and pages', () => {
  test('nulls come first by default', () => {
    expect(org().values('SELECT Industry FROM Account ORDER BY Industry', 'Industry')).toEqual([
      null,
      'Energy',
      'Energy',
    ]);
  });

  test('NULLS LAST puts them last', () => {
    expect(org().values('SELECT Industry FROM Account ORDER BY Industry NULLS LAST', 'Industry')).toEqual([
      'Energy',
      'Energy',
      null,
    ]);
  });

  test('several keys sort one after the other', () => {
    const soql = 'SELECT Name FROM Account ORDER BY Industry DESC NULLS LAST, AnnualRevenue ASC';
    expect(org().values(soql, 'Name')).toEqual(['Globex', 'Acme', 'Initech']);
  });

  test('text sorts without letter case', () => {
    const sorted = fixture({ Lead: [{ LastName: 'b' }, { LastName: 'C' }, { LastName: 'a' }] });
    expect(sorted.values('SELECT LastName FROM Lead ORDER BY LastName', 'LastName')).toEqual(['a', 'b', 'C']);
  });

  test('OFFSET and LIMIT cut a page, which totalSize counts', () => {
    const { engine } = org();
    const result = engine.query(admin(), 'SELECT LastName FROM Contact ORDER BY LastName LIMIT 2 OFFSET 1');
    expect(result.records.map((record) => record['LastName'])).toEqual(['Iron', 'Stone']);
    expect(result.totalSize).toBe(2);
  });

  test('LIMIT 0 answers nothing', () => {
    expect(org().total('SELECT Id FROM Lead LIMIT 0')).toBe(0);
  });

  test.each(['WITH SECURITY_ENFORCED', 'WITH USER_MODE', 'FOR VIEW', 'FOR UPDATE'])(
    '%s is accepted',
    (clause) => {
      expect(org().total(`SELECT Id FROM Lead ${clause}`)).toBe(2);
    },
  );
});
