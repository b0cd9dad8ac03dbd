import type { PlatformFieldType } from '../../sync/types.ts';

/** Contacts call a field of several options "listbox", accounts "multiselect". */
const TYPES: Readonly<Record<string, PlatformFieldType>> = {
  text: 'text',
  textarea: 'textarea',
  hidden: 'hidden',
  dropdown: 'dropdown',
  radio: 'radio',
  checkbox: 'checkbox',
  listbox: 'listbox',
  multiselect: 'listbox',
  date: 'date',
  datetime: 'datetime',
  currency: 'currency',
  number: 'number',
};

/** A custom field's type from the vendor's word for it; a word that is not known counts as text. */
export function fieldTypeOf(word: string): PlatformFieldType {
  return TYPES[word.toLowerCase()] ?? 'text';
}
