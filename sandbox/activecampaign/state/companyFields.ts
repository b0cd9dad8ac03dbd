import { Table } from './table.ts';

export const companyFieldTypes = [
  'text',
  'textarea',
  'date',
  'datetime',
  'dropdown',
  'multiselect',
  'radio',
  'checkbox',
  'hidden',
  'currency',
  'number',
] as const;

export type CompanyFieldType = (typeof companyFieldTypes)[number];

export interface CompanyField {
  readonly id: number;
  label: string;
  readonly type: CompanyFieldType;
  options: readonly string[] | null;
  defaultValue: unknown;
  visible: boolean;
  required: boolean;
  order: number;
  readonly createdAt: number;
  updatedAt: number;
}

/** Text, a number (money in cents), or a list of options. */
export type CompanyValue = string | number | readonly string[] | null;

export interface CompanyDatum {
  readonly id: number;
  readonly company: number;
  readonly field: number;
  value: CompanyValue;
  /** Lower-case ISO code, for money. */
  currency: string | null;
  readonly createdAt: number;
  updatedAt: number;
}

export interface DatumInput {
  readonly company: number;
  readonly field: number;
  readonly value: CompanyValue;
  readonly currency: string | null;
}

/** Custom fields of companies and their values, one a field. */
export class CompanyFields {
  readonly fields = new Table<CompanyField>();
  readonly data = new Table<CompanyDatum>();
  readonly #byCompany = new Map<number, CompanyDatum[]>();

  create(field: Omit<CompanyField, 'id' | 'order' | 'createdAt' | 'updatedAt'>, at: number): CompanyField {
    return this.fields.insert((id) => ({ ...field, id, order: id, createdAt: at, updatedAt: at }));
  }

  dataOf(company: number): readonly CompanyDatum[] {
    return this.#byCompany.get(company) ?? [];
  }

  /** Writes over the company's value for the field. */
  set({ company, field, value, currency }: DatumInput, at: number): CompanyDatum {
    const known = this.dataOf(company).find((datum) => datum.field === field);
    if (known !== undefined) {
      known.value = value;
      known.currency = currency ?? known.currency;
      known.updatedAt = at;
      return known;
    }
    const row = this.data.insert((id) => ({
      id,
      company,
      field,
      value,
      currency,
      createdAt: at,
      updatedAt: at,
    }));
    this.#byCompany.set(company, [...this.dataOf(company), row]);
    return row;
  }

  delete(datum: CompanyDatum): void {
    this.data.delete(datum.id);
    this.#byCompany.set(
      datum.company,
      this.dataOf(datum.company).filter((row) => row !== datum),
    );
  }

  /** Drops all values of a company that is gone. */
  forget(company: number): void {
    for (const datum of this.dataOf(company)) this.data.delete(datum.id);
    this.#byCompany.delete(company);
  }

  deleteField(id: number): boolean {
    for (const datum of this.data.all()) if (datum.field === id) this.delete(datum);
    return this.fields.delete(id);
  }
}
