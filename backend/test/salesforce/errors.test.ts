import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/lib/errors.ts';
import { codeOf, failedRow, parseBulkErrors, parseErrors } from '../../src/salesforce/errors.ts';

describe('Salesforce’s words', () => {
  test.each([
    ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', 'SYNC_SALESFORCE_LOCKED'],
    ['REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName, Company]', 'SYNC_VALUE_REQUIRED'],
    ['STRING_TOO_LONG', 'First Name: data value too large: X (max length=40)', 'SYNC_VALUE_TOO_LONG'],
    ['INVALID_EMAIL_ADDRESS', 'Email: invalid email address: 123', 'SYNC_EMAIL_INVALID'],
    ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value', 'SYNC_VALUE_NOT_IN_PICKLIST'],
    [
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: X.',
      'SYNC_SALESFORCE_FIELD_UNKNOWN',
    ],
    ['DUPLICATES_DETECTED', 'Use one of these records?', 'SYNC_SALESFORCE_DUPLICATE_RULE'],
    ['CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', 'SYNC_SALESFORCE_RECORD_CONVERTED'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'execution of AfterUpdate', 'SYNC_SALESFORCE_AUTOMATION'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'caused by: UNABLE_TO_LOCK_ROW', 'SYNC_SALESFORCE_LOCKED'],
    [
      'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
      'insufficient access rights',
      'SYNC_SALESFORCE_FORBIDDEN',
    ],
    ['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded', 'SYNC_SALESFORCE_FULL'],
    ['ENTITY_IS_DELETED', 'entity is deleted', 'SYNC_RECORD_GONE'],
    ['API_DISABLED_FOR_ORG', 'The REST API is not enabled', 'SYNC_SALESFORCE_API_DISABLED'],
    ['SOMETHING_NEW', 'never heard of', 'SYNC_SALESFORCE_REFUSED'],
    ['constructor', 'a name of JavaScript', 'SYNC_SALESFORCE_REFUSED'],
  ])('%s (%s) means %s', (vendorCode, message, code) => {
    expect(codeOf({ vendorCode, message, fields: [] })).toBe(code);
    expect(Object.hasOwn(catalogue, code)).toBe(true);
  });

  test('of a lookup that leads nowhere do not mean that the record is gone', () => {
    const error = { vendorCode: 'INVALID_CROSS_REFERENCE_KEY', message: 'invalid cross reference id' };
    expect(codeOf({ ...error, fields: [] })).toBe('SYNC_RECORD_GONE');
    expect(codeOf({ ...error, fields: ['AccountId'] })).toBe('SYNC_SALESFORCE_REFUSED');
  });

  test.each([
    [
      'a list',
      '[{"errorCode":"X","message":"m","fields":["F"]}]',
      { vendorCode: 'X', message: 'm', fields: ['F'] },
    ],
    ['a bare object', '{"errorCode":"X","message":"m"}', { vendorCode: 'X', message: 'm', fields: [] }],
    ['a row’s spelling', '[{"statusCode":"X","message":"m"}]', { vendorCode: 'X', message: 'm', fields: [] }],
    [
      'a page',
      '<html><head><title>Down for Maintenance</title></head></html>',
      { vendorCode: 'HTTP_503', message: 'HTTP 503 Down for Maintenance', fields: [] },
    ],
    ['nothing', '', { vendorCode: 'HTTP_503', message: 'HTTP 503', fields: [] }],
    ['other JSON', '{"a":1}', { vendorCode: 'HTTP_503', message: 'HTTP 503 {"a":1}', fields: [] }],
  ])('are understood as %s', (_name, text, error) => {
    expect(parseErrors(503, text)).toEqual([error]);
  });

  test('of bulk rows are taken apart', () => {
    const text =
      'DUPLICATE_VALUE:duplicate value found: Key__c duplicates value on record with id: 00Q000000000001:--;' +
      'REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --';
    expect(parseBulkErrors(text)).toEqual([
      {
        vendorCode: 'DUPLICATE_VALUE',
        message: 'duplicate value found: Key__c duplicates value on record with id: 00Q000000000001',
        fields: [],
      },
      {
        vendorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [LastName]',
        fields: ['LastName'],
      },
    ]);
    expect(failedRow(parseBulkErrors(text))).toMatchObject({ existingId: '00Q000000000001' });
    expect(parseBulkErrors('anything else')).toEqual([
      { vendorCode: 'UNKNOWN', message: 'anything else', fields: [] },
    ]);
  });
});
