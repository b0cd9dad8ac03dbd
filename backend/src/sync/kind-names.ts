import { sentence, type Sentence } from '../words/told.ts';
import type { SalesforceKind } from './kinds.ts';
import type { PlatformFieldType } from './types.ts';

/** What a kind of Salesforce field is called within a sentence. */
export const salesforceKindNames: Readonly<Record<SalesforceKind, Sentence>> = {
  checkbox: sentence('a checkbox'),
  currency: sentence('a currency field'),
  date: sentence('a date'),
  email: sentence('an email field'),
  number: sentence('a number'),
  picklist: sentence('a picklist'),
  text: sentence('a text field'),
  url: sentence('a URL field'),
  percent: sentence('a percent field'),
  phone: sentence('a phone field'),
  encrypted: sentence('an encrypted text field'),
  multiselect: sentence('a multi-select picklist'),
  textarea: sentence('a text area'),
  longTextarea: sentence('a long or rich text area'),
  formula: sentence('a formula'),
  booleanFormula: sentence('a formula that yields true or false'),
};

/** What a type of platform field is called, without an article. */
export const platformTypeNames: Readonly<Record<PlatformFieldType, Sentence>> = {
  text: sentence('text input'),
  textarea: sentence('text area'),
  hidden: sentence('hidden field'),
  dropdown: sentence('drop-down'),
  radio: sentence('radio button'),
  checkbox: sentence('check box'),
  listbox: sentence('list box'),
  date: sentence('date'),
  datetime: sentence('date and time'),
  currency: sentence('currency field'),
  number: sentence('number field'),
  email: sentence('email field'),
  phone: sentence('phone field'),
};
