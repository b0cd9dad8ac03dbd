import { describe, expect, test } from '@jest/globals';
import { inWords } from '../../src/lib/languages.ts';
import {
  compileSelection,
  matchesSelection,
  type Selection,
  type SelectionOperator,
  type SelectionRule,
} from '../../src/sync/selection.ts';
import type { Language } from '../../src/words/language.ts';
import { salesforceField } from './fields.ts';

const fields = [
  salesforceField({ name: 'LastName', label: 'Last Name' }),
  salesforceField({ name: 'Email', type: 'email' }),
  salesforceField({ name: 'LeadSource', type: 'picklist' }),
  salesforceField({ name: 'AnnualRevenue', type: 'currency', scale: 2 }),
  salesforceField({ name: 'NumberOfEmployees', type: 'int' }),
  salesforceField({ name: 'HasOptedOutOfEmail', type: 'boolean' }),
  salesforceField({ name: 'Birthdate', type: 'date' }),
  salesforceField({ name: 'CreatedDate', label: 'Created Date', type: 'datetime' }),
  salesforceField({ name: 'Interests__c', type: 'multipicklist' }),
  salesforceField({ name: 'OwnerId', type: 'reference' }),
  salesforceField({ name: 'Sync_Status__c', type: 'picklist' }),
  salesforceField({ name: 'Description', type: 'textarea', length: 32_000, filterable: false }),
  salesforceField({ name: 'MailingAddress', type: 'address' }),
];
const names = { syncStatus: 'Sync_Status__c', waitingValue: 'Waiting for next sync' };

function whereOf(selection: Selection): string | null {
  const compiled = compileSelection(selection, fields, names);
  if (!compiled.ok) throw new Error(problemOf(selection));
  return compiled.where;
}

function criteria(...rules: SelectionRule[]): Selection {
  return { mode: 'criteria', match: 'all', rules };
}

function rule(field: string, operator: SelectionOperator, value: SelectionRule['value'] = null): Selection {
  return criteria({ field, operator, value });
}

function problemOf(selection: Selection, language: Language = 'en'): string {
  const compiled = compileSelection(selection, fields, names);
  return compiled.ok ? '' : compiled.problems.map(({ message }) => inWords(message, language)).join(' ');
}

describe('modes', () => {
  test('none selects nothing and asks nothing', () => {
    expect(whereOf({ mode: 'none' })).toBeNull();
  });

  test('created takes those from a moment on', () => {
    expect(whereOf({ mode: 'created', since: '2026-01-31T10:00:00+02:00' })).toBe(
      'CreatedDate >= 2026-01-31T08:00:00.000Z',
    );
    expect(problemOf({ mode: 'created', since: 'yesterday' })).toMatch(/“yesterday”/);
  });

  test('flagged takes those whose status waits', () => {
    expect(whereOf({ mode: 'flagged' })).toBe("Sync_Status__c = 'Waiting for next sync'");
    const compiled = compileSelection({ mode: 'flagged' }, fields, { ...names, syncStatus: 'ns__Gone__c' });
    expect(compiled).toMatchObject({ ok: false, problems: [{ salesforce: 'ns__Gone__c' }] });
  });

  test('rules are joined by all or any', () => {
    const rules: SelectionRule[] = [
      { field: 'LastName', operator: 'equals', value: 'Díaz' },
      { field: 'AnnualRevenue', operator: 'greater', value: 5 },
    ];
    expect(whereOf({ mode: 'criteria', match: 'all', rules })).toBe(
      "(LastName = 'Díaz') AND (AnnualRevenue > 5)",
    );
    expect(whereOf({ mode: 'criteria', match: 'any', rules })).toBe(
      "(LastName = 'Díaz') OR (AnnualRevenue > 5)",
    );
  });

  test('no rules are no selection', () => {
    expect(problemOf(criteria())).toMatch(/at least one rule/);
  });
});

