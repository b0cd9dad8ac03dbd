import { z } from 'zod';
import { picklistOf } from './picklists.ts';
import type { FieldSchema } from './types.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A custom field in describe's words: what the fields control door takes and what package metadata becomes. */
export const fieldDefinition = z.object({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/),
  label: z.string().optional(),
  type: z.enum([
    'string',
    'textarea',
    'boolean',
    'int',
    'double',
    'currency',
    'percent',
    'date',
    'datetime',
    'time',
    'email',
    'phone',
    'url',
    'picklist',
    'multipicklist',
    'reference',
    'encryptedstring',
  ]),
  length: z.number().int().positive().optional(),
  precision: z.number().int().positive().optional(),
  scale: z.number().int().nonnegative().optional(),
  picklistValues: z
    .array(
      z.union([z.string(), z.object({ value: z.string(), label: z.string(), defaultValue: z.boolean() })]),
    )
    .optional(),
  restrictedPicklist: z.boolean().optional(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  externalId: z.boolean().optional(),
  caseSensitive: z.boolean().optional(),
  autoNumber: z.boolean().optional(),
  defaultValue: value.optional(),
  referenceTo: z.array(z.string()).optional(),
  relationshipName: z.string().optional(),
  /** Without the `__r` that custom relationships carry. */
  childRelationshipName: z.string().optional(),
  helpText: z.string().optional(),
  calculated: z.boolean().optional(),
  formula: z.union([z.object({ copyOf: z.string() }), z.object({ template: z.string() })]).optional(),
});
export type FieldDefinition = z.infer<typeof fieldDefinition>;

const LENGTHS: Readonly<Partial<Record<FieldDefinition['type'], number>>> = {
  string: 255,
  textarea: 255,
  email: 80,
  phone: 40,
  url: 255,
  picklist: 255,
  multipicklist: 4099,
  reference: 18,
  encryptedstring: 175,
};

const NUMBERS = new Set<string>(['double', 'currency', 'percent']);
const NOT_GROUPABLE = new Set<string>(['double', 'currency', 'percent', 'datetime', 'time', 'multipicklist']);

function picklistEntries(definition: FieldDefinition): FieldSchema['picklistValues'] {
  return (definition.picklistValues ?? []).flatMap((entry) =>
    typeof entry === 'string' ? picklistOf(entry) : [{ ...entry, active: true }],
  );
}

/** The describe attributes of a custom field. */
export function customField(definition: FieldDefinition): FieldSchema {
  const { name, type } = definition;
  const calculated = definition.formula !== undefined || definition.calculated === true;
  const writable = !calculated && definition.autoNumber !== true;
  const required = definition.required === true && writable;
  const picklistValues = picklistEntries(definition);
  const defaultValue =
    definition.defaultValue ??
    picklistValues.find((entry) => entry.defaultValue)?.value ??
    (type === 'boolean' ? false : undefined);
  const length = definition.length ?? LENGTHS[type] ?? 0;
  const longText = type === 'textarea' && length > 255;
  const searchable = !longText && type !== 'encryptedstring';
  return {
    name,
    label: definition.label ?? name.replace(/__c$/, '').replaceAll('_', ' '),
    type,
    length,
    precision: NUMBERS.has(type) ? (definition.precision ?? 18) : 0,
    scale: NUMBERS.has(type) ? (definition.scale ?? 0) : 0,
    ...(type === 'int' ? { digits: definition.precision ?? 9 } : {}),
    nillable: type !== 'boolean' && !required,
    createable: writable,
    updateable: writable,
    defaultedOnCreate: defaultValue !== undefined && writable,
    calculated,
    custom: true,
    externalId: definition.externalId ?? false,
    idLookup: definition.externalId ?? false,
    unique: definition.unique ?? false,
    caseSensitive: definition.caseSensitive ?? false,
    restrictedPicklist: definition.restrictedPicklist ?? false,
    picklistValues,
    referenceTo: definition.referenceTo ?? [],
    relationshipName:
      type === 'reference' ? (definition.relationshipName ?? name.replace(/__c$/, '__r')) : null,
    filterable: searchable,
    sortable: searchable && type !== 'multipicklist',
    groupable: searchable && !NOT_GROUPABLE.has(type),
    requiredOnCreate: required && defaultValue === undefined,
    permissionable: !required,
    ...(defaultValue === undefined || !writable ? {} : { defaultValue }),
    ...(definition.formula === undefined ? {} : { formula: definition.formula }),
    ...(definition.autoNumber === true ? { autoNumber: true } : {}),
    ...(definition.helpText === undefined ? {} : { helpText: definition.helpText }),
  };
}
