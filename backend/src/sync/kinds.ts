import type { PlatformField, PlatformFieldType, SalesforceField } from './types.ts';
import { mappingEnglish } from './words/mapping-english.ts';
import type { MappingWords } from './words/mapping-words.ts';

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
export function classifyPair(
  salesforce: SalesforceField,
  platform: PlatformField,
  words: MappingWords = mappingEnglish,
): Classification {
  if (/^deals?(?:[:._-]|$)/i.test(platform.key)) return refuse(words.deal(platform.label));
  const source = salesforceKind(salesforce, words);
  if (typeof source !== 'string') return refuse(words.isUnsupported(salesforce.label, source.reason));
  if (platform.type === 'email' && source !== 'email') return refuse(words.emailOnly(platform.label));
  if (!pairsWith(source, platform.type)) {
    return refuse(
      words.kindsDiffer({
        salesforce: salesforce.label,
        kind: words.salesforceKinds[source],
        allowed: partners[source].map((type) => words.platformTypes[type]),
        platform: platform.label,
        type: words.platformTypes[platform.type],
      }),
    );
  }
  if (platform.type === 'checkbox' && !hasOnlyOptionTrue(platform)) {
    return refuse(words.checkboxOption(platform.label));
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

function salesforceKind(
  field: SalesforceField,
  words: MappingWords,
): SalesforceKind | { readonly reason: string } {
  const type = field.type.toLowerCase();
  if (field.calculated) {
    if (type === 'boolean') return 'booleanFormula';
    return formulaResults.has(type)
      ? 'formula'
      : { reason: words.unsupported[type] ?? words.unsupportedType(type) };
  }
  if (field.autoNumber === true) {
    return { reason: words.autoNumber };
  }
  if (type === 'textarea') return field.length > SHORT_TEXT_AREA ? 'longTextarea' : 'textarea';
  return simpleKinds[type] ?? { reason: words.unsupported[type] ?? words.unsupportedType(type) };
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
