import type { FieldSchema, SObjectSchema } from '../../org/types.ts';
import { accessTo, objectAccess } from '../../org/access.ts';
import { fieldToken, FieldToken, objectToken, ObjectToken } from '../data/tokens.ts';
import { keyOf } from '../runtime/equality.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { list, state, text } from '../runtime/read.ts';
import { ApexEnum, ApexList, ApexMap, ApexNative, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { listOf, mapOf, STRING, Type } from '../types/type.ts';

const DISPLAY_TYPES = [
  'ADDRESS',
  'ANYTYPE',
  'BASE64',
  'BOOLEAN',
  'COMBOBOX',
  'CURRENCY',
  'DATE',
  'DATETIME',
  'DOUBLE',
  'EMAIL',
  'ENCRYPTEDSTRING',
  'ID',
  'INTEGER',
  'LONG',
  'MULTIPICKLIST',
  'PERCENT',
  'PHONE',
  'PICKLIST',
  'REFERENCE',
  'STRING',
  'TEXTAREA',
  'TIME',
  'URL',
];

/** Behind a `PicklistEntry`. */
class Entry {
  readonly entry: FieldSchema['picklistValues'][number];

  constructor(entry: FieldSchema['picklistValues'][number]) {
    this.entry = entry;
  }
}

const native = (name: string): Type => new Type('native', name);
const objectOf = (self: Value): SObjectSchema => state(self, ObjectToken).schema;
const fieldOf = (self: Value): FieldToken => state(self, FieldToken);
const described = (schema: SObjectSchema): ApexNative =>
  new ApexNative('DescribeSObjectResult', new ObjectToken(schema));

/** Tokens by lower-case name; `get` of these maps takes any letter case. */
function tokens(names: readonly (readonly [string, ApexNative])[], type: string, frame: Frame): ApexMap {
  const made = new ApexMap(mapOf(STRING, native(type)));
  made.ignoresCase = true;
  for (const [name, token] of names)
    made.entries.set(keyOf(name.toLowerCase(), frame), { key: name.toLowerCase(), value: token });
  return made;
}

function displayType(field: FieldSchema, frame: Frame): ApexEnum {
  const name = field.type === 'int' ? 'INTEGER' : field.type.toUpperCase();
  const own = frame.transaction.program.native('DisplayType');
  return new ApexEnum(
    new Type('native', 'DisplayType', { ...(own && { native: own }) }),
    name,
    DISPLAY_TYPES.indexOf(name),
  );
}

/** Whether the running user's access to a field is enough. */
function grants(wanted: 'read' | 'edit', open: (field: FieldSchema) => boolean): NativeCode {
  return (self, _, frame) => {
    const { schema, field } = fieldOf(self);
    const access = accessTo(frame.transaction.user, schema, field);
    return open(field) && (access === 'edit' || (wanted === 'read' && access === 'read'));
  };
}

const flag =
  (read: (field: FieldSchema) => boolean): NativeCode =>
  (self) =>
    read(fieldOf(self).field);
const allows =
  (operation: 'read' | 'create' | 'edit' | 'delete'): NativeCode =>
  (self, _, frame) =>
    objectAccess(frame.transaction.user, objectOf(self).name)[operation];

export const describeTypes = [
  nativeType('DisplayType', {}, { constants: DISPLAY_TYPES }),
  nativeType('Schema', {
    'static Map<String, SObjectType> getGlobalDescribe()': (_, __, frame) =>
      tokens(
        frame.transaction.program.schema.objects().map((schema) => [schema.name, objectToken(schema)]),
        'SObjectType',
        frame,
      ),
    'static List<DescribeSObjectResult> describeSObjects(List<String> names)': (_, [names], frame) =>
      new ApexList(
        listOf(native('DescribeSObjectResult')),
        list(names).items.map((name) => {
          const schema = frame.transaction.program.schema.object(text(name));
          return schema === undefined
            ? raise('InvalidParameterValueException', `sObject type '${text(name)}' is not supported.`)
            : described(schema);
        }),
      ),
  }),
  nativeType('SObjectDescribeOptions', {}, { constants: ['DEFAULT', 'DEFERRED', 'FULL'] }),
  nativeType('SObjectType', {
    'DescribeSObjectResult getDescribe()': (self) => described(objectOf(self)),
    // When child relationships are loaded makes no difference here.
    'DescribeSObjectResult getDescribe(SObjectDescribeOptions options)': (self) => described(objectOf(self)),
    'SObject newSObject()': (self) => new ApexSObject(objectOf(self)),
    'SObject newSObject(Id recordId)': (self, [recordId]) => {
      const record = new ApexSObject(objectOf(self));
      record.fields.set('Id', text(recordId));
      return record;
    },
    'String toString()': (self) => objectOf(self).name,
  }),
  nativeType(
    'DescribeSObjectResult',
    {
      'String getName()': (self) => objectOf(self).name,
      'String getLocalName()': (self) => objectOf(self).name,
      'String getLabel()': (self) => objectOf(self).label,
      'String getLabelPlural()': (self) => objectOf(self).labelPlural,
      'String getKeyPrefix()': (self) => objectOf(self).keyPrefix,
      'SObjectType getSObjectType()': (self) => objectToken(objectOf(self)),
      'Boolean isCustom()': (self) => objectOf(self).custom,
      'Boolean isAccessible()': allows('read'),
      'Boolean isCreateable()': allows('create'),
      'Boolean isUpdateable()': allows('edit'),
      'Boolean isDeletable()': allows('delete'),
      'Boolean isQueryable()': allows('read'),
    },
    {
      properties: {
        'DescribeFieldMap fields': {
          get: (self) => new ApexNative('DescribeFieldMap', new ObjectToken(objectOf(self))),
        },
      },
    },
  ),
  nativeType('DescribeFieldMap', {
    'Map<String, SObjectField> getMap()': (self, _, frame) => {
      const schema = objectOf(self);
      return tokens(
        schema.fields.map((field) => [field.name, fieldToken(schema, field)]),
        'SObjectField',
        frame,
      );
    },
  }),
  nativeType('SObjectField', {
    'DescribeFieldResult getDescribe()': (self) => new ApexNative('DescribeFieldResult', fieldOf(self)),
    'String toString()': (self) => fieldOf(self).field.name,
  }),
  nativeType('DescribeFieldResult', {
    'String getName()': (self) => fieldOf(self).field.name,
    'String getLocalName()': (self) => fieldOf(self).field.name,
    'String getLabel()': (self) => fieldOf(self).field.label,
    'Integer getLength()': (self) => fieldOf(self).field.length,
    'Integer getPrecision()': (self) => fieldOf(self).field.precision,
    'Integer getScale()': (self) => fieldOf(self).field.scale,
    'DisplayType getType()': (self, _, frame) => displayType(fieldOf(self).field, frame),
    'SObjectField getSObjectField()': (self) => fieldToken(fieldOf(self).schema, fieldOf(self).field),
    'String getInlineHelpText()': (self) => fieldOf(self).field.helpText ?? null,
    'String getRelationshipName()': (self) => fieldOf(self).field.relationshipName,
    'List<SObjectType> getReferenceTo()': (self, _, frame) => {
      const { schema } = frame.transaction.program;
      const found = fieldOf(self).field.referenceTo.flatMap((name) => schema.object(name) ?? []);
      return new ApexList(listOf(native('SObjectType')), found.map(objectToken));
    },
    'List<PicklistEntry> getPicklistValues()': (self) =>
      new ApexList(
        listOf(native('PicklistEntry')),
        fieldOf(self).field.picklistValues.map((entry) => new ApexNative('PicklistEntry', new Entry(entry))),
      ),
    'Boolean isAccessible()': grants('read', () => true),
    'Boolean isCreateable()': grants('edit', (field) => field.createable),
    'Boolean isUpdateable()': grants('edit', (field) => field.updateable),
    'Boolean isNillable()': flag((field) => field.nillable),
    'Boolean isCalculated()': flag((field) => field.calculated),
    'Boolean isCustom()': flag((field) => field.custom),
    'Boolean isExternalId()': flag((field) => field.externalId),
    'Boolean isUnique()': flag((field) => field.unique),
    'Boolean isIdLookup()': flag((field) => field.idLookup),
    'Boolean isFilterable()': flag((field) => field.filterable),
    'Boolean isSortable()': flag((field) => field.sortable),
    'Boolean isRestrictedPicklist()': flag((field) => field.restrictedPicklist),
  }),
  nativeType('PicklistEntry', {
    'String getValue()': (self) => state(self, Entry).entry.value,
    'String getLabel()': (self) => state(self, Entry).entry.label,
    'Boolean isActive()': (self) => state(self, Entry).entry.active,
    'Boolean isDefaultValue()': (self) => state(self, Entry).entry.defaultValue,
  }),
];
