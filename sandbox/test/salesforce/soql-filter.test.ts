import { describe, expect, test } from '@jest/globals';
import type { Value } from '../../salesforce/org/types.ts';
import { fixture, idOf } from './soql-fixture.ts';

/** The LastName of each of these leads that a WHERE clause keeps, in order. */
function kept(leads: readonly Record<string, Value>[], where: string): unknown[] {
  return fixture({ Lead: leads }).values(`SELECT LastName FROM Lead WHERE ${where}`, 'LastName');
}

/** Leads named a, b, c, … with one field set. */
function leads(field: string, ...values: Value[]): Record<string, Value>[] {
  return values.map((value, index) => ({ LastName: String.fromCharCode(97 + index), [field]: value }));
}

describe('text', () => {
  const statuses = leads('Status', 'Open', 'CLOSED', null);

  test.each([
    ["Status = 'open'", ['a']],
    ["Status != 'open'", ['b', 'c']],
    ["Status <> 'open'", ['b', 'c']],
    ["Status IN ('OPEN', 'closed')", ['a', 'b']],
    ["Status NOT IN ('OPEN')", ['b', 'c']],
    ['Status = null', ['c']],
    ['Status != null', ['a', 'b']],
    ["Status = ''", ['c']],
    ["Status IN ('open', null)", ['a', 'c']],
    ["Status > 'D'", ['a']],
    ["Status <= 'closed'", ['b']],
    ["(NOT Status = 'open')", ['b', 'c']],
    ["NOT (Status = 'open' OR Status = null)", ['b']],
    ["(Status = 'open' OR Status = null) AND LastName != 'a'", ['c']],
    ["toLabel(Status) = 'Open - Not Contacted'", ['a']],
  ])('%s', (where, expected) => {
    expect(kept(statuses, where)).toEqual(expected);
  });

  test('fields that keep letter case compare by it', () => {
    const rows = leads('ActiveCampaign_ID__c', 'x', 'X');
    expect(kept(rows, "ActiveCampaign_ID__c = 'X'")).toEqual(['b']);
    expect(kept(rows, "ActiveCampaign_ID__c IN ('x', 'X')")).toEqual(['a', 'b']);
  });

  test('escapes stand for their characters', () => {
    expect(kept(leads('Status', "it's", 'a\nb', 'back\\slash', 'é'), "Status = 'it\\'s'")).toEqual(['a']);
    expect(kept(leads('Status', "it's", 'a\nb', 'back\\slash', 'é'), "Status = 'a\\nb'")).toEqual(['b']);
    expect(kept(leads('Status', "it's", 'a\nb', 'back\\slash', 'é'), "Status = 'back\\\\slash'")).toEqual([
      'c',
    ]);
    expect(kept(leads('Status', "it's", 'a\nb', 'back\\slash', 'é'), "Status = '\\u00e9'")).toEqual(['d']);
  });

  test('an unknown escape is refused', () => {
    const { errorCode, message } = fixture({}).failure("SELECT Id FROM Lead WHERE LastName = '\\q'");
    expect(errorCode).toBe('MALFORMED_QUERY');
    expect(message).toContain('\\q');
  });
});

describe('LIKE', () => {
  const emails = leads('Email', 'Ana@x.test', 'a%b', 'a_b', 'a.b', 'a(b\nc', null);

  test.each([
    ["Email LIKE 'ana%'", ['a']],
    ["Email LIKE '%.TEST'", ['a']],
    ["Email LIKE 'a_b'", ['b', 'c', 'd']],
    ["Email LIKE 'a\\_b'", ['c']],
    ["Email LIKE 'a\\%b'", ['b']],
    ["Email LIKE 'a.b'", ['d']],
    ["Email LIKE 'a(%c'", ['e']],
    ["Email LIKE '%'", ['a', 'b', 'c', 'd', 'e']],
    ["(NOT Email LIKE 'a%')", ['f']],
  ])('%s', (where, expected) => {
    expect(kept(emails, where)).toEqual(expected);
  });
});

describe('numbers', () => {
  const sizes = leads('NumberOfEmployees', 1, 5, null, -2);

  test.each([
    ['NumberOfEmployees = 5', ['b']],
    ['NumberOfEmployees != 5', ['a', 'c', 'd']],
    ['NumberOfEmployees < 5', ['a', 'd']],
    ['NumberOfEmployees <= 1.0', ['a', 'd']],
    ['NumberOfEmployees > -2', ['a', 'b']],
    ['NumberOfEmployees >= -2', ['a', 'b', 'd']],
    ['NumberOfEmployees IN (1, 5)', ['a', 'b']],
    ['NumberOfEmployees = null', ['c']],
    ['(NOT NumberOfEmployees > 0)', ['c', 'd']],
  ])('%s', (where, expected) => {
    expect(kept(sizes, where)).toEqual(expected);
  });
});

describe('checkboxes', () => {
  const converted = leads('IsConverted', true, false, null);

  test.each([
    ['IsConverted = true', ['a']],
    ['IsConverted = FALSE', ['b', 'c']],
    ['IsConverted != true', ['b', 'c']],
    ['IsConverted = null', []],
  ])('%s', (where, expected) => {
    expect(kept(converted, where)).toEqual(expected);
  });
});

