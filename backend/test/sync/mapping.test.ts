import { describe, expect, test } from '@jest/globals';
import { compileMapping, defaultMappings, validateMapping } from '../../src/sync/pairs.ts';
import type { FieldMapping, ObjectMapping, SalesforceObject } from '../../src/sync/types.ts';
import { inEnglish } from '../../src/words/told.ts';
import { platformField, platformSamples, salesforceField, salesforceSamples } from './fields.ts';

const salesforceFields = [
  salesforceField({ name: 'FirstName', length: 40 }),
  salesforceField({ name: 'LastName', length: 80, nillable: false }),
  salesforceField({ name: 'Company', nillable: false }),
  salesforceField({ name: 'Name', nillable: false }),
  salesforceField({ name: 'HasOptedOutOfEmail', type: 'boolean', nillable: false }),
  ...Object.values(salesforceSamples),
];
const platformFields = [
  platformField({ key: 'firstName' }),
  platformField({ key: 'lastName' }),
  platformField({ key: 'account' }),
  platformField({ key: 'name' }),
  ...Object.values(platformSamples),
];

function row(salesforce: string, platform: string, overrides: Partial<FieldMapping> = {}): FieldMapping {
  return { salesforce, platform, direction: 'both', policy: 'salesforce', emptyWins: false, ...overrides };
}

function mapping(object: SalesforceObject, ...extra: FieldMapping[]): ObjectMapping {
  const standard = defaultMappings().find((candidate) => candidate.object === object);
  return { object, enabled: true, fields: [...(standard?.fields ?? []), ...extra] };
}

function problemsOf(candidate: ObjectMapping): { code: string; salesforce: string | null }[] {
  return validateMapping(candidate, salesforceFields, platformFields).map(({ code, salesforce }) => ({
    code,
    salesforce,
  }));
}

describe('the mapping that setup starts with', () => {
  test('maps the standard fields, and accounts only when switched on', () => {
    const shape = defaultMappings().map(({ object, enabled, fields }) => ({
      object,
      enabled,
      fields: fields.map(({ salesforce, platform }) => `${salesforce} ${platform}`),
    }));
    expect(shape).toEqual([
      {
        object: 'Lead',
        enabled: true,
        fields: ['FirstName firstName', 'LastName lastName', 'Email email', 'Phone phone', 'Company account'],
      },
      {
        object: 'Contact',
        enabled: true,
        fields: ['FirstName firstName', 'LastName lastName', 'Email email', 'Phone phone'],
      },
      { object: 'Account', enabled: false, fields: ['Name name'] },
    ]);
  });

  test.each(['Lead', 'Contact', 'Account'] as const)('has no problem for %s', (object) => {
    expect(validateMapping(mapping(object), salesforceFields, platformFields)).toEqual([]);
  });
});

