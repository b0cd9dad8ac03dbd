import type { PlatformField, PlatformFieldType, SalesforceField } from './types.ts';

/** How a pair's values are compared; one lens each. */
export type PairKind = 'text' | 'paragraph' | 'email' | 'decimal' | 'date' | 'boolean' | 'set' | 'formula';

/** The rows of the table of supported combinations. */
type SalesforceKind =
  | 'checkbox'
  | 'currency'
  | 'date'
  | 'email'
  | 'number'
  | 'picklist'
  | 'text'
  | 'url'
  | 'percent'
  | 'phone'
  | 'encrypted'
  | 'multiselect'
  | 'textarea'
  | 'longTextarea'
  | 'formula'
  | 'booleanFormula';

export type Classification =
  { readonly ok: true; readonly kind: PairKind } | { readonly ok: false; readonly reason: string };

/** The longest text area that Salesforce counts as short; above it the field is a long or rich text area. */
const SHORT_TEXT_AREA = 255;

const FREE_TEXT = ['text', 'dropdown', 'radio', 'hidden'] as const;
const PLAIN_TEXT = ['text', 'hidden'] as const;

/**
 * Which platform types each Salesforce kind pairs with. `number` exists on accounts only, where it takes the
 * place of a text input for numbers.
 */
const partners: Readonly<Record<SalesforceKind, readonly PlatformFieldType[]>> = {
  checkbox: ['checkbox'],
  currency: ['currency', ...PLAIN_TEXT],
  date: ['date'],
  email: ['email', ...FREE_TEXT],
  number: [...FREE_TEXT, 'number'],
  picklist: FREE_TEXT,
  text: [...FREE_TEXT, 'date'],
  url: FREE_TEXT,
  percent: PLAIN_TEXT,
  phone: PLAIN_TEXT,
  encrypted: PLAIN_TEXT,
  multiselect: ['listbox'],
  textarea: ['text', 'textarea', 'hidden'],
  longTextarea: ['textarea', 'hidden'],
  formula: ['text', 'textarea', 'hidden'],
  booleanFormula: ['checkbox'],
};

const kindWords: Readonly<Record<SalesforceKind, string>> = {
  checkbox: 'a checkbox',
  currency: 'a currency field',
  date: 'a date',
  email: 'an email field',
  number: 'a number',
  picklist: 'a picklist',
  text: 'a text field',
  url: 'a URL field',
  percent: 'a percent field',
  phone: 'a phone field',
  encrypted: 'an encrypted text field',
  multiselect: 'a multi-select picklist',
  textarea: 'a text area',
  longTextarea: 'a long or rich text area',
  formula: 'a formula',
  booleanFormula: 'a formula that yields true or false',
};

const platformWords: Readonly<Record<PlatformFieldType, string>> = {
  text: 'text input',
  textarea: 'text area',
  hidden: 'hidden field',
  dropdown: 'drop-down',
  radio: 'radio button',
  checkbox: 'check box',
  listbox: 'list box',
  date: 'date',
  datetime: 'date and time',
  currency: 'currency field',
  number: 'number field',
  email: 'email field',
  phone: 'phone field',
};

const simpleKinds: Readonly<Record<string, SalesforceKind>> = {
  boolean: 'checkbox',
  currency: 'currency',
  date: 'date',
  email: 'email',
  int: 'number',
  long: 'number',
  double: 'number',
  picklist: 'picklist',
  combobox: 'picklist',
  string: 'text',
  url: 'url',
  percent: 'percent',
  phone: 'phone',
  encryptedstring: 'encrypted',
  multipicklist: 'multiselect',
};

const unsupported: Readonly<Record<string, string>> = {
  datetime:
    'is a date and time, which the platform would show in another time zone; map a date field instead',
  time: 'is a time of day, for which the platform has no field',
  reference: 'is a lookup to another record; map a formula that yields that record’s name instead',
  location: 'is a geolocation; map its latitude and longitude as two number fields instead',
  address: 'is an address made of several fields; map street, city, postal code and country one by one',
  id: 'is a record id, which is kept by the link itself and never mapped',
  base64: 'holds a file, which cannot be synced',
};

