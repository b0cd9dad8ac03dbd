import { Table, sameName } from './table.ts';

export const fieldTypes = [
  'text',
  'textarea',
  'hidden',
  'dropdown',
  'radio',
  'listbox',
  'checkbox',
  'date',
  'datetime',
  'NULL',
] as const;

export type FieldType = (typeof fieldTypes)[number];

export interface Field {
  readonly id: number;
  title: string;
  description: string;
  readonly type: FieldType;
  /** Personalisation tag: capitals, digits and underscores. */
  perstag: string;
  defaultValue: string;
  visible: boolean;
  required: boolean;
  order: number;
  readonly createdAt: number;
  updatedAt: number;
}

export interface FieldOption {
  readonly id: number;
  readonly field: number;
  value: string;
  label: string;
  order: number;
  isDefault: boolean;
  readonly createdAt: number;
}

/** Puts a field on a list; list 0 stands for all of them. */
export interface FieldRelation {
  readonly id: number;
  readonly field: number;
  readonly list: number;
  readonly createdAt: number;
}

export interface NewField {
  readonly title: string;
  readonly type: FieldType;
  readonly perstag?: string;
  readonly description?: string;
  readonly defaultValue?: string;
  readonly visible?: boolean;
  readonly required?: boolean;
  readonly order?: number;
}

/** The custom fields of contacts, their options and the lists they belong to. */
export class Fields {
  readonly fields = new Table<Field>();
  readonly options = new Table<FieldOption>();
  readonly relations = new Table<FieldRelation>();

  byTitle(title: string): Field | undefined {
    return this.fields.find((field) => sameName(field.title, title));
  }

  create(field: NewField, at: number): Field {
    return this.fields.insert((id) => ({
      id,
      title: field.title,
      description: field.description ?? '',
      type: field.type,
      perstag: this.#freePerstag(field.perstag ?? field.title),
      defaultValue: field.defaultValue ?? '',
      visible: field.visible ?? true,
      required: field.required ?? false,
      order: field.order ?? id,
      createdAt: at,
      updatedAt: at,
    }));
  }

  delete(id: number): boolean {
    for (const option of this.optionsOf(id)) this.options.delete(option.id);
    for (const relation of this.relationsOf(id)) this.relations.delete(relation.id);
    return this.fields.delete(id);
  }

  addOption(option: Omit<FieldOption, 'id' | 'createdAt'>, at: number): FieldOption {
    return this.options.insert((id) => ({ ...option, id, createdAt: at }));
  }

  relate(field: number, list: number, at: number): FieldRelation {
    return this.relations.insert((id) => ({ id, field, list, createdAt: at }));
  }

  optionsOf(field: number): FieldOption[] {
    return this.options
      .all()
      .filter((option) => option.field === field)
      .sort((a, b) => a.order - b.order);
  }

  relationsOf(field: number): FieldRelation[] {
    return this.relations.all().filter((relation) => relation.field === field);
  }

  #freePerstag(wanted: string): string {
    const base = toPerstag(wanted);
    let tag = base;
    for (let copy = 1; this.fields.find((field) => field.perstag === tag) !== undefined; copy += 1) {
      tag = `${base}_${copy}`;
    }
    return tag;
  }
}

/** Capitals; anything but letters and digits becomes an underscore. */
export function toPerstag(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
