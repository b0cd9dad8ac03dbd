import { describe, expect, test } from '@jest/globals';
import { compileMapping } from '../../src/sync/pairs.ts';
import {
  apply,
  diff,
  readPlatform,
  readSalesforce,
  writePlatform,
  writeSalesforce,
} from '../../src/sync/read.ts';
import type { FieldMapping, Values } from '../../src/sync/types.ts';
import { platformField, platformSamples, salesforceField, salesforceSamples } from './fields.ts';
import { fc } from './properties.ts';

function row(salesforce: string, platform: string): FieldMapping {
  return { salesforce, platform, direction: 'both', policy: 'salesforce', emptyWins: false };
}

const { mapping } = compileMapping(
  {
    object: 'Contact',
    enabled: false,
    fields: [
      row('FirstName', 'firstName'),
      row('Email', 'email'),
      row('Currency__c', 'field:10'),
      row('Checkbox__c', 'field:6'),
      row('Multi__c', 'field:7'),
    ],
  },
  [salesforceField({ name: 'FirstName', length: 5 }), ...Object.values(salesforceSamples)],
  [platformField({ key: 'firstName' }), ...Object.values(platformSamples)],
);

describe('reading a Salesforce record', () => {
  test('gives canonical values by platform field', () => {
    const record = {
      Id: '003',
      FirstName: ' Ana ',
      Email: 'ANA@example.com',
      Currency__c: 12.5,
      Checkbox__c: true,
      Multi__c: 'Warm;hot',
      Unmapped__c: 'x',
    };
    expect(readSalesforce(mapping, record)).toEqual({
      values: {
        firstName: 'Ana',
        email: 'ana@example.com',
        'field:10': '12.50',
        'field:6': true,
        'field:7': ['Hot', 'Warm'],
      },
      issues: [],
    });
  });

  test('an empty field is null, a field that is not there is unknown', () => {
    expect(readSalesforce(mapping, { FirstName: null }).values).toEqual({ firstName: null });
  });

  test('a value that cannot be read is an issue and unknown', () => {
    expect(readSalesforce(mapping, { FirstName: 'Ana', Currency__c: 'much' })).toEqual({
      values: { firstName: 'Ana' },
      issues: [
        {
          code: 'SYNC_VALUE_INVALID',
          field: 'field:10',
          side: 'salesforce',
          message: {
            says: '{value} in “{field}” is not a number.',
            values: { value: '“much”', field: 'Currency__c' },
          },
        },
      ],
    });
  });
});

describe('reading a platform record', () => {
  test('a custom field that is not there is empty, any other is unknown', () => {
    expect(readPlatform(mapping, { email: 'ana@example.com' }).values).toEqual({
      email: 'ana@example.com',
      'field:10': null,
      'field:6': false,
      'field:7': null,
    });
  });

  test('a value that cannot be read is an issue and unknown', () => {
    const { values, issues } = readPlatform(mapping, { firstName: 'Ana', 'field:10': 'n/a' });
    expect(values['field:10']).toBeUndefined();
    expect(issues).toMatchObject([{ field: 'field:10', side: 'platform' }]);
  });
});

describe('writing', () => {
  test('gives a Salesforce row by field name', () => {
    const values: Values = { firstName: 'Ana', email: null, 'field:10': '12.50', 'field:6': false };
    expect(writeSalesforce(mapping, values)).toEqual({
      fields: { FirstName: 'Ana', Email: null, Currency__c: 12.5, Checkbox__c: false },
      issues: [],
    });
  });

  test('gives platform values by key', () => {
    expect(writePlatform(mapping, { firstName: null, 'field:6': true, 'field:7': ['Hot'] })).toEqual({
      fields: { firstName: null, 'field:6': '||true||', 'field:7': '||Hot||' },
      issues: [],
    });
  });

  test('a field that cannot be written is an issue, the others are written', () => {
    const { fields, issues } = writeSalesforce(mapping, { firstName: 'Anastasia', 'field:10': '1.00' });
    expect(fields).toEqual({ Currency__c: 1 });
    expect(issues).toMatchObject([{ code: 'SYNC_VALUE_TOO_LONG', field: 'firstName', side: 'salesforce' }]);
    expect(writePlatform(mapping, { email: null }).issues).toMatchObject([
      { code: 'SYNC_VALUE_REQUIRED', field: 'email', side: 'platform' },
    ]);
  });

  test('values without a mapping are left out', () => {
    expect(writePlatform(mapping, { 'field:99': 'x' })).toEqual({ fields: {}, issues: [] });
  });
});

describe('pending values', () => {
  test('are those that differ from the agreement', () => {
    expect(diff({ a: '1', b: null, c: ['x'] }, { a: '1', b: '2', c: ['x'] })).toEqual({ b: null });
    expect(diff({ a: '1' }, { a: '1', b: '2' })).toBeNull();
    expect(diff({ a: null }, null)).toEqual({ a: null });
  });

  test('with the agreement give the values again', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom<Values[string]>(null, 'x', 'y', true, false, ['x'], ['x', 'y']),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(values, fc.option(values), (now, agreed) => {
        const known = apply(agreed, diff(now, agreed));
        expect(known).toEqual({ ...agreed, ...now });
        expect(diff(known, agreed)).toEqual(diff(now, agreed));
      }),
    );
    expect(apply(null, null)).toEqual({});
  });
});