describe('SOQL of one rule', () => {
  test.each([
    ['lastname', 'equals', "O'Neil", "LastName = 'O\\'Neil'"],
    ['LastName', 'equals', 'a\\b\n', "LastName = 'a\\\\b\\n'"],
    ['LastName', 'equals', "x' OR Id != '", "LastName = 'x\\' OR Id != \\''"],
    ['LastName', 'not_equals', 'x', "(LastName != 'x' OR LastName = null)"],
    ['LastName', 'contains', '50%_', "LastName LIKE '%50\\%\\_%'"],
    ['LastName', 'not_contains', 'x', "((NOT LastName LIKE '%x%') OR LastName = null)"],
    ['Email', 'starts_with', 'a', "Email LIKE 'a%'"],
    ['Email', 'ends_with', '@x.org', "Email LIKE '%@x.org'"],
    ['Email', 'is_empty', null, 'Email = null'],
    ['Email', 'is_not_empty', null, 'Email != null'],
    ['LeadSource', 'in', ['Web', "Let's"], "LeadSource IN ('Web', 'Let\\'s')"],
    ['LeadSource', 'in', 'Web', "LeadSource IN ('Web')"],
    ['LeadSource', 'not_in', ['Web'], "(LeadSource NOT IN ('Web') OR LeadSource = null)"],
    ['AnnualRevenue', 'greater_or_equal', '1,000.50', 'AnnualRevenue >= 1000.5'],
    ['AnnualRevenue', 'less', 5_000_000_000, 'AnnualRevenue < 5000000000.0'],
    ['AnnualRevenue', 'equals', -0, 'AnnualRevenue = 0'],
    ['NumberOfEmployees', 'less_or_equal', '10', 'NumberOfEmployees <= 10'],
    ['HasOptedOutOfEmail', 'equals', true, 'HasOptedOutOfEmail = TRUE'],
    ['HasOptedOutOfEmail', 'not_equals', 'true', 'HasOptedOutOfEmail != TRUE'],
    ['Birthdate', 'greater', '2000-02-29', 'Birthdate > 2000-02-29'],
    ['Birthdate', 'last_n_days', 7, 'Birthdate >= LAST_N_DAYS:7 AND Birthdate <= TODAY'],
    ['Birthdate', 'next_n_days', '7', 'Birthdate > TODAY AND Birthdate <= NEXT_N_DAYS:7'],
    ['CreatedDate', 'less', '2026-01-31T10:00:00Z', 'CreatedDate < 2026-01-31T10:00:00.000Z'],
    ['CreatedDate', 'greater', '2026-01-31', 'CreatedDate >= 2026-02-01T00:00:00.000Z'],
    ['CreatedDate', 'less_or_equal', '2026-01-31', 'CreatedDate < 2026-02-01T00:00:00.000Z'],
    ['Interests__c', 'includes', ['a;b', 'c'], "Interests__c INCLUDES ('a;b', 'c')"],
    ['Interests__c', 'excludes', ['a'], "(Interests__c EXCLUDES ('a') OR Interests__c = null)"],
    ['OwnerId', 'equals', '005000000000001AAA', "OwnerId = '005000000000001AAA'"],
  ] as [string, SelectionOperator, SelectionRule['value'], string][])(
    '%s %s %j',
    (field, operator, value, soql) => {
      expect(whereOf(rule(field, operator, value))).toBe(soql);
    },
  );
});

describe('refusals, in words', () => {
  test.each([
    ['Nope__c', 'equals', 'x', /no field “Nope__c”/],
    ["Id = '' OR LastName", 'equals', 'x', /no field/],
    ['Description', 'contains', 'x', /cannot search by “Description”/],
    ['MailingAddress', 'is_empty', null, /cannot search by/],
    ['LastName', 'greater', 'x', /only by: equals, not equals, contains/],
    ['LastName', 'equals', '', /is empty/],
    ['LastName', 'equals', null, /needs a value/],
    ['LastName', 'in', [], /needs a value/],
    ['LastName', 'equals', ['a', 'b'], /one value/],
    ['LastName', 'equals', 'x'.repeat(256), /256 characters; 255/],
    ['LastName', 'equals', 'a\0b', /cannot search for/],
    ['LastName', 'equals', '\ud800', /cannot search for/],
    ['LastName', 'contains', 'a\\b', /backslash/],
    ['LeadSource', 'in', Array.from({ length: 201 }, String), /201 values; 200/],
    ['AnnualRevenue', 'equals', '5 OR Id != null', /is a number; “5 OR Id != null” is not/],
    ['NumberOfEmployees', 'equals', 1.5, /whole numbers/],
    ['HasOptedOutOfEmail', 'equals', 'yes', /true or false/],
    ['HasOptedOutOfEmail', 'is_empty', null, /only by: equals, not equals/],
    ['Birthdate', 'equals', '2026-02-30', /2026-01-31/],
    ['Birthdate', 'equals', 'TODAY', /is a date/],
    ['Birthdate', 'last_n_days', 0, /from 1 to 9999/],
    ['Birthdate', 'last_n_days', '7 OR Id != null', /number of days/],
    ['CreatedDate', 'equals', '2026-01-31', /never equals/],
    ['CreatedDate', 'less', '2026-01-31T10:00:00', /2026-01-31T09:00:00Z/],
    ['OwnerId', 'equals', "005' OR Id != '", /not a Salesforce record id/],
  ] as [string, SelectionOperator, SelectionRule['value'], RegExp][])(
    '%s %s %j',
    (field, operator, value, message) => {
      const selection = rule(field, operator, value);
      expect(problemOf(selection)).toMatch(message);
      const spanish = problemOf(selection, 'es');
      expect(spanish).toMatch(/\.$/);
      expect(spanish).not.toBe(problemOf(selection));
      const context = { ...names, now: '2026-11-22T10:00:00Z' };
      expect(matchesSelection(selection, fields, { LastName: 'x' }, context)).toBe(false);
    },
  );

  test('every rule that is wrong is named', () => {
    const compiled = compileSelection(
      criteria(
        { field: 'Nope__c', operator: 'equals', value: 'x' },
        { field: 'Email', operator: 'equals', value: 'x' },
        { field: 'Birthdate', operator: 'equals', value: 'x' },
      ),
      fields,
      names,
    );
    expect(compiled.ok ? [] : compiled.problems.map((problem) => problem.salesforce)).toEqual([
      'Nope__c',
      'Birthdate',
    ]);
  });
});

