import type { SObjectSchema } from '../../salesforce/org/types.ts';
import type { Viewer } from '../shell/viewer.ts';
import { choiceOf, isSeen, labelOf } from './fields.ts';

/** An object as the platform's UI API describes it, as far as components use that. */
export interface ObjectInfo {
  readonly apiName: string;
  readonly label: string;
  readonly fields: Readonly<
    Record<string, { readonly apiName: string; readonly label: string; readonly dataType: string }>
  >;
}

export interface PicklistValues {
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

/** The object with the fields that the viewer may see, in the viewer's language. */
export function objectInfo(viewer: Viewer, object: SObjectSchema): ObjectInfo {
  const fields = object.fields
    .filter((field) => isSeen(viewer, object, field))
    .map((field): [string, ObjectInfo['fields'][string]] => [
      field.name,
      { apiName: field.name, label: labelOf(viewer, object, field), dataType: field.type },
    ]);
  return { apiName: object.name, label: viewer.translate(object.label), fields: Object.fromEntries(fields) };
}

/** The values of a picklist in the viewer's language; undefined where the viewer has no such field. */
export function picklistValues(
  viewer: Viewer,
  object: SObjectSchema,
  name: string,
): PicklistValues | undefined {
  const field = object.field(name);
  if (field === undefined || !isSeen(viewer, object, field)) return undefined;
  const values = field.picklistValues.map(({ value }) => ({
    value,
    label: choiceOf(viewer, object, field, value),
  }));
  return { values };
}
