import { customField } from './custom-fields.ts';
import type { FieldDefinition } from './custom-fields.ts';
import { readPackageMetadata } from './package-metadata.ts';
import type { ObjectDefinition } from './package-metadata.ts';
import { standardFields } from './standard-fields.ts';
import { CHILD_RELATIONSHIPS, STANDARD_OBJECTS } from './standard-objects.ts';
import type { FieldSchema, SchemaRegistry, SObjectSchema } from './types.ts';

interface ObjectTraits {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly customSetting: boolean;
  readonly readOnly: boolean;
}

/** One sObject: its traits, and fields that may grow while the org runs. */
export class SObjectDefinition implements SObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string | null;
  readonly custom: boolean;
  readonly customSetting: boolean;
  readonly readOnly: boolean;
  childRelationships: { childSObject: string; field: string; relationshipName: string }[] = [];
  private list: FieldSchema[];
  private byName: Map<string, FieldSchema>;
  private sealed:
    { fields: FieldSchema[]; childRelationships: SObjectDefinition['childRelationships'] } | undefined;

  constructor(traits: ObjectTraits, fields: readonly FieldSchema[]) {
    this.name = traits.name;
    this.label = traits.label;
    this.labelPlural = traits.labelPlural;
    this.keyPrefix = traits.keyPrefix;
    this.custom = traits.custom;
    this.customSetting = traits.customSetting;
    this.readOnly = traits.readOnly;
    this.list = [...fields];
    this.byName = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  }

  get fields(): readonly FieldSchema[] {
    return this.list;
  }

  field(name: string): FieldSchema | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** Adds a field, or replaces the one of that name. */
  put(field: FieldSchema): void {
    const key = field.name.toLowerCase();
    const at = this.list.findIndex((known) => known.name.toLowerCase() === key);
    if (at < 0) this.list.push(field);
    else this.list[at] = field;
    this.byName.set(key, field);
  }

  /** Takes the present fields as those that `restore` goes back to. */
  seal(): void {
    this.sealed = { fields: [...this.list], childRelationships: [...this.childRelationships] };
  }

  restore(): void {
    if (this.sealed === undefined) return;
    this.list = [...this.sealed.fields];
    this.byName = new Map(this.list.map((field) => [field.name.toLowerCase(), field]));
    this.childRelationships = [...this.sealed.childRelationships];
  }
}

/** Child relationships of references that other objects do not name themselves. */
function childRelationshipName(
  child: string,
  field: FieldSchema,
  custom: FieldDefinition | undefined,
): string | undefined {
  if (!field.custom) return CHILD_RELATIONSHIPS[`${child}.${field.name}`];
  return custom?.childRelationshipName === undefined ? undefined : `${custom.childRelationshipName}__r`;
}

/** What an org knows about its objects: standard ones, the package's own, and what is added while it runs. */
export class OrgSchema implements SchemaRegistry {
  private readonly byName = new Map<string, SObjectDefinition>();
  private readonly listeners: ((object: string, field: FieldSchema) => void)[] = [];

  object(name: string): SObjectDefinition | undefined {
    return this.byName.get(name.toLowerCase());
  }

  objects(): readonly SObjectDefinition[] {
    return [...this.byName.values()];
  }

  /** The object whose records' ids begin with these three characters. */
  objectOfPrefix(prefix: string): SObjectDefinition | undefined {
    return this.objects().find((object) => object.keyPrefix === prefix);
  }

  /** Calls back for every field that `addField` adds. */
  onFieldAdded(listener: (object: string, field: FieldSchema) => void): void {
    this.listeners.push(listener);
  }

  /**
   * Defines a custom field while the org runs.
   * @throws Error for an unknown object.
   */
  addField(object: string, definition: FieldDefinition): FieldSchema {
    const target = this.object(object);
    if (target === undefined) throw new Error(`No such object: ${object}`);
    const field = customField(definition);
    target.put(field);
    this.relate(target.name, field, definition);
    for (const listener of this.listeners) listener(target.name, field);
    return field;
  }

  /** Drops what was added since the schema was made. */
  reset(): void {
    for (const object of this.byName.values()) object.restore();
  }

  /** Adds a whole object. */
  addObject(object: SObjectDefinition): void {
    this.byName.set(object.name.toLowerCase(), object);
    for (const field of object.fields) this.relate(object.name, field, undefined);
  }

  /** Tells the parents of a reference about their children; parents that come later ask again in `relateAll`. */
  private relate(child: string, field: FieldSchema, definition: FieldDefinition | undefined): void {
    const relationshipName = childRelationshipName(child, field, definition);
    if (relationshipName === undefined) return;
    for (const target of field.referenceTo) {
      const parent = this.object(target);
      if (parent === undefined) continue;
      const others = parent.childRelationships.filter(
        (known) => known.childSObject !== child || known.field !== field.name,
      );
      parent.childRelationships = [...others, { childSObject: child, field: field.name, relationshipName }];
    }
  }

  /** Derives every parent's child relationships once all standard objects are known. */
  relateAll(): void {
    for (const object of this.objects())
      for (const field of object.fields) this.relate(object.name, field, undefined);
  }
}

const SYSTEM_OF_CUSTOM_OBJECTS =
  'Id OwnerId IsDeleted Name CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp';

/** A custom object's own fields stand in for those that every object has, taken from Account. */
function customObject(definition: ObjectDefinition, keyPrefix: string): SObjectDefinition {
  const account = new Map(standardFields('Account').map((field) => [field.name, field]));
  const fields = SYSTEM_OF_CUSTOM_OBJECTS.split(' ').flatMap((name) => {
    const field = account.get(name);
    if (field === undefined || (name === 'OwnerId' && definition.customSetting)) return [];
    if (name !== 'Name') return [field];
    const autoNumber = definition.autoNumberName;
    const named = {
      ...field,
      label: `${definition.label} Name`,
      length: 80,
      idLookup: true,
      requiredOnCreate: false,
    };
    return [{ ...named, autoNumber, createable: !autoNumber, updateable: !autoNumber, nillable: true }];
  });
  const owner = customField({
    name: 'SetupOwnerId',
    type: 'reference',
    referenceTo: ['Organization', 'Profile', 'User'],
  });
  const settingOwner = {
    ...owner,
    custom: false,
    permissionable: false,
    relationshipName: 'SetupOwner',
    nillable: false,
  };
  return new SObjectDefinition(
    { ...definition, keyPrefix, custom: true, readOnly: false },
    definition.customSetting ? [...fields, settingOwner] : fields,
  );
}

/**
 * The schema of an org with the package installed.
 * @param packageObjects the package's `objects` folder; it may be absent.
 */
export function createSchema(packageObjects?: string): OrgSchema {
  const schema = new OrgSchema();
  for (const [name, object] of Object.entries(STANDARD_OBJECTS)) {
    const traits = { name, custom: false, customSetting: false, readOnly: false, ...object };
    schema.addObject(new SObjectDefinition(traits, standardFields(name)));
  }
  schema.relateAll();
  const metadata =
    packageObjects === undefined ? { objects: [], fields: [] } : readPackageMetadata(packageObjects);
  metadata.objects.forEach((definition, index) => {
    schema.addObject(customObject(definition, `a${index.toString(36).padStart(2, '0')}`));
  });
  for (const { object, field } of metadata.fields) {
    if (schema.object(object) !== undefined) schema.addField(object, field);
  }
  for (const object of schema.objects()) object.seal();
  return schema;
}
