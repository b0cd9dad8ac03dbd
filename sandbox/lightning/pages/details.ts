import { html } from '../../common/html.ts';
import type { Html } from '../../common/html.ts';
import type { FieldSchema, SaveError } from '../../salesforce/org/types.ts';
import type { LayoutItem, LayoutSection } from '../metadata/layouts.ts';
import { canEdit, choiceOf, helpOf, labelOf, textOf } from '../records/fields.ts';
import { errorAt, isFormField } from '../records/form.ts';
import type { Filled } from '../records/form.ts';
import type { RecordRead } from '../records/read.ts';
import type { SObjectSchema } from '../../salesforce/org/types.ts';
import type { Viewer } from '../shell/viewer.ts';
import { recordPath } from './navigation.ts';

/** How a value leads somewhere, by type. */
const LINKS: Readonly<Record<string, (value: string) => string>> = {
  email: (value) => `mailto:${value}`,
  phone: (value) => `tel:${value.replace(/[^\d+]/g, '')}`,
  url: (value) => (/^https?:/i.test(value) ? value : `https://${value}`),
};
const PAGES = new Set(['Lead', 'Contact', 'Account']);

function shownValue(viewer: Viewer, record: RecordRead, field: FieldSchema): Html | string {
  const value = record.value(field.name);
  const name = record.nameOf(field);
  const [target = ''] = field.referenceTo;
  if (name !== undefined) {
    const path = PAGES.has(target) ? recordPath(target, String(value)) : undefined;
    return path === undefined ? name : html`<a href="${path}">${name}</a>`;
  }
  const text = textOf(viewer, record.object, field, value);
  const link = text === '' ? undefined : LINKS[field.type]?.(text);
  return link === undefined ? text : html`<a href="${link}">${text}</a>`;
}

/** The items of a section with their fields, those alone that the record was read with. */
function shownItems(
  section: LayoutSection,
  fields: readonly FieldSchema[],
): { readonly item: LayoutItem; readonly field: FieldSchema }[] {
  return section.items.flatMap((item) => {
    const field = fields.find(({ name }) => name === item.field);
    return field === undefined ? [] : [{ item, field }];
  });
}

/** The record's fields in the layout's order, to be read. */
export function detailsPanel(viewer: Viewer, record: RecordRead, layout: readonly LayoutSection[]): Html {
  const { object } = record;
  const sections = layout.map((section) => {
    const items = shownItems(section, record.fields);
    if (items.length === 0) return undefined;
    return html`<section class="details__section">
      <h3>${viewer.translate(section.label)}</h3>
      <dl class="details__fields">
        ${items.map(
          ({ field }) =>
            html`<div data-field="${field.name}">
              <dt>${labelOf(viewer, object, field)}</dt>
              <dd>${shownValue(viewer, record, field)}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  });
  return html`<section id="details" class="slds-card shell-card" aria-labelledby="details-title">
    <div class="shell-card__head">
      <h2 id="details-title">${viewer.texts.details}</h2>
      <a class="slds-button slds-button_neutral" href="${recordPath(object.name, record.id, 'edit')}"
        >${viewer.texts.edit}</a
      >
    </div>
    ${sections}
  </section>`;
}

const INPUT_TYPES: Readonly<Record<string, string>> = {
  email: 'email',
  phone: 'tel',
  date: 'date',
};

function control(
  viewer: Viewer,
  object: SObjectSchema,
  field: FieldSchema,
  value: string,
  attributes: Html,
): Html {
  const { name } = field;
  switch (field.type) {
    case 'boolean':
      return html`<input
        type="checkbox"
        id="${name}"
        name="${name}"
        value="true"
        ${value === 'true' && html` checked`}${attributes}
      />`;
    case 'textarea':
      return html`<textarea class="slds-textarea" id="${name}" name="${name}" rows="4" ${attributes}>
${value}</textarea>`;
    case 'picklist':
      return html`<select class="slds-select" id="${name}" name="${name}" ${attributes}>
        <option value="">${viewer.texts.none}</option>
        ${field.picklistValues.map(
          (choice) =>
            html`<option value="${choice.value}" ${choice.value === value && html` selected`}>
              ${choiceOf(viewer, object, field, choice.value)}
            </option>`,
        )}
      </select>`;
    default:
      return html`<input
        class="slds-input"
        id="${name}"
        name="${name}"
        type="${INPUT_TYPES[field.type] ?? 'text'}"
        value="${value}"
        ${attributes}
      />`;
  }
}

