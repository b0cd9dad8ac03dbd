import { AggregateRow } from '../data/query.ts';
import { copyRecord, readMember, writeMember } from '../data/records.ts';
import { ownSetting, settingOf } from '../data/settings.ts';
import { FieldToken, objectToken } from '../data/tokens.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { sobject, state, text, truth, typeValue } from '../runtime/read.ts';
import { ApexMap, ApexNative, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import { conversion } from '../types/conversions.ts';
import { isInstance, typeOf } from '../types/runtime-type.ts';
import { sobjectMember } from '../types/sobject-members.ts';
import type { SObjectMember } from '../types/sobject-members.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { mapOf, OBJECT, STRING } from '../types/type.ts';
import { put } from './collections.ts';

function memberOf(record: ApexSObject, name: string, frame: Frame): SObjectMember {
  const member = sobjectMember(record.schema, name, frame.transaction.program);
  return member ?? raise('SObjectException', `Invalid field ${name} for ${record.schema.name}`);
}

function nameOf(field: Value | undefined): string {
  return field instanceof ApexNative ? state(field, FieldToken).field.name : text(field);
}

const get: NativeCode = (self, [field], frame) => {
  const record = sobject(self);
  return readMember(record, memberOf(record, nameOf(field), frame));
};

const set: NativeCode = (self, [field, value = null], frame) => {
  const record = sobject(self);
  const member = memberOf(record, nameOf(field), frame);
  const before = record.fields.get(member.name) ?? null;
  const step =
    value === null || isInstance(value, member.type) ? undefined : conversion(typeOf(value), member.type);
  if (value !== null && step === undefined && !isInstance(value, member.type)) {
    return raise(
      'SObjectException',
      `Illegal assignment from ${typeOf(value).toString()} to ${member.type.toString()}`,
    );
  }
  const fitting =
    member.type.key === 'id' || step?.apply !== undefined
      ? (conversion(typeOf(value ?? ''), member.type)?.apply?.(value) ?? value)
      : value;
  writeMember(record, member, fitting);
  return before;
};

const clone: NativeCode = (self, [keepId, , keepStamps]) => {
  const copy = copyRecord(sobject(self));
  if (keepId !== true) copy.fields.delete('Id');
  copy.queried = sobject(self).queried && keepId === true;
  if (keepStamps !== true)
    for (const stamp of ['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'])
      copy.fields.delete(stamp);
  return copy;
};

const refuse: NativeCode = (self, args, frame) => {
  const message = args.at(-1);
  const field =
    args.length > 1 && args[0] !== undefined && !(typeof args[0] === 'boolean') ? nameOf(args[0]) : undefined;
  const shown =
    message !== undefined && message !== null && typeof message === 'object' && 'failure' in message
      ? (message.failure?.message ?? '')
      : text(message);
  const record = sobject(self);
  frame.transaction.refuse(
    record,
    shown,
    field === undefined ? undefined : memberOf(record, field, frame).name,
  );
  return null;
};

const owned: NativeCode = (self, [owner], frame) => {
  const schema = typeValue(self).of.sobject;
  return schema === undefined
    ? raise('SObjectException', 'No custom setting')
    : settingOf(schema, owner === undefined ? frame.transaction.user.id : text(owner), frame);
};

export const sobjectTypes = [
  nativeType('SObject', {
    'Object get(String field)': get,
    'Object get(SObjectField field)': get,
    'Object put(String field, Object value)': set,
    'Object put(SObjectField field, Object value)': set,
    'SObject getSObject(String relation)': get,
    'void putSObject(String relation, SObject parent)': (self, [relation, parent = null], frame) => {
      writeMember(sobject(self), memberOf(sobject(self), text(relation), frame), parent);
      return null;
    },
    'List<SObject> getSObjects(String relation)': get,
    'SObjectType getSObjectType()': (self) => objectToken(sobject(self).schema),
    'Map<String, Object> getPopulatedFieldsAsMap()': (self, _, frame) => {
      const made = new ApexMap(mapOf(STRING, OBJECT));
      for (const [name, value] of sobject(self).fields) put(made, name, value, frame);
      return made;
    },
    'Boolean isSet(String field)': (self, [field], frame) =>
      sobject(self).fields.has(memberOf(sobject(self), nameOf(field), frame).name),
    'Boolean isSet(SObjectField field)': (self, [field], frame) =>
      sobject(self).fields.has(memberOf(sobject(self), nameOf(field), frame).name),
    'SELF clone()': clone,
    'SELF clone(Boolean keepId)': clone,
    'SELF clone(Boolean keepId, Boolean deep)': clone,
    'SELF clone(Boolean keepId, Boolean deep, Boolean keepStamps)': clone,
    'SELF clone(Boolean keepId, Boolean deep, Boolean keepStamps, Boolean keepNumber)': clone,
    'void addError(String message)': refuse,
    'void addError(Exception error)': refuse,
    'void addError(String message, Boolean escape)': (self, [message, escape], frame) => {
      truth(escape);
      return refuse(self, [message ?? null], frame);
    },
    'void addError(SObjectField field, String message)': refuse,
  }),
  nativeType('CustomSetting', {
    'static SELF getOrgDefaults()': (self, _, frame) => owned(self, [frame.transaction.host.org.id], frame),
    'static SELF getInstance()': (self, _, frame) => owned(self, [], frame),
    'static SELF getInstance(Id owner)': owned,
    'static SELF getValues(Id owner)': (self, [owner], frame) => {
      const schema = typeValue(self).of.sobject;
      return schema === undefined ? null : (ownSetting(schema, text(owner), frame) ?? null);
    },
  }),
  nativeType('AggregateResult', {
    'Object get(String alias)': (self, [alias]) => {
      const { values } = state(self, AggregateRow);
      const value = values.get(text(alias).toLowerCase());
      return value === undefined
        ? raise('SObjectException', `Invalid field ${text(alias)} for AggregateResult`)
        : value;
    },
  }),
];
