import { listed } from '../words/several.ts';
import { sentence, type Sentence } from '../words/told.ts';
import { platformTypeNames, salesforceKindNames } from './kind-names.ts';
import type { PlatformField, PlatformFieldType, SalesforceField } from './types.ts';

/** How a pair's values are compared; one lens each. */
export type PairKind = 'text' | 'paragraph' | 'email' | 'decimal' | 'date' | 'boolean' | 'set' | 'formula';

/** The rows of the table of supported combinations. */
export type SalesforceKind =
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
  { readonly ok: true; readonly kind: PairKind } | { readonly ok: false; readonly reason: Sentence };

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
  const field = platform.label;
  if (/^deals?(?:[:._-]|$)/i.test(platform.key)) {
    return refuse(sentence('“{field}” belongs to deals; deal fields are not synced.', { field }));
  }
  const source = salesforceKind(salesforce);
  if (typeof source !== 'string') return refuse(source);
  if (platform.type === 'email' && source !== 'email') {
    return refuse(
      sentence(
        '“{field}” is the platform’s email address; only a Salesforce email field can be mapped to it.',
        { field },
      ),
    );
  }
  if (!pairsWith(source, platform.type)) {
    return refuse(
      sentence('“{salesforce}” is {kind} and can be mapped to: {allowed}. “{platform}” is a {type}.', {
        salesforce: salesforce.label,
        kind: salesforceKindNames[source],
        allowed: listed(partners[source].map((type) => platformTypeNames[type])),
        platform: field,
        type: platformTypeNames[platform.type],
      }),
    );
  }
  if (platform.type === 'checkbox' && !hasOnlyOptionTrue(platform)) {
    return refuse(
      sentence(
        'The check box “{field}” must have “true” (in lower case) as its one option, because a Salesforce checkbox knows only ticked or not.',
        { field },
      ),
    );
  }
  return { ok: true, kind: pairKind(source, platform.type) };
}

/** Whether the field takes only its own options. */
export function isChoice(platform: PlatformField): boolean {
  return platform.type === 'dropdown' || platform.type === 'radio' || platform.type === 'listbox';
}

function refuse(reason: Sentence): Classification {
  return { ok: false, reason };
}

/** The field's row of the table, or why it has none. */
function salesforceKind(field: SalesforceField): SalesforceKind | Sentence {
  const type = field.type.toLowerCase();
  if (field.calculated) {
    if (type === 'boolean') return 'booleanFormula';
    return formulaResults.has(type) ? 'formula' : unsupported(field.label, type);
  }
  if (field.autoNumber === true) {
    return sentence('“{field}” is numbered by Salesforce itself; map a formula that repeats it instead.', {
      field: field.label,
    });
  }
  if (type === 'textarea') return field.length > SHORT_TEXT_AREA ? 'longTextarea' : 'textarea';
  return simpleKinds[type] ?? unsupported(field.label, type);
}

/** Why fields of a Salesforce type are not synced, and what helps. */
function unsupported(field: string, type: string): Sentence {
  switch (type) {
    case 'datetime':
      return sentence(
        '“{field}” is a date and time, which the platform would show in another time zone; map a date field instead.',
        { field },
      );
    case 'time':
      return sentence('“{field}” is a time of day, for which the platform has no field.', { field });
    case 'reference':
      return sentence(
        '“{field}” is a lookup to another record; map a formula that yields that record’s name instead.',
        { field },
      );
    case 'location':
      return sentence(
        '“{field}” is a geolocation; map its latitude and longitude as two number fields instead.',
        { field },
      );
    case 'address':
      return sentence(
        '“{field}” is an address made of several fields; map street, city, postal code and country one by one.',
        { field },
      );
    case 'id':
      return sentence('“{field}” is a record id, which is kept by the link itself and never mapped.', {
        field,
      });
    case 'base64':
      return sentence('“{field}” holds a file, which cannot be synced.', { field });
    default:
      return sentence('“{field}” has the Salesforce type “{type}”, which cannot be synced.', { field, type });
  }
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
