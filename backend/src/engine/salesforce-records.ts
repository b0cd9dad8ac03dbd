import type { SalesforceRecord } from '../salesforce/types.ts';
import type { SeenMarks } from '../store/links.ts';
import { accountPath } from '../sync/account-name.ts';
import type { SalesforceObject } from '../sync/types.ts';
import type { PackageFields } from './marks.ts';
import { notProvided, requiredFields, type ObjectSettings } from './sync-settings.ts';

/** The fields to read of an object: what is mapped, what selection looks at, and what links need. */
export function fieldsToRead(settings: ObjectSettings, names: PackageFields): string[] {
  const { object, mapping, selection } = settings;
  const fields = new Set([
    'Id',
    'SystemModstamp',
    'LastModifiedDate',
    'CreatedDate',
    'IsDeleted',
    'MasterRecordId',
  ]);
  for (const name of [names.status, names.id, names.relation]) fields.add(name);
  if (settings.countsEdits) fields.add(names.edit);
  for (const field of mapping.fields) fields.add(field.salesforce);
  if (selection.mode === 'criteria') for (const rule of selection.rules) fields.add(rule.field);
  if (object === 'Lead') for (const name of ['IsConverted', 'ConvertedContactId']) fields.add(name);
  if (object === 'Contact') for (const name of ['AccountId', accountPath]) fields.add(name);
  return [...fields];
}

/** What the engine takes from a record. Times are milliseconds. */
export interface ReadRecord {
  readonly id: string;
  readonly stamp: number;
  readonly changedAt: number;
  readonly createdAt: number;
  readonly isDeleted: boolean;
  readonly masterId: string | null;
  readonly convertedContactId: string | null;
  readonly accountId: string | null;
  readonly marks: SeenMarks;
  /** Fields by name, parents by path, placeholders read as empty. */
  readonly fields: Readonly<Record<string, unknown>>;
}

export function readRecord(
  object: SalesforceObject,
  record: SalesforceRecord,
  names: PackageFields,
): ReadRecord {
  const fields: Record<string, unknown> = { ...record };
  // A record read without its account says nothing of the account's name.
  if (object === 'Contact' && record.Account !== undefined) {
    const account = nestedName(record.Account);
    // What a Lead without a company was converted into.
    fields[accountPath] = account === notProvided ? null : account;
  }
  const edit = record[names.edit];
  for (const name of requiredFields[object]) if (fields[name] === notProvided) fields[name] = null;
  return {
    id: record.Id,
    stamp: time(record.SystemModstamp),
    changedAt: time(record.LastModifiedDate),
    createdAt: time(record.CreatedDate),
    isDeleted: record.IsDeleted === true,
    masterId: text(record.MasterRecordId),
    convertedContactId: record.IsConverted === true ? text(record.ConvertedContactId) : null,
    accountId: text(record.AccountId),
    marks: {
      status: text(record[names.status]),
      id: text(record[names.id]),
      relation: text(record[names.relation]),
      ...(typeof edit === 'number' ? { edit } : {}),
    },
    fields,
  };
}

/** SOQL's datetime literal, at whole seconds. */
export function soqlTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** A quoted SOQL string. */
export function soqlText(value: string): string {
  return `'${value.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r')}'`;
}

/** Characters of a list in a query; a SOQL statement has 100,000 at most, with everything around the list. */
const listLength = 90_000;

/** Values, quoted, in lists that fit into a query each. */
export function soqlLists(values: readonly string[]): string[] {
  const cut: string[] = [];
  let list: string[] = [];
  let length = 0;
  for (const value of values.map(soqlText)) {
    const own = `${value}, `.length;
    if (length + own > listLength && list.length > 0) {
      cut.push(list.join(', '));
      [list, length] = [[], 0];
    }
    list.push(value);
    length += own;
  }
  if (list.length > 0) cut.push(list.join(', '));
  return cut;
}

function nestedName(parent: unknown): string | null {
  return typeof parent === 'object' && parent !== null && 'Name' in parent ? text(parent.Name) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Salesforce writes UTC as `+0000`; as `Z` it is parsed several times as fast. */
function time(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value.replace('+0000', 'Z')) : 0;
}