/** Results that a formula or a roll-up summary may have. */
const formulaResults = new Set([
  'string',
  'textarea',
  'picklist',
  'int',
  'long',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'boolean',
]);

/** The kind of pair that two fields make, or why they make none. Says nothing about directions. */
export function classifyPair(salesforce: SalesforceField, platform: PlatformField): Classification {
  if (/^deals?(?:[:._-]|$)/i.test(platform.key)) {
    return refuse(`“${platform.label}” belongs to deals; deal fields are not synced.`);
  }
  const source = salesforceKind(salesforce);
  if (typeof source !== 'string') return refuse(`“${salesforce.label}” ${source.reason}.`);
  if (platform.type === 'email' && source !== 'email') {
    return refuse(
      `“${platform.label}” is the platform’s email address; only a Salesforce email field can be mapped to it.`,
    );
  }
  if (!pairsWith(source, platform.type)) {
    const allowed = partners[source].map((type) => platformWords[type]);
    return refuse(
      `“${salesforce.label}” is ${kindWords[source]} and can be mapped to: ${allowed.join(', ')}. ` +
        `“${platform.label}” is a ${platformWords[platform.type]}.`,
    );
  }
  if (platform.type === 'checkbox' && !hasOnlyOptionTrue(platform)) {
    return refuse(
      `The check box “${platform.label}” must have “true” (in lower case) as its one option, because a ` +
        `Salesforce checkbox knows only ticked or not.`,
    );
  }
  return { ok: true, kind: pairKind(source, platform.type) };
}

/** Whether the field takes only its own options. */
export function isChoice(platform: PlatformField): boolean {
  return platform.type === 'dropdown' || platform.type === 'radio' || platform.type === 'listbox';
}

function refuse(reason: string): Classification {
  return { ok: false, reason };
}

function salesforceKind(field: SalesforceField): SalesforceKind | { readonly reason: string } {
  const type = field.type.toLowerCase();
  if (field.calculated) {
    if (type === 'boolean') return 'booleanFormula';
    return formulaResults.has(type) ? 'formula' : { reason: unsupportedReason(type) };
  }
  if (field.autoNumber === true) {
    return { reason: 'is numbered by Salesforce itself; map a formula that repeats it instead' };
  }
  if (type === 'textarea') return field.length > SHORT_TEXT_AREA ? 'longTextarea' : 'textarea';
  return simpleKinds[type] ?? { reason: unsupportedReason(type) };
}

function unsupportedReason(type: string): string {
  return unsupported[type] ?? `has the Salesforce type “${type}”, which cannot be synced`;
}

/** The platform's own phone field is a text input, except that an address for mail has no place in it. */
function pairsWith(source: SalesforceKind, type: PlatformFieldType): boolean {
  if (type === 'phone') return source !== 'email' && partners[source].includes('text');
  return partners[source].includes(type);
}

function hasOnlyOptionTrue(platform: PlatformField): boolean {
  const used = platform.options.filter((option) => option.trim() !== '');
  return used.length === 1 && used[0] === 'true';
}

function pairKind(source: SalesforceKind, type: PlatformFieldType): PairKind {
  switch (source) {
    case 'checkbox':
    case 'booleanFormula':
      return 'boolean';
    case 'currency':
    case 'percent':
    case 'number':
      return 'decimal';
    case 'date':
      return 'date';
    case 'text':
      return type === 'date' ? 'date' : 'text';
    case 'email':
      return 'email';
    case 'picklist':
    case 'url':
    case 'phone':
    case 'encrypted':
      return 'text';
    case 'textarea':
    case 'longTextarea':
      return 'paragraph';
    case 'multiselect':
      return 'set';
    case 'formula':
      return 'formula';
  }
}
