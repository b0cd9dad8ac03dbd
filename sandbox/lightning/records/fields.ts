import { canRead, accessTo } from '../../salesforce/org/access.ts';
import type { FieldSchema, SObjectSchema, Value } from '../../salesforce/org/types.ts';
import type { Viewer } from '../shell/viewer.ts';

/** What a field is called in the viewer's language. */
export function labelOf(viewer: Viewer, object: SObjectSchema, field: FieldSchema): string {
  const translated = viewer.words.fields.get(`${object.name}.${field.name}`)?.label;
  if (translated !== undefined && translated !== '') return translated;
  // Pages call a reference by what it leads to: "Owner", not "Owner ID".
  const own = field.type === 'reference' ? field.label.replace(/ ID$/, '') : field.label;
  return viewer.translate(own);
}

export function helpOf(viewer: Viewer, object: SObjectSchema, field: FieldSchema): string | undefined {
  return viewer.words.fields.get(`${object.name}.${field.name}`)?.help ?? field.helpText;
}

/** A picklist's value in the viewer's language. */
export function choiceOf(viewer: Viewer, object: SObjectSchema, field: FieldSchema, value: string): string {
  const translated = viewer.words.fields.get(`${object.name}.${field.name}`)?.values.get(value);
  if (translated !== undefined && translated !== '') return translated;
  return field.picklistValues.find((choice) => choice.value === value)?.label ?? value;
}

/** Whether the viewer may change a field of existing records, or set one of new ones. */
export function canEdit(viewer: Viewer, object: SObjectSchema, field: FieldSchema, isNew: boolean): boolean {
  const isOpen = isNew ? field.createable : field.updateable;
  return isOpen && accessTo(viewer.context, object, field) === 'edit';
}

export function isSeen(viewer: Viewer, object: SObjectSchema, field: FieldSchema): boolean {
  return canRead(viewer.context, object, field);
}

/** A value as a page shows it in the viewer's language and time zone; empty for none. */
export function textOf(viewer: Viewer, object: SObjectSchema, field: FieldSchema, value: Value): string {
  if (value === null || value === '') return '';
  const { locale, context, texts } = viewer;
  switch (field.type) {
    case 'boolean':
      return value === true ? texts.yes : texts.no;
    case 'picklist':
      return choiceOf(viewer, object, field, String(value));
    case 'multipicklist':
      return String(value)
        .split(';')
        .map((one) => choiceOf(viewer, object, field, one))
        .join('; ');
    case 'date':
      return new Date(String(value)).toLocaleDateString(locale, { timeZone: 'UTC' });
    case 'datetime':
      return new Date(String(value)).toLocaleString(locale, {
        timeZone: context.timeZone,
        dateStyle: 'medium',
        timeStyle: 'short',
      });
    case 'currency':
      return Number(value).toLocaleString(locale, { style: 'currency', currency: 'USD' });
    case 'int':
    case 'double':
      return Number(value).toLocaleString(locale, { maximumFractionDigits: field.scale });
    case 'percent':
      return `${Number(value).toLocaleString(locale, { maximumFractionDigits: field.scale })} %`;
    default:
      return String(value);
  }
}
