import type { PlatformField, PlatformFieldType, SalesforceField } from '../../src/sync/types.ts';

/** A Salesforce field as describe would name it, writable unless told otherwise. */
export function salesforceField(overrides: Partial<SalesforceField> = {}): SalesforceField {
  const name = overrides.name ?? 'Field__c';
  return {
    name,
    label: name,
    type: 'string',
    length: 255,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    custom: name.endsWith('__c'),
    filterable: true,
    restrictedPicklist: false,
    picklistValues: [],
    ...overrides,
  };
}

export function platformField(overrides: Partial<PlatformField> = {}): PlatformField {
  const key = overrides.key ?? 'field:1';
  return { key, label: key, type: 'text', options: [], custom: key.startsWith('field:'), ...overrides };
}

/** Options with what options have in the wild: case, spaces, commas, accents. */
export const options = ['Hot', 'Warm ', 'cold & wet', 'Señal, única', 'ΟΔΟΣ', '10', '12.50'] as const;

/** One Salesforce field of every kind that the table of supported combinations names. */
export const salesforceSamples = {
  checkbox: salesforceField({ name: 'Checkbox__c', type: 'boolean', length: 0, nillable: false }),
  currency: salesforceField({ name: 'Currency__c', type: 'currency', length: 0, precision: 18, scale: 2 }),
  date: salesforceField({ name: 'Date__c', type: 'date', length: 0 }),
  email: salesforceField({ name: 'Email', type: 'email', length: 80 }),
  number: salesforceField({ name: 'Number__c', type: 'double', length: 0, precision: 12, scale: 3 }),
  integer: salesforceField({ name: 'NumberOfEmployees', type: 'int', length: 0 }),
  picklist: salesforceField({
    name: 'Picklist__c',
    type: 'picklist',
    picklistValues: [...options, 'Only here'],
  }),
  restrictedPicklist: salesforceField({
    name: 'Restricted__c',
    type: 'picklist',
    restrictedPicklist: true,
    picklistValues: ['HOT', 'warm', 'Cold & Wet'],
  }),
  text: salesforceField({ name: 'Text__c', length: 40 }),
  url: salesforceField({ name: 'Website', type: 'url' }),
  percent: salesforceField({ name: 'Percent__c', type: 'percent', length: 0, precision: 5, scale: 1 }),
  phone: salesforceField({ name: 'Phone', type: 'phone', length: 40 }),
  encrypted: salesforceField({ name: 'Secret__c', type: 'encryptedstring', length: 175 }),
  multiselect: salesforceField({
    name: 'Multi__c',
    type: 'multipicklist',
    length: 4099,
    picklistValues: ['hot', 'Warm', 'Cold & wet', 'Señal, única'],
  }),
  textarea: salesforceField({ name: 'Area__c', type: 'textarea', length: 255 }),
  longTextarea: salesforceField({ name: 'Long__c', type: 'textarea', length: 32_768 }),
  textFormula: formula('string'),
  numberFormula: formula('double', { precision: 18, scale: 2 }),
  dateFormula: formula('date'),
  timeFormula: formula('datetime'),
  booleanFormula: formula('boolean'),
} as const;

export const platformSamples: Readonly<Record<PlatformFieldType, PlatformField>> = {
  text: platformField({ key: 'field:1', type: 'text' }),
  textarea: platformField({ key: 'field:2', type: 'textarea' }),
  hidden: platformField({ key: 'field:3', type: 'hidden' }),
  dropdown: platformField({ key: 'field:4', type: 'dropdown', options }),
  radio: platformField({ key: 'field:5', type: 'radio', options }),
  checkbox: platformField({ key: 'field:6', type: 'checkbox', options: ['true'] }),
  listbox: platformField({ key: 'field:7', type: 'listbox', options }),
  date: platformField({ key: 'field:8', type: 'date' }),
  datetime: platformField({ key: 'field:9', type: 'datetime' }),
  currency: platformField({ key: 'field:10', type: 'currency' }),
  number: platformField({ key: 'field:11', type: 'number' }),
  email: platformField({ key: 'email', type: 'email' }),
  phone: platformField({ key: 'phone', type: 'phone' }),
};

function formula(type: string, overrides: Partial<SalesforceField> = {}): SalesforceField {
  return salesforceField({
    name: `Formula_${type}__c`,
    type,
    calculated: true,
    createable: false,
    updateable: false,
    length: type === 'string' ? 1300 : 0,
    ...overrides,
  });
}
