import type { SalesforceObject } from '../../src/sync/types.ts';

/** A value in the form in which both sides can be compared: the simulation writes plain words only. */
export type Value = string | boolean | null;

/** The fields that the simulation maps, under the platform's names. */
export const fieldNames = ['email', 'firstName', 'lastName', 'phone', 'title', 'optOut', 'account'] as const;
export type FieldName = (typeof fieldNames)[number];

export type RecordKind = SalesforceObject | 'contact' | 'account';

/** One record of either vendor as it stands. */
export interface Snapshot {
  readonly kind: RecordKind;
  readonly id: string;
  readonly isGone: boolean;
  readonly values: Readonly<Partial<Record<FieldName, Value>>>;
  /** The record that this one was merged into, or the Contact that it was converted to. */
  readonly heir: string | null;
  /** What the package's fields show: status, id, relation. */
  readonly marks: string;
  /** Whether they show what the record is linked to; on the platform nothing does. */
  readonly isLinked: boolean;
}

/** Where each field stands in Salesforce. */
export const salesforceNames = {
  email: 'Email',
  firstName: 'FirstName',
  lastName: 'LastName',
  phone: 'Phone',
  title: 'Title',
  optOut: 'HasOptedOutOfEmail',
} as const satisfies Partial<Record<FieldName, string>>;

/** The platform's custom fields, as the sandbox is set up with them. */
export const customFields = { title: 1, optOut: 7 } as const;

/** How the mapping calls a field. */
export function mappingKey(field: FieldName): string {
  return field === 'title' || field === 'optOut' ? `field:${customFields[field]}` : field;
}

export function fieldOfKey(key: string): FieldName | undefined {
  return fieldNames.find((field) => mappingKey(field) === key);
}

export function keyOf({ kind, id }: { readonly kind: RecordKind; readonly id: string }): string {
  return `${kind}/${id}`;
}
