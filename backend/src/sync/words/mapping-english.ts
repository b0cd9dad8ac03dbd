import type { MappingWords } from './mapping-words.ts';

export const mappingEnglish: MappingWords = {
  salesforceKinds: {
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
  },
  platformTypes: {
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
  },
  unsupported: {
    datetime:
      'is a date and time, which the platform would show in another time zone; map a date field instead',
    time: 'is a time of day, for which the platform has no field',
    reference: 'is a lookup to another record; map a formula that yields that record’s name instead',
    location: 'is a geolocation; map its latitude and longitude as two number fields instead',
    address: 'is an address made of several fields; map street, city, postal code and country one by one',
    id: 'is a record id, which is kept by the link itself and never mapped',
    base64: 'holds a file, which cannot be synced',
  },
  unsupportedType: (type) => `has the Salesforce type “${type}”, which cannot be synced`,
  autoNumber: 'is numbered by Salesforce itself; map a formula that repeats it instead',
  isUnsupported: (salesforce, reason) => `“${salesforce}” ${reason}.`,

  deal: (platform) => `“${platform}” belongs to deals; deal fields are not synced.`,
  emailOnly: (platform) =>
    `“${platform}” is the platform’s email address; only a Salesforce email field can be mapped to it.`,
  kindsDiffer: ({ salesforce, kind, allowed, platform, type }) =>
    `“${salesforce}” is ${kind} and can be mapped to: ${allowed.join(', ')}. “${platform}” is a ${type}.`,
  checkboxOption: (platform) =>
    `The check box “${platform}” must have “true” (in lower case) as its one option, because a ` +
    'Salesforce checkbox knows only ticked or not.',
  formulaForIdentity: (salesforce) =>
    `“${salesforce}” is a formula; last name, email address and account name cannot be filled by formulas.`,
  notForAccountName: (platform) =>
    `“${platform}” cannot hold an account’s name; choose a custom field for text.`,

  formulaNote:
    'Formulas go to the platform only. A formula’s new value travels with the next change of its record.',
  readOnlyNote: (salesforce) =>
    `“${salesforce}” can only be read in Salesforce, so it goes to the platform only.`,
  optionsNote:
    'The two fields have different options; a value that the other side lacks is reported and not synced.',
  choiceNote: (platform) =>
    `“${platform}” takes only its own options; any other value is reported and not synced.`,
  dateNote: (salesforce) =>
    `Only texts that hold a date, such as 2026-01-31, are synced from “${salesforce}”.`,
  numberNote: (platform, scale) =>
    `Numbers from “${platform}” may have separators and currency signs; they are rounded to ${scale} ` +
    'decimals. Texts that are no number are reported and not synced.',
  restrictedNote: (salesforce) =>
    `“${salesforce}” is a restricted picklist; any other value is reported and not synced.`,

  salesforceFieldUnknown: (field, object) =>
    `Salesforce has no field “${field}” on ${object}, or the integration user may not see it.`,
  platformFieldUnknown: (field) => `The platform has no field “${field}”; it may have been deleted there.`,
  notWritable: (salesforce) =>
    `“${salesforce}” cannot be written in Salesforce; map it one way, to the platform.`,
  consent: (salesforce) =>
    `“${salesforce}” holds a person’s consent: its conflicts are always decided for the opt-out.`,
  platformFieldRepeated: (field) =>
    `The platform field “${field}” is mapped twice; each can be mapped once per object.`,
  salesforceFieldRepeated: (field) =>
    `“${field}” already takes values from another platform field; map it one way, to the platform, here.`,
  accountNameMissing: 'Accounts are known by their name: map Account Name.',
  emailMissing: (object) =>
    `The platform knows people by their email address: map an email field of ${object} to it. ` +
    `Until then ${object} records are not synced.`,
  requiredUnmapped: (object, field) =>
    `${object} needs “${field}”, which takes no values from the platform: a ${object} created from there would lack it.`,
  accountsAvailable:
    'The platform has accounts, so a Contact’s account is related there; no contact field holds its name.',
  accountsUnavailable:
    'The platform’s plan has no accounts: choose the contact field that holds the Account Name, or switch accounts off.',
  rowWaitsForAccounts: (field) =>
    `The platform’s plan has no accounts: “${field}” goes nowhere; map it to another field, or remove the row.`,
};
