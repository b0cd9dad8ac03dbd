import { Decimal } from 'decimal.js';
import type { PlatformField, PlatformValue } from '../../sync/types.ts';
import type { ActiveCampaignClient } from './client.ts';
import { fieldTypeOf } from './field-types.ts';
import { accountFieldPage } from './schemas.ts';

export interface AccountField extends PlatformField {
  readonly id: string;
  /** ISO code of a money field, lower case, or empty. */
  readonly currency: string;
}

/** The custom fields of accounts (API reference, "List all custom fields"). */
export async function readAccountFields(client: ActiveCampaignClient): Promise<AccountField[]> {
  const fields: AccountField[] = [];
  const pages = client.pages(
    '/accountCustomFieldMeta',
    [],
    accountFieldPage,
    (page) => page.accountCustomFieldMeta,
  );
  for await (const { accountCustomFieldMeta } of pages) {
    for (const { id, fieldLabel, fieldType, fieldOptions, fieldDefaultCurrency } of accountCustomFieldMeta) {
      fields.push({
        id,
        key: `field:${id}`,
        label: fieldLabel,
        type: fieldTypeOf(fieldType),
        options: fieldOptions,
        custom: true,
        currency: fieldDefaultCurrency.toLowerCase(),
      });
    }
  }
  return fields;
}

/** The vendor keeps money in cents; everyone else here speaks of whole units. */
export function fromVendor(value: string | string[] | null, field: AccountField | undefined): PlatformValue {
  if (field?.type !== 'currency' || typeof value !== 'string' || value === '') return value;
  const cents = decimal(value);
  return cents ? cents.div(100).toFixed() : value;
}

/** Several options are a list here, unlike in contacts; an empty text clears. */
export function toVendor(value: PlatformValue, field: AccountField): unknown {
  if (value === null) return isMultiple(field) ? [] : '';
  if (typeof value !== 'string') return value;
  if (field.type === 'currency') return decimal(value)?.times(100).toDecimalPlaces(0).toNumber() ?? value;
  return value;
}

function isMultiple({ type }: AccountField): boolean {
  return type === 'listbox' || type === 'checkbox';
}

function decimal(text: string): Decimal | undefined {
  try {
    return new Decimal(text);
  } catch {
    return undefined;
  }
}