describe('validating a mapping', () => {
  test.each([
    ['an unknown Salesforce field', row('Gone__c', 'field:1'), 'salesforce_field_unknown'],
    ['an unknown platform field', row('Text__c', 'field:99'), 'platform_field_unknown'],
    ['an unsupported pair', row('Multi__c', 'field:1'), 'pair_unsupported'],
    ['a formula both ways', row('Formula_string__c', 'field:1'), 'direction_unsupported'],
    ['a platform field mapped twice', row('Text__c', 'phone'), 'platform_field_repeated'],
    ['a Salesforce field fed twice', row('Phone', 'field:1'), 'salesforce_field_repeated'],
    [
      'the same with other letters',
      row('PHONE', 'field:1', { direction: 'inbound' }),
      'salesforce_field_repeated',
    ],
    ['consent under another policy', row('HasOptedOutOfEmail', 'field:6'), 'consent_policy'],
  ])('names %s', (_what, extra, code) => {
    expect(problemsOf(mapping('Contact', extra))).toEqual([{ code, salesforce: extra.salesforce }]);
  });

  test('a Salesforce field may feed a second platform field one way', () => {
    expect(problemsOf(mapping('Contact', row('Phone', 'field:1', { direction: 'outbound' })))).toEqual([]);
  });

  test('a formula mapped one way is fine', () => {
    const extra = row('Formula_string__c', 'field:1', { direction: 'outbound' });
    expect(problemsOf(mapping('Lead', extra))).toEqual([]);
  });

  test.each(['Lead', 'Contact'] as const)('%s needs its email mapped to the email address', (object) => {
    const fields = mapping(object).fields.filter((field) => field.platform !== 'email');
    const problems = validateMapping({ object, enabled: true, fields }, salesforceFields, platformFields);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'email_missing', severity: 'error', object, salesforce: null }),
    ]);
  });

  test('an email that only comes from the platform is not enough', () => {
    const fields = mapping('Lead').fields.map((field) =>
      field.platform === 'email' ? { ...field, direction: 'inbound' as const } : field,
    );
    expect(problemsOf({ object: 'Lead', enabled: true, fields })).toEqual([
      { code: 'email_missing', salesforce: null },
    ]);
  });

  test('an object that is switched off needs nothing', () => {
    expect(problemsOf({ object: 'Lead', enabled: false, fields: [] })).toEqual([]);
  });

  test('a Lead without last name or company is warned of, not refused', () => {
    const fields = [row('Email', 'email')];
    const problems = validateMapping(
      { object: 'Lead', enabled: true, fields },
      salesforceFields,
      platformFields,
    );
    expect(
      problems.map(({ severity, message }) => [severity, /“\w+”/.exec(inEnglish(message))?.[0]]),
    ).toEqual([
      ['warning', '“LastName”'],
      ['warning', '“Company”'],
    ]);
  });

  test('accounts need their name', () => {
    expect(problemsOf({ object: 'Account', enabled: true, fields: [] })).toEqual([
      { code: 'account_name_missing', salesforce: null },
    ]);
  });
});

describe('compiling a mapping', () => {
  test('leaves out a field that vanished and goes on with the others', () => {
    const { mapping: compiled, problems } = compileMapping(
      mapping('Contact', row('Gone__c', 'field:1'), row('Text__c', 'field:3')),
      salesforceFields,
      platformFields,
    );
    expect(compiled.fields.map((field) => field.platform)).toEqual([
      'firstName',
      'lastName',
      'email',
      'phone',
      'field:3',
    ]);
    expect(problems).toHaveLength(1);
  });

  test('a field that became read-only goes on one way', () => {
    const readOnly = salesforceFields.map((field) =>
      field.name === 'Text__c' ? { ...field, createable: false, updateable: false } : field,
    );
    const compiled = compileMapping(
      mapping('Contact', row('Text__c', 'field:1')),
      readOnly,
      platformFields,
    ).mapping;
    expect(compiled.fields.at(-1)).toMatchObject({ salesforce: 'Text__c', direction: 'outbound' });
  });

  test('a row that only came from the platform to a read-only field is left out', () => {
    const compiled = compileMapping(
      mapping('Contact', row('Formula_string__c', 'field:1', { direction: 'inbound' })),
      salesforceFields,
      platformFields,
    ).mapping;
    expect(compiled.fields).toHaveLength(4);
  });

  test('consent is decided for the opt-out whatever was saved', () => {
    const compiled = compileMapping(
      mapping('Contact', row('HasOptedOutOfEmail', 'field:6', { policy: 'platform' })),
      salesforceFields,
      platformFields,
    ).mapping;
    expect(compiled.fields.at(-1)).toMatchObject({ policy: 'most_restrictive' });
  });

  test('fields are named as Salesforce names them, whatever the letters of the saved row', () => {
    const compiled = compileMapping(
      { object: 'Contact', enabled: true, fields: [row('EMAIL', 'email')] },
      salesforceFields,
      platformFields,
    ).mapping;
    expect(compiled.fields[0]?.salesforce).toBe('Email');
  });
});
