import type { FieldMapping, ObjectMapping, SalesforceField } from './types.ts';

/** A Contact's account, which travels by name. */
export const accountPath = 'Account.Name';

/** The name of a Contact's account, as if it were a field of the Contact. */
export const accountName: SalesforceField = {
  name: accountPath,
  label: 'Account Name',
  type: 'string',
  length: 255,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: true,
  updateable: true,
  calculated: false,
  custom: false,
  filterable: true,
  restrictedPicklist: false,
  picklistValues: [],
};

/** The row that ties a Contact's account to a platform field: the account itself, or a field that holds its name. */
export function accountNameRow(platform: string): FieldMapping {
  return { salesforce: accountPath, platform, direction: 'both', policy: 'salesforce', emptyWins: false };
}

/** A Contact's mapping with the field that holds the account's name where the platform has no accounts (A6). */
export function withAccountName(contact: ObjectMapping, accountNameField: string): ObjectMapping {
  return { ...contact, fields: [...contact.fields, accountNameRow(accountNameField)] };
}

/** The platform field that holds the name of a Contact's account; null where the platform has accounts, or none is chosen. */
export function accountNameKey({ fields }: { readonly fields: readonly FieldMapping[] }): string | null {
  const field = fields.find(({ salesforce }) => salesforce === accountPath);
  return field === undefined || field.platform === 'account' ? null : field.platform;
}
