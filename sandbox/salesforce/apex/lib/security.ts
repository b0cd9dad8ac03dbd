import { accessTo } from '../../org/access.ts';
import { copyRecord } from '../data/records.ts';
import { list, sobject, state, text } from '../runtime/read.ts';
import { ApexEnum, ApexList, ApexMap, ApexNative, ApexSet, ApexSObject } from '../runtime/values.ts';
import { nativeType } from '../types/native.ts';
import type { NativeCode } from '../types/native.ts';
import { mapOf, setOf, STRING } from '../types/type.ts';

/** Behind an `SObjectAccessDecision`. */
class Decision {
  readonly records: ApexList;
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(records: ApexList, removed: Decision['removed']) {
    this.records = records;
    this.removed = removed;
  }
}

const strip: NativeCode = (_, [access, given], frame) => {
  const wanted = access instanceof ApexEnum ? access.name : 'READABLE';
  const removed = new Map<string, Set<string>>();
  const clean = (record: ApexSObject): ApexSObject => {
    const copy = copyRecord(record);
    for (const [name, value] of record.fields) {
      if (value instanceof ApexSObject) copy.fields.set(name, clean(value));
      const field = record.schema.field(name);
      if (field === undefined || name === 'Id') continue;
      const own = accessTo(frame.transaction.user, record.schema, field);
      const open = wanted === 'READABLE' || (wanted === 'CREATABLE' ? field.createable : field.updateable);
      if ((own === 'edit' && open) || (own === 'read' && wanted === 'READABLE')) continue;
      copy.fields.delete(name);
      removed.set(record.schema.name, (removed.get(record.schema.name) ?? new Set()).add(name));
    }
    return copy;
  };
  const own = list(given);
  return new ApexNative(
    'SObjectAccessDecision',
    new Decision(
      new ApexList(
        own.type,
        own.items.map((item) => clean(sobject(item))),
      ),
      removed,
    ),
  );
};

export const securityTypes = [
  nativeType('AccessType', {}, { constants: ['READABLE', 'CREATABLE', 'UPDATABLE', 'UPSERTABLE'] }),
  nativeType('Security', {
    'static SObjectAccessDecision stripInaccessible(AccessType access, List<SObject> records)': strip,
  }),
  nativeType('SObjectAccessDecision', {
    'List<SObject> getRecords()': (self) => state(self, Decision).records,
    'Map<String, Set<String>> getRemovedFields()': (self) => {
      const made = new ApexMap(mapOf(STRING, setOf(STRING)));
      for (const [object, fields] of state(self, Decision).removed) {
        const names = new ApexSet(setOf(STRING));
        for (const field of fields) names.entries.set(field, field);
        made.entries.set(object, { key: object, value: names });
      }
      return made;
    },
  }),
  nativeType('FeatureManagement', {
    'static Boolean checkPermission(String name)': (_, [name], frame) =>
      frame.transaction.host.hasPermission(frame.transaction.user, text(name)),
  }),
];