export interface EditForm {
  readonly object: SObjectSchema;
  /** Absent for a new record. */
  readonly record: RecordRead | undefined;
  readonly fields: readonly FieldSchema[];
  readonly filled: Filled;
  readonly errors: readonly SaveError[];
  readonly action: string;
  readonly cancel: string;
}

/** The fields of a layout that a form lets the viewer change. */
export function editableFields(
  viewer: Viewer,
  object: SObjectSchema,
  layout: readonly LayoutSection[],
  isNew: boolean,
): FieldSchema[] {
  return layout.flatMap(({ items }) =>
    items.flatMap(({ field: name, isReadOnly }) => {
      const field = object.field(name);
      const isOpen =
        field !== undefined && !isReadOnly && isFormField(field) && canEdit(viewer, object, field, isNew);
      return isOpen ? [field] : [];
    }),
  );
}

function formItem(viewer: Viewer, form: EditForm, item: LayoutItem, field: FieldSchema): Html {
  const { object, record, errors } = form;
  const label = labelOf(viewer, object, field);
  if (!form.fields.includes(field)) {
    if (record === undefined) return html``;
    return html`<div class="form__item">
      <span class="form__label">${label}</span>
      <span class="form__fixed">${shownValue(viewer, record, field)}</span>
    </div>`;
  }
  const isRequired = item.isRequired || field.requiredOnCreate;
  const error = errorAt(errors, field.name);
  const help = helpOf(viewer, object, field);
  const described = [error !== undefined && `${field.name}-error`, help !== undefined && `${field.name}-help`]
    .filter((id) => id !== false)
    .join(' ');
  const attributes = html`${isRequired && field.type !== 'boolean' && html` required`}${
    error !== undefined && html` aria-invalid="true"`
  }${described !== '' && html` aria-describedby="${described}"`}`;
  return html`<div class="form__item${error !== undefined && ' form__item_wrong'}">
    <label class="form__label" for="${field.name}"
      >${isRequired && html`<abbr title="${viewer.texts.required}">*</abbr> `}${label}</label
    >
    ${control(viewer, object, field, form.filled[field.name] ?? '', attributes)}
    ${help !== undefined && html`<p class="form__help" id="${field.name}-help">${help}</p>`}
    ${error !== undefined && html`<p class="form__error" id="${field.name}-error">${error}</p>`}
  </div>`;
}

/** The form for a new record, or for changes of one. What the org refused stands above it and beside its field. */
export function editForm(viewer: Viewer, form: EditForm, layout: readonly LayoutSection[]): Html {
  const { texts } = viewer;
  const shown = form.record?.fields ?? form.fields;
  const elsewhere = form.errors.filter(
    ({ fields }) => !fields.some((name) => form.fields.some((one) => one.name === name)),
  );
  const sections = layout.map((section) => {
    const items = shownItems(section, shown);
    if (items.length === 0) return undefined;
    return html`<fieldset class="details__section">
      <legend>${viewer.translate(section.label)}</legend>
      <div class="details__fields">
        ${items.map(({ item, field }) => formItem(viewer, form, item, field))}
      </div>
    </fieldset>`;
  });
  return html`<form
    id="details"
    class="slds-card shell-card form"
    method="post"
    action="${form.action}"
    novalidate
  >
    ${
      form.errors.length > 0 &&
      html`<div class="problem" role="alert">
        <p>${texts.changesRefused}</p>
        <ul>
          ${elsewhere.map(({ message }) => html`<li>${message}</li>`)}
        </ul>
      </div>`
    }
    ${sections}
    <p class="form__buttons">
      <a class="slds-button slds-button_neutral" href="${form.cancel}">${texts.cancel}</a>
      <button class="slds-button slds-button_brand">${texts.save}</button>
    </p>
  </form>`;
}
