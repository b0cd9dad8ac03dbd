import type { FieldSchema, SaveError, SaveResult, SObjectSchema, Value } from '../../salesforce/org/types.ts';
import type { SandboxOrg } from '../../salesforce/org/org.ts';
import type { Viewer } from '../shell/viewer.ts';

/** What a browser sends of a form: a text by field name. */
export type Filled = Readonly<Record<string, string>>;

/** Types whose fields a form can edit; others are shown as they are. */
const EDITABLE = new Set([
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'combobox',
]);

export function isFormField(field: FieldSchema): boolean {
  return EDITABLE.has(field.type);
}

/** A field's value as its input holds it. */
export function filledOf(field: FieldSchema, value: Value): string {
  if (field.type === 'boolean') return value === true ? 'true' : '';
  return value === null ? '' : String(value);
}

function valueOf(field: FieldSchema, text: string): unknown {
  if (field.type === 'boolean') return text === 'true';
  // Browsers end the lines of a text area with CR LF.
  const trimmed = text.replaceAll('\r\n', '\n').trim();
  if (trimmed === '') return null;
  const isNumber = ['int', 'double', 'currency', 'percent'].includes(field.type);
  // What is no number is left to the org, which says so.
  return isNumber && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** Saves the form as its viewer: only what was changed, as a user's edit in Salesforce does. */
export function saveForm(
  org: SandboxOrg,
  viewer: Viewer,
  object: SObjectSchema,
  form: {
    readonly id: string | undefined;
    readonly fields: readonly FieldSchema[];
    readonly before: Filled;
    readonly filled: Filled;
  },
): SaveResult {
  const { id, fields, before, filled } = form;
  const changed = fields.filter(
    (field) => valueOf(field, filled[field.name] ?? '') !== valueOf(field, before[field.name] ?? ''),
  );
  const row = Object.fromEntries(
    changed.map((field) => [field.name, valueOf(field, filled[field.name] ?? '')]),
  );
  if (id !== undefined && changed.length === 0) return { success: true, id, created: false };
  const [result] =
    id === undefined
      ? org.insert(viewer.context, object.name, [row])
      : org.update(viewer.context, object.name, [{ Id: id, ...row }]);
  if (result === undefined) throw new Error('The org gave no result for a save.');
  return result;
}

/** The message for one field; undefined where nothing is wrong with it. */
export function errorAt(errors: readonly SaveError[], field: string): string | undefined {
  return errors.find(({ fields }) => fields.includes(field))?.message;
}
