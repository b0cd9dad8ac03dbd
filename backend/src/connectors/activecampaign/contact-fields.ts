import type { PlatformField } from '../../sync/types.ts';
import type { ActiveCampaignClient } from './client.ts';
import { fieldTypeOf } from './field-types.ts';
import { fieldPage } from './schemas.ts';

const STANDARD_FIELDS: readonly PlatformField[] = [
  { key: 'email', label: 'Email', type: 'email', options: [], custom: false },
  { key: 'firstName', label: 'First name', type: 'text', options: [], custom: false },
  { key: 'lastName', label: 'Last name', type: 'text', options: [], custom: false },
  { key: 'phone', label: 'Phone', type: 'phone', options: [], custom: false },
  { key: 'account', label: 'Account', type: 'text', options: [], custom: false },
];

/** Standard and custom fields of contacts; deal fields are another resource and never among them (API reference, "Retrieve fields"). */
export async function describeContacts(
  client: ActiveCampaignClient,
  { custom = true }: { readonly custom?: boolean } = {},
): Promise<PlatformField[]> {
  const fields = [...STANDARD_FIELDS];
  if (!custom) return fields;
  for await (const page of client.pages('/fields', [], fieldPage, ({ fields: rows }) => rows)) {
    const options = Map.groupBy(page.fieldOptions, ({ field }) => field);
    for (const { id, title, type } of page.fields) {
      const own = (options.get(id) ?? []).toSorted((a, b) => a.orderid - b.orderid);
      fields.push({
        key: `field:${id}`,
        label: title,
        type: fieldTypeOf(type),
        options: own.map(({ value }) => value),
        custom: true,
      });
    }
  }
  return fields;
}
