import type { Contact } from './contacts.ts';
import type { Field } from './fields.ts';
import { isoTime, parseTime } from './time.ts';

/** What a contact has in a custom field. A cleared field keeps its row, with an empty value. */
export interface FieldValue {
  readonly id: number;
  readonly field: number;
  value: string;
  readonly createdAt: number;
  updatedAt: number;
}

export interface OwnedValue {
  readonly contact: Contact;
  readonly value: FieldValue;
}

/** Sets the custom field values that contacts hold. */
export class FieldValues {
  #lastId = 0;

  /** Writes over the contact's value for the field, keeping its id. Nothing is stored for a value the type refuses. */
  set(contact: Contact, field: Field, raw: string, at: number): FieldValue | undefined {
    const value = accepted(field, raw);
    if (value === undefined) return undefined;
    const known = contact.values.find((row) => row.field === field.id);
    if (known !== undefined) {
      known.value = value;
      known.updatedAt = at;
      return known;
    }
    this.#lastId += 1;
    const row: FieldValue = { id: this.#lastId, field: field.id, value, createdAt: at, updatedAt: at };
    contact.values.push(row);
    return row;
  }

  find(contacts: Iterable<Contact>, id: number): OwnedValue | undefined {
    for (const contact of contacts) {
      const value = contact.values.find((row) => row.id === id);
      if (value !== undefined) return { contact, value };
    }
    return undefined;
  }
}

/**
 * The value as the vendor keeps it: days as YYYY-MM-DD, moments with the account's own offset (so not as they were
 * sent), all else as sent. Undefined for a day or moment that cannot be read.
 */
function accepted(field: Field, raw: string): string | undefined {
  if (raw === '' || (field.type !== 'date' && field.type !== 'datetime')) return raw;
  if (field.type === 'date') {
    const day = /^\d{4}-\d\d-\d\d/.exec(raw)?.[0];
    return day !== undefined && parseTime(day) !== undefined ? day : undefined;
  }
  const at = parseTime(raw);
  return at === undefined ? undefined : isoTime(at);
}
