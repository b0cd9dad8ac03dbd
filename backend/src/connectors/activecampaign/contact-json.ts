import type { PlatformValue } from '../../sync/types.ts';
import type { ContactWrite } from '../connector.ts';

type Values = ContactWrite['values'];

/** The contact's own fields, by the names of the two doors: v3 and the import. */
const STANDARD: Readonly<Record<string, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  phone: 'phone',
};

/** A key that is no field of a contact, if there is one. */
export function unknownKey(values: Values): string | undefined {
  return Object.keys(values).find((key) => !Object.hasOwn(STANDARD, key) && !/^field:\d+$/.test(key));
}

/** The `contact` of `POST /contact/sync` and `PUT /contacts/{id}`: camel case, fields as `fieldValues`. */
export function toSingle(values: Values): Record<string, unknown> {
  const fieldValues: { field: string; value: string }[] = [];
  const contact: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (Object.hasOwn(STANDARD, key)) contact[key] = toText(value);
    else fieldValues.push({ field: key.slice('field:'.length), value: toText(value) });
  }
  return fieldValues.length === 0 ? contact : { ...contact, fieldValues };
}

/** One of `POST /import/bulk_import`'s `contacts`: snake case (other keys are dropped unseen), tags by name. */
export function toImport(write: ContactWrite): string {
  const fields: { id: number; value: string }[] = [];
  const contact: Record<string, unknown> = { email: write.email };
  for (const [key, value] of Object.entries(write.values)) {
    const standard = STANDARD[key];
    if (standard !== undefined) contact[standard] = toText(value);
    else fields.push({ id: Number(key.slice('field:'.length)), value: toText(value) });
  }
  if (fields.length > 0) contact.fields = fields;
  if (write.addTags.length > 0) contact.tags = write.addTags;
  if (typeof write.accountName === 'string') contact.customer_acct_name = write.accountName;
  return JSON.stringify(contact);
}

/** Several options are `||a||b||`; an empty text clears. */
function toText(value: PlatformValue): string {
  if (value === null || typeof value === 'string') return value ?? '';
  return value.length === 0 ? '' : `||${value.join('||')}||`;
}
