import type { CompanyDatum, CompanyField } from '../state/companyFields.ts';
import { wallTime } from '../state/time.ts';
import { links } from './links.ts';

export function companyFieldView(field: CompanyField, base: string) {
  return {
    id: String(field.id),
    fieldLabel: field.label,
    fieldType: field.type,
    fieldOptions: field.options,
    fieldDefault: field.defaultValue ?? null,
    fieldDefaultCurrency: null,
    isFormVisible: field.visible ? 1 : 0,
    isRequired: field.required ? 1 : 0,
    displayOrder: field.order,
    personalization: '',
    knownFieldId: null,
    hideFieldFlag: 0,
    createdTimestamp: wallTime(field.createdAt),
    updatedTimestamp: wallTime(field.updatedAt),
    links: links(base, `accountCustomFieldMeta/${field.id}`, ['accountCustomFieldData']),
  };
}

/** Ids of account and field are numbers here. */
export function datumView(datum: CompanyDatum, base: string) {
  return {
    id: String(datum.id),
    accountCustomFieldMetumId: datum.field,
    accountId: datum.company,
    customFieldId: datum.field,
    createdTimestamp: wallTime(datum.createdAt),
    updatedTimestamp: wallTime(datum.updatedAt),
    fieldValue: datum.value,
    ...(datum.currency === null ? {} : { fieldCurrency: datum.currency }),
    links: links(base, `accountCustomFieldData/${datum.id}`, ['account', 'accountCustomFieldMetum']),
  };
}
