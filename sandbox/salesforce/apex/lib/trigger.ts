import type { TriggerContext } from '../data/trigger-context.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexEnum, ApexList, ApexMap } from '../runtime/values.ts';
import type { ApexSObject, Value } from '../runtime/values.ts';
import { recordType } from '../types/sobject-members.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { ID, listOf, mapOf, Type } from '../types/type.ts';
import { put } from './collections.ts';

const OPERATIONS = [
  'BEFORE_INSERT',
  'BEFORE_UPDATE',
  'BEFORE_DELETE',
  'AFTER_INSERT',
  'AFTER_UPDATE',
  'AFTER_DELETE',
  'AFTER_UNDELETE',
];

const of =
  (read: (context: TriggerContext, frame: Frame) => Value, otherwise: Value): NativeCode =>
  (_, __, frame) => {
    const context = frame.transaction.triggers.at(-1);
    return context === undefined ? otherwise : read(context, frame);
  };

function listed(records: readonly ApexSObject[] | undefined, context: TriggerContext): Value {
  return records === undefined ? null : new ApexList(listOf(recordType(context.schema)), [...records]);
}

function mapped(records: readonly ApexSObject[] | undefined, context: TriggerContext, frame: Frame): Value {
  if (records === undefined || (context.timing === 'before' && context.operation === 'insert')) return null;
  const made = new ApexMap(mapOf(ID, recordType(context.schema)));
  for (const record of records) put(made, record.id, record, frame);
  return made;
}

const get = (
  read: (context: TriggerContext, frame: Frame) => Value,
  otherwise: Value = null,
): { get: NativeCode } => ({ get: of(read, otherwise) });

export const triggerTypes = [
  nativeType('TriggerOperation', {}, { constants: OPERATIONS }),
  nativeType(
    'Trigger',
    {},
    {
      properties: {
        'static List<SObject> new': get((context) => listed(context.newRecords, context)),
        'static List<SObject> old': get((context) => listed(context.oldRecords, context)),
        'static Map<Id, SObject> newMap': get((context, frame) => mapped(context.newRecords, context, frame)),
        'static Map<Id, SObject> oldMap': get((context, frame) => mapped(context.oldRecords, context, frame)),
        'static Boolean isExecuting': get(() => true, false),
        'static Boolean isBefore': get(({ timing }) => timing === 'before', false),
        'static Boolean isAfter': get(({ timing }) => timing === 'after', false),
        'static Boolean isInsert': get(({ operation }) => operation === 'insert', false),
        'static Boolean isUpdate': get(({ operation }) => operation === 'update', false),
        'static Boolean isDelete': get(({ operation }) => operation === 'delete', false),
        'static Boolean isUndelete': get(({ operation }) => operation === 'undelete', false),
        'static Integer size': get(
          ({ newRecords, oldRecords }) => (newRecords ?? oldRecords ?? []).length,
          0,
        ),
        'static TriggerOperation operationType': get((context, frame) => {
          const name = `${context.timing}_${context.operation}`.toUpperCase();
          const native = frame.transaction.program.native('TriggerOperation');
          const type = new Type('native', 'TriggerOperation', { ...(native && { native }) });
          return new ApexEnum(type, name, OPERATIONS.indexOf(name));
        }),
      },
    },
  ),
];
