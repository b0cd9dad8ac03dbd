import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { FieldSchema, ResultRecord, SObjectSchema } from '../../salesforce/org/types.ts';
import type { Viewer } from '../shell/viewer.ts';
import { isSeen, textOf } from './fields.ts';
import { objectOfId, plain } from './read.ts';

/** A record as the platform's UI API answers it; a parent is a record in the place of a value. */
export interface UiRecord {
  readonly apiName: string;
  readonly id: string;
  readonly fields: Readonly<
    Record<string, { readonly value: unknown; readonly displayValue: string | null }>
  >;
}

/** A field that was asked for and is not there, or not for this user. */
export class FieldUnavailable extends Error {}

/** The field at the end of a path such as `Owner.Name`; undefined where the viewer has no such field. */
export function fieldAt(
  org: SandboxOrg,
  viewer: Viewer | undefined,
  object: SObjectSchema,
  path: readonly string[],
): FieldSchema | undefined {
  const [first = '', ...rest] = path;
  const isOpen = (field: FieldSchema): boolean => viewer === undefined || isSeen(viewer, object, field);
  if (rest.length === 0) {
    const field = object.field(first);
    return field !== undefined && isOpen(field) ? field : undefined;
  }
  const reference = object.fields.find(({ relationshipName }) => relationshipName === first);
  const parent = reference?.referenceTo.flatMap((name) => org.schema.object(name) ?? [])[0];
  if (reference === undefined || parent === undefined || !isOpen(reference)) return undefined;
  return fieldAt(org, viewer, parent, rest);
}

/**
 * Reads a record as the viewer.
 * @param fields `Object.Field`, with dots to parents; all must be there. @param optional left out where they are not.
 * @returns undefined where there is no such record for the viewer
 * @throws FieldUnavailable
 */
export function readUiRecord(
  org: SandboxOrg,
  viewer: Viewer,
  id: string,
  { fields, optional }: { fields: readonly string[]; optional: readonly string[] },
): UiRecord | undefined {
  const object = objectOfId(org, id);
  if (object === undefined) return undefined;
  const paths = (names: readonly string[]): string[][] => names.map((name) => name.split('.').slice(1));
  const isThere = (path: readonly string[]): boolean => fieldAt(org, viewer, object, path) !== undefined;
  const missing = paths(fields).filter((path) => !isThere(path));
  if (missing.length > 0) {
    const names = missing.map((path) => `${object.name}.${path.join('.')}`).join(', ');
    throw new FieldUnavailable(`Field does not exist or is not accessible: ${names}.`);
  }
  const wanted = [...paths(fields), ...paths(optional).filter(isThere)];
  const columns = new Set(['Id', ...wanted.map((path) => path.join('.'))]);
  const soql = `SELECT ${[...columns].join(', ')} FROM ${object.name} WHERE Id = '${id}'`;
  const [record] = org.query(viewer.context, soql).records;
  return record && toUiRecord(org, viewer, object, record, wanted);
}

function toUiRecord(
  org: SandboxOrg,
  viewer: Viewer,
  object: SObjectSchema,
  record: ResultRecord,
  paths: readonly (readonly string[])[],
): UiRecord {
  const firsts = [...new Set(paths.flatMap(([first]) => first ?? []))];
  const fields = firsts.map((first): [string, UiRecord['fields'][string]] => {
    const deeper = paths.flatMap(([head, ...rest]) => (head === first && rest.length > 0 ? [rest] : []));
    if (deeper.length > 0) return [first, parentOf(org, viewer, object, first, record[first], deeper)];
    const field = object.field(first);
    const value = plain(record[first]);
    const text = field === undefined ? '' : textOf(viewer, object, field, value);
    const isFormatted = text !== String(value) && value !== null;
    return [first, { value, displayValue: isFormatted ? text : null }];
  });
  return { apiName: object.name, id: String(plain(record['Id'])), fields: Object.fromEntries(fields) };
}

function isResult(value: unknown): value is ResultRecord {
  return typeof value === 'object' && value !== null && 'attributes' in value;
}

function parentOf(
  org: SandboxOrg,
  viewer: Viewer,
  object: SObjectSchema,
  relationship: string,
  record: unknown,
  paths: readonly (readonly string[])[],
): { value: UiRecord | null; displayValue: string | null } {
  if (!isResult(record)) return { value: null, displayValue: null };
  const reference = object.fields.find(({ relationshipName }) => relationshipName === relationship);
  const parent =
    org.schema.object(record.attributes.type) ??
    reference?.referenceTo.flatMap((name) => org.schema.object(name) ?? [])[0];
  if (parent === undefined) return { value: null, displayValue: null };
  const name = record['Name'];
  return {
    value: toUiRecord(org, viewer, parent, record, paths),
    displayValue: typeof name === 'string' ? name : null,
  };
}