describe('matching in memory', () => {
  const context = { ...names, now: '2026-11-22T23:30:00-05:00' };

  test.each([
    [rule('LastName', 'equals', 'díaz'), { LastName: 'DÍAZ' }, true],
    [rule('LastName', 'not_equals', 'x'), { LastName: null }, true],
    [rule('LastName', 'contains', '%'), { LastName: 'abc' }, false],
    [rule('LastName', 'is_empty'), { LastName: '' }, true],
    [rule('LastName', 'is_empty'), {}, true],
    [rule('AnnualRevenue', 'equals', '1.10'), { AnnualRevenue: 1.1 }, true],
    [rule('AnnualRevenue', 'less', 5), { AnnualRevenue: null }, false],
    [rule('AnnualRevenue', 'greater', 9), { AnnualRevenue: 10 }, true],
    [rule('HasOptedOutOfEmail', 'equals', false), {}, true],
    [rule('OwnerId', 'equals', '005000000000001'), { OwnerId: '005000000000001AAA' }, true],
    [rule('Interests__c', 'includes', ['a;b']), { Interests__c: 'b;c;A' }, true],
    [rule('Interests__c', 'includes', ['a;b']), { Interests__c: 'b;c' }, false],
    [rule('Interests__c', 'excludes', ['a']), { Interests__c: null }, true],
    [rule('Birthdate', 'last_n_days', 1), { Birthdate: '2026-11-21' }, true],
    [rule('Birthdate', 'last_n_days', 1), { Birthdate: '2026-11-20' }, false],
    [rule('Birthdate', 'last_n_days', 1), { Birthdate: '2026-11-23' }, false],
    [rule('CreatedDate', 'last_n_days', 1), { CreatedDate: '2026-11-23T04:59:59.000+0000' }, true],
    [rule('CreatedDate', 'last_n_days', 1), { CreatedDate: '2026-11-21T05:00:00.000+0000' }, true],
    [rule('CreatedDate', 'last_n_days', 1), { CreatedDate: '2026-11-21T04:59:59.000+0000' }, false],
    [{ mode: 'flagged' }, { Sync_Status__c: 'Waiting for next sync' }, true],
    [{ mode: 'flagged' }, { Sync_Status__c: null }, false],
    [
      { mode: 'created', since: '2026-11-22T10:00:00Z' },
      { CreatedDate: '2026-11-22T10:00:00.000+0000' },
      true,
    ],
    [
      { mode: 'created', since: '2026-11-22T10:00:00Z' },
      { CreatedDate: '2026-11-22T09:59:59.999+0000' },
      false,
    ],
    [{ mode: 'none' }, { LastName: 'x' }, false],
  ] as [Selection, Record<string, unknown>, boolean][])('%j of %j is %s', (selection, record, expected) => {
    expect(matchesSelection(selection, fields, record, context)).toBe(expected);
  });

  test('a selection is judged by the fields that it is given, not by those of an earlier call', () => {
    const selection = rule('LastName', 'equals', 'x');
    expect(matchesSelection(selection, fields, { LastName: 'x' }, context)).toBe(true);
    expect(matchesSelection(selection, [], { LastName: 'x' }, context)).toBe(false);
    expect(
      matchesSelection(
        { mode: 'flagged' },
        fields,
        { LastName: 'x' },
        { ...context, syncStatus: 'LastName', waitingValue: 'x' },
      ),
    ).toBe(true);
  });
});