describe('multi-select lists', () => {
  const interests = leads('Interests__c', 'Art;Music', 'Music', 'Sport', null);

  test.each([
    ["Interests__c INCLUDES ('Music')", ['a', 'b']],
    ["Interests__c INCLUDES ('music;art', 'Sport')", ['a', 'c']],
    ["Interests__c EXCLUDES ('Music')", ['c', 'd']],
    ["Interests__c = 'Art;Music'", ['a']],
  ])('%s', (where, expected) => {
    expect(kept(interests, where)).toEqual(expected);
  });
});

describe('ids', () => {
  const two = leads('Status', 'Open', 'Open');
  const id18 = idOf('Lead', 2);

  test('15 and 18 characters are the same record', () => {
    expect(kept(two, `Id = '${id18}'`)).toEqual(['b']);
    expect(kept(two, `Id = '${id18.slice(0, 15)}'`)).toEqual(['b']);
    expect(kept(two, `Id IN ('${id18.slice(0, 15)}')`)).toEqual(['b']);
  });

  test('compare in order', () => {
    expect(kept(two, `Id > '${idOf('Lead', 1)}'`)).toEqual(['b']);
    expect(kept(two, `Id <= '${idOf('Lead', 1).slice(0, 15)}'`)).toEqual(['a']);
  });

  test('a text that is no id is refused', () => {
    const { errorCode, message } = fixture({}).failure("SELECT Id FROM Lead WHERE Id = 'abc'");
    expect(errorCode).toBe('INVALID_QUERY_FILTER_OPERATOR');
    expect(message).toContain('ERROR at Row:1:Column:27\ninvalid ID field: abc');
  });
});

describe('semi-joins', () => {
  const rows = {
    Account: [
      { Name: 'Acme', Industry: 'Energy' },
      { Name: 'Globex', Industry: 'Retail' },
      { Name: 'Gone', IsDeleted: true, Industry: 'Energy' },
    ],
    Contact: [
      { LastName: 'Stone', AccountId: idOf('Account', 1) },
      { LastName: 'Iron', AccountId: idOf('Account', 2) },
      { LastName: 'Free', AccountId: null },
    ],
  };

  test.each([
    ["AccountId IN (SELECT Id FROM Account WHERE Industry = 'Energy')", ['Stone']],
    ["AccountId NOT IN (SELECT Id FROM Account WHERE Industry = 'Energy')", ['Iron', 'Free']],
  ])('%s', (where, expected) => {
    expect(fixture(rows).values(`SELECT LastName FROM Contact WHERE ${where}`, 'LastName')).toEqual(expected);
  });

  test('select a reference of the inner object, without its nulls', () => {
    const soql =
      "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName != 'Iron')";
    expect(fixture(rows).values(soql, 'Name')).toEqual(['Acme']);
  });

  test.each([
    'SELECT Id FROM Account WHERE Id IN (SELECT Id, AccountId FROM Contact)',
    'SELECT Id FROM Account WHERE Id IN (SELECT LastName FROM Contact)',
  ])('%s is refused', (soql) => {
    expect(fixture(rows).failure(soql).errorCode).toBe('MALFORMED_QUERY');
  });

  test('on a field that is no id are refused', () => {
    const soql = 'SELECT Id FROM Account WHERE Name IN (SELECT Id FROM Contact)';
    expect(fixture(rows).failure(soql).errorCode).toBe('INVALID_QUERY_FILTER_OPERATOR');
  });
});

describe('criteria of the wrong type', () => {
  test.each([
    ["AnnualRevenue = '5'", 'AnnualRevenue', 'double and should not be'],
    ["NumberOfEmployees IN ('5')", 'NumberOfEmployees', 'int and should not be'],
    ["IsConverted = 'true'", 'IsConverted', 'boolean and should not be'],
    ["SystemModstamp > '2026-01-01T00:00:00Z'", 'SystemModstamp', 'dateTime and should not be'],
    ['SystemModstamp > 2026-01-01', 'SystemModstamp', 'dateTime and should not be'],
    ['Birthday__c = 2026-01-01T00:00:00Z', 'Birthday__c', 'date and should not be'],
    ['LastName = 5', 'LastName', 'string and should be'],
    ['LastName = TODAY', 'LastName', 'string and should be'],
  ])('%s', (where, field, rest) => {
    const { errorCode, message } = fixture({}).failure(`SELECT Id FROM Lead WHERE ${where}`);
    expect(errorCode).toBe('INVALID_FIELD');
    expect(message).toContain(
      `\nERROR at Row:1:Column:27\nvalue of filter criterion for field '${field}' must be of type ${rest} enclosed in quotes`,
    );
  });

  test.each([
    ["Id LIKE '00Q%'", 'id'],
    ['IsConverted > true', 'boolean'],
    ["Interests__c > 'Art'", 'multipicklist'],
    ["Status INCLUDES ('Open')", 'picklist'],
    ["OwnerId LIKE '005%'", 'id'],
  ])('%s is no operator for its field', (where, type) => {
    const { errorCode, message } = fixture({}).failure(`SELECT Id FROM Lead WHERE ${where}`);
    expect(errorCode).toBe('INVALID_QUERY_FILTER_OPERATOR');
    expect(message).toContain(`invalid operator on ${type} field`);
  });

  test('ordering against null is refused', () => {
    expect(fixture({}).failure('SELECT Id FROM Lead WHERE NumberOfEmployees > null').message).toBe(
      'comparing with null by > is not supported by this sandbox',
    );
  });
});
