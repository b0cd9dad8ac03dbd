import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { fieldDefinition } from './custom-fields.ts';
import type { FieldDefinition } from './custom-fields.ts';

/** A custom object of the package. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** Whether it is a custom setting. */
  readonly customSetting: boolean;
  readonly autoNumberName: boolean;
}

export interface PackageMetadata {
  readonly objects: readonly ObjectDefinition[];
  readonly fields: readonly { readonly object: string; readonly field: FieldDefinition }[];
}

/** Metadata API field types in describe's words. Rollup summaries and geolocations are not emulated. */
const TYPES: Readonly<Record<string, FieldDefinition['type']>> = {
  Text: 'string',
  AutoNumber: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Checkbox: 'boolean',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Date: 'date',
  DateTime: 'datetime',
  Time: 'time',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
  MasterDetail: 'reference',
  EncryptedText: 'encryptedstring',
};

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name, path) => name === 'value' && String(path).endsWith('valueSetDefinition.value'),
});

const text = z.string().optional();
const flag = z.stringbool().optional();
const amount = z.coerce.number().optional();

const customFieldXml = z.object({
  CustomField: z.object({
    fullName: z.string(),
    label: text,
    type: z.string(),
    length: amount,
    precision: amount,
    scale: amount,
    required: flag,
    unique: flag,
    externalId: flag,
    caseSensitive: flag,
    defaultValue: text,
    formula: text,
    inlineHelpText: text,
    referenceTo: text,
    relationshipName: text,
    valueSet: z
      .object({
        restricted: flag,
        valueSetDefinition: z
          .object({ value: z.array(z.object({ fullName: z.string(), label: text, default: flag })) })
          .optional(),
      })
      .optional(),
  }),
});

const customObjectXml = z.object({
  CustomObject: z.object({
    label: text,
    pluralLabel: text,
    customSettingsType: text,
    nameField: z.object({ type: z.string() }).optional(),
  }),
});

/** Only literals: a formula as default value is left to the platform. */
function literalDefault(
  type: FieldDefinition['type'],
  source: string | undefined,
): FieldDefinition['defaultValue'] {
  if (source === undefined) return undefined;
  if (type === 'boolean') return source === 'true';
  if (type === 'double' || type === 'currency' || type === 'percent') {
    const number = Number(source);
    return Number.isFinite(number) ? number : undefined;
  }
  const quoted = /^(["'])(.*)\1$/.exec(source);
  return quoted?.[2];
}

function readField(path: string): FieldDefinition | undefined {
  const xml = customFieldXml.parse(parser.parse(readFileSync(path, 'utf8'))).CustomField;
  const type = TYPES[xml.type];
  if (type === undefined || !xml.fullName.endsWith('__c')) return undefined;
  const defaultValue = literalDefault(type, xml.defaultValue);
  // In the Metadata API a number's precision counts all digits, and so it does in describe.
  return fieldDefinition.parse({
    name: xml.fullName,
    label: xml.label,
    type,
    length: xml.length,
    precision: xml.precision,
    scale: xml.scale,
    required: xml.required ?? xml.type === 'MasterDetail',
    unique: xml.unique,
    externalId: xml.externalId,
    caseSensitive: xml.caseSensitive,
    autoNumber: xml.type === 'AutoNumber',
    calculated: xml.formula !== undefined,
    defaultValue,
    helpText: xml.inlineHelpText,
    referenceTo: xml.referenceTo === undefined ? undefined : [xml.referenceTo],
    childRelationshipName: xml.relationshipName,
    restrictedPicklist: xml.valueSet?.restricted,
    picklistValues: xml.valueSet?.valueSetDefinition?.value.map((entry) => ({
      value: entry.fullName,
      label: entry.label ?? entry.fullName,
      defaultValue: entry.default ?? false,
    })),
  });
}

function readObject(name: string, path: string): ObjectDefinition {
  const xml = customObjectXml.parse(parser.parse(readFileSync(path, 'utf8'))).CustomObject;
  const label = xml.label ?? name;
  return {
    name,
    label,
    labelPlural: xml.pluralLabel ?? label,
    customSetting: xml.customSettingsType !== undefined,
    autoNumberName: xml.nameField?.type === 'AutoNumber',
  };
}

/**
 * Reads `objects/<Object>/` of a package in source format: custom objects (`X__c`) and custom fields.
 * A folder that does not exist is a package without objects. Custom metadata types and events are not tables here.
 */
export function readPackageMetadata(objectsFolder: string): PackageMetadata {
  const objects: ObjectDefinition[] = [];
  const fields: { object: string; field: FieldDefinition }[] = [];
  const folders = existsSync(objectsFolder) ? readdirSync(objectsFolder).toSorted() : [];
  for (const object of folders.filter((name) => !name.endsWith('__mdt') && !name.endsWith('__e'))) {
    const objectFile = join(objectsFolder, object, `${object}.object-meta.xml`);
    if (object.endsWith('__c') && existsSync(objectFile)) objects.push(readObject(object, objectFile));
    const fieldsFolder = join(objectsFolder, object, 'fields');
    const files = existsSync(fieldsFolder) ? readdirSync(fieldsFolder).toSorted() : [];
    for (const file of files.filter((name) => name.endsWith('.field-meta.xml'))) {
      const field = readField(join(fieldsFolder, file));
      if (field !== undefined) fields.push({ object, field });
    }
  }
  return { objects, fields };
}
