import type { PlatformField, PlatformFieldType } from '../../sync/types.ts';
import type { ActiveCampaignClient } from './client.ts';
import { fieldPage } from './schemas.ts';

const STANDARD_FIELDS: readonly PlatformField[] = [
  { key: 'email', label: 'Email', type: 'email', options: [], custom: false },
  { key: 'firstName', label: 'First name', type: 'text', options: [], custom: false },
  { key: 'lastName', label: 'Last name', type: 'text', options: [], custom: false },
  { key: 'phone', label: 'Phone', type: 'phone', options: [], custom: false },
  { key: 'account', label: 'Account', type: 'text', options: [], custom: false },
];

const TYPES: Readonly<Record<string, PlatformFieldType>> = {
  text: 'text',
  textarea: 'textarea',
  hidden: 'hidden',
  dropdown: 'dropdown',
  radio: 'radio',
  checkbox: 'checkbox',
  listbox: 'listbox',
  date: 'date',
  datetime: 'datetime',
  currency: 'currency',
  number: 'number',
};

/** Standard and custom fields of contacts; deal fields are another resource and never among them (API reference, "Retrieve fields"). */
export async function describeContacts(client: ActiveCampaignClient): Promise<PlatformField[]> {
  const fields = [...STANDARD_FIELDS];
  for await (const page of client.pages('/fields', [], fieldPage, ({ fields: rows }) => rows)) {
    const options = Map.groupBy(page.fieldOptions, ({ field }) => field);
    for (const { id, title, type } of page.fields) {
      const own = (options.get(id) ?? []).toSorted((a, b) => a.orderid - b.orderid);
      fields.push({
        key: `field:${id}`,
        label: title,
        type: TYPES[type.toLowerCase()] ?? 'text',
        options: own.map(({ value }) => value),
        custom: true,
      });
    }
  }
  return fields;
}
