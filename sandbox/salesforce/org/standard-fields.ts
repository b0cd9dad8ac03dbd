import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { standardPicklist } from './picklists.ts';
import { FACT_CORRECTIONS, REFERENCE_TARGETS, STANDARD_OBJECTS } from './standard-objects.ts';
import type { FieldSchema, Value } from './types.ts';

const fact = z.object({
  type: z.string(),
  field_label: z.string().optional(),
  properties: z.string().nullish(),
  required: z.boolean().optional(),
  refersTo: z.string().nullish(),
  relationshipName: z.string().nullish(),
  length: z.coerce.number().optional(),
  precision: z.coerce.number().optional(),
  scale: z.coerce.number().optional(),
  digits: z.coerce.number().optional(),
});
type Fact = z.infer<typeof fact>;

const factsFile = z.object({ objects: z.record(z.string(), z.record(z.string(), fact)) });

const FACTS = factsFile.parse(
  JSON.parse(readFileSync(new URL('../facts/sobjects-v67.json', import.meta.url), 'utf8')),
).objects;

/** Set by Salesforce alone; field-level security does not hide them. */
const SYSTEM_FIELDS: Readonly<Record<string, string>> = {
  Id: 'Defaulted on create, Filter, Group, idLookup, Sort',
  IsDeleted: 'Defaulted on create, Filter, Group, Sort',
  CreatedDate: 'Defaulted on create, Filter, Sort',
  CreatedById: 'Defaulted on create, Filter, Group, Sort',
  LastModifiedDate: 'Defaulted on create, Filter, Sort',
  LastModifiedById: 'Defaulted on create, Filter, Group, Sort',
  SystemModstamp: 'Defaulted on create, Filter, Sort',
};

const ALWAYS_VISIBLE = new Set([...Object.keys(SYSTEM_FIELDS), 'Name', 'OwnerId', 'LastName', 'IsConverted']);

const TYPES: Readonly<Record<string, string>> = { dateTime: 'datetime' };

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

const LENGTHS: Readonly<Record<string, number>> = {
  string: 255,
  picklist: 255,
  combobox: 255,
  email: 80,
  phone: 40,
  url: 255,
  textarea: 255,
  reference: 18,
  id: 18,
};

function defaultFor(
  object: string,
  field: string,
  type: string,
  words: ReadonlySet<string>,
): Value | undefined {
  if (type === 'boolean') return field === 'IsActive' && object === 'User';
  // Counts and sums that the platform keeps begin at nothing.
  if (NUMBERS.has(type) && !words.has('Nillable') && !words.has('Create')) return 0;
  return standardPicklist(object, field).find((entry) => entry.defaultValue)?.value;
}

function referenceOf(field: string, known: Fact): { to: string[]; relationship: string | null } {
  if (known.type !== 'reference') return { to: [], relationship: null };
  const fixed = REFERENCE_TARGETS[field];
  if (fixed !== undefined) return { to: [fixed.to], relationship: fixed.relationship };
  const targets = (known.refersTo ?? '').split(',').map((target) => target.trim());
  return {
    to: targets.filter((target) => target in STANDARD_OBJECTS),
    relationship: known.relationshipName ?? null,
  };
}

function fieldOf(object: string, name: string, known: Fact): FieldSchema {
  const words =
    SYSTEM_FIELDS[name] ?? FACT_CORRECTIONS[object]?.[name] ?? known.properties ?? 'Filter, Nillable, Sort';
  const has = new Set(words.split(',').map((word) => word.trim()));
  const type = TYPES[known.type] ?? known.type;
  const defaultValue = defaultFor(object, name, type, has);
  const companyOfLead = object === 'Lead' && name === 'Company';
  const filled = has.has('Nillable') || has.has('Defaulted on create') || defaultValue !== undefined;
  const requiredOnCreate = companyOfLead || (has.has('Create') && !filled);
  const reference = referenceOf(name, known);
  const isNumber = type === 'double' || type === 'currency' || type === 'percent';
  return {
    name,
    label: known.field_label ?? name,
    type,
    length: isNumber || type === 'boolean' || type === 'int' ? 0 : (known.length ?? LENGTHS[type] ?? 0),
    precision: known.precision ?? (isNumber ? 18 : 0),
    scale: known.scale ?? 0,
    ...(type === 'int' ? { digits: known.digits ?? 9 } : {}),
    nillable: has.has('Nillable') && !companyOfLead,
    createable: has.has('Create'),
    updateable: has.has('Update'),
    defaultedOnCreate: has.has('Defaulted on create'),
    calculated: false,
    custom: false,
    externalId: false,
    idLookup: has.has('idLookup'),
    unique: object === 'User' && name === 'Username',
    caseSensitive: false,
    restrictedPicklist: has.has('Restricted picklist'),
    picklistValues: standardPicklist(object, name),
    referenceTo: reference.to,
    relationshipName: reference.relationship,
    filterable: has.has('Filter'),
    sortable: has.has('Sort'),
    groupable: has.has('Group'),
    requiredOnCreate,
    permissionable: !(ALWAYS_VISIBLE.has(name) || requiredOnCreate),
    ...(defaultValue === undefined ? {} : { defaultValue }),
  };
}

/** The fields of a standard object in the order an org lists them. Unknown names in the list fail loudly. */
export function standardFields(object: string): FieldSchema[] {
  const listed = STANDARD_OBJECTS[object]?.fields.split(/\s+/) ?? [];
  const facts = FACTS[object];
  return listed.map((name) => {
    const known =
      facts?.[name] ?? (name === 'IsDeleted' ? { type: 'boolean', field_label: 'Deleted' } : undefined);
    if (known === undefined) throw new Error(`No published facts about ${object}.${name}`);
    return fieldOf(object, name, known);
  });
}
