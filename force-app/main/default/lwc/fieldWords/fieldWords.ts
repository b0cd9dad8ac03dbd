import type { ObjectInfoResult } from 'lightning/uiObjectInfoApi';
import type { PlatformField, SalesforceField } from 'service';
import address from '@salesforce/label/c.FieldType_Address';
import checkBox from '@salesforce/label/c.FieldType_CheckBox';
import currency from '@salesforce/label/c.FieldType_Currency';
import date from '@salesforce/label/c.FieldType_Date';
import dateTime from '@salesforce/label/c.FieldType_DateTime';
import dropdown from '@salesforce/label/c.FieldType_Dropdown';
import emailType from '@salesforce/label/c.FieldType_Email';
import encrypted from '@salesforce/label/c.FieldType_Encrypted';
import file from '@salesforce/label/c.FieldType_File';
import hidden from '@salesforce/label/c.FieldType_Hidden';
import id from '@salesforce/label/c.FieldType_Id';
import listBox from '@salesforce/label/c.FieldType_ListBox';
import locationType from '@salesforce/label/c.FieldType_Location';
import lookup from '@salesforce/label/c.FieldType_Lookup';
import multiPicklist from '@salesforce/label/c.FieldType_MultiPicklist';
import number from '@salesforce/label/c.FieldType_Number';
import percent from '@salesforce/label/c.FieldType_Percent';
import phoneType from '@salesforce/label/c.FieldType_Phone';
import picklist from '@salesforce/label/c.FieldType_Picklist';
import radio from '@salesforce/label/c.FieldType_Radio';
import text from '@salesforce/label/c.FieldType_Text';
import textArea from '@salesforce/label/c.FieldType_TextArea';
import time from '@salesforce/label/c.FieldType_Time';
import url from '@salesforce/label/c.FieldType_Url';
import account from '@salesforce/label/c.Field_Account';
import accountName from '@salesforce/label/c.Field_AccountName';
import email from '@salesforce/label/c.Field_Email';
import firstName from '@salesforce/label/c.Field_FirstName';
import lastName from '@salesforce/label/c.Field_LastName';
import phone from '@salesforce/label/c.Field_Phone';

/** Fields that ActiveCampaign itself has. Custom ones are called as they are there. */
const platformLabels: Readonly<Record<string, string>> = {
  account,
  email,
  firstName,
  lastName,
  name: accountName,
  phone,
};

/** Kinds of fields, by what the two systems call them. */
const typeLabels: Readonly<Record<string, string>> = {
  address,
  base64: file,
  boolean: checkBox,
  checkbox: checkBox,
  combobox: picklist,
  currency,
  date,
  datetime: dateTime,
  double: number,
  dropdown,
  email: emailType,
  encryptedstring: encrypted,
  hidden,
  id,
  int: number,
  listbox: listBox,
  location: locationType,
  long: number,
  multipicklist: multiPicklist,
  number,
  percent,
  phone: phoneType,
  picklist,
  radio,
  reference: lookup,
  string: text,
  text,
  textarea: textArea,
  time,
  url,
};

/** The kind of a field in a word; one that is not known, as its system calls it. */
export function typeWord(type: string): string {
  return typeLabels[type.toLowerCase()] ?? type;
}

/** Salesforce's fields as the org calls them for this user; those that the user may not see, as the service does. */
export function inUsersWords(
  fields: readonly SalesforceField[],
  { data }: ObjectInfoResult,
): readonly SalesforceField[] {
  return fields.map((field) => ({ ...field, label: data?.fields[field.name]?.label ?? field.label }));
}

/** ActiveCampaign's fields, its own ones in the user's language. */
export function inPackagesWords(fields: readonly PlatformField[]): readonly PlatformField[] {
  return fields.map((field) =>
    field.custom ? field : { ...field, label: platformLabels[field.key] ?? field.label },
  );
}
