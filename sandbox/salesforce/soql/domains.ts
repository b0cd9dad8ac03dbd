import type { FieldSchema } from '../org/types.ts';

/**
 * How values compare: `text` ignores letter case, `exact` does not, `multi` is a `;` list,
 * dates and datetimes are ISO strings in UTC.
 */
export type Domain = 'text' | 'exact' | 'multi' | 'id' | 'number' | 'boolean' | 'date' | 'datetime';

const DOMAINS: Readonly<Record<string, Domain>> = {
  string: 'text',
  picklist: 'text',
  combobox: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  textarea: 'text',
  encryptedstring: 'text',
  multipicklist: 'multi',
  id: 'id',
  reference: 'id',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
};

/** How a field's values compare; undefined for compounds and other types that no filter may name. */
export function domainOf(field: FieldSchema): Domain | undefined {
  const domain = DOMAINS[field.type.toLowerCase()];
  return domain === 'text' && field.caseSensitive ? 'exact' : domain;
}

/** The type's name in "value of filter criterion … must be of type" messages. */
export function criterionType(domain: Domain, integer: boolean): string {
  switch (domain) {
    case 'text':
    case 'exact':
    case 'multi':
      return 'string';
    case 'id':
      return 'ID';
    case 'number':
      return integer ? 'int' : 'double';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'datetime':
      return 'dateTime';
  }
}
