import type { SObjectSchema } from '../../org/types.ts';
import { raise } from '../runtime/errors.ts';
import { ApexList, ApexSObject } from '../runtime/values.ts';
import type { Value } from '../runtime/values.ts';
import type { SObjectMember } from '../types/sobject-members.ts';

/**
 * What a record holds under a member's name.
 * @throws ApexFailure SObjectException for a field that the record's query left out.
 */
export function readMember(record: ApexSObject, member: SObjectMember): Value {
  const held = record.fields.get(member.name);
  if (held !== undefined) return held;
  if (member.kind === 'children') return new ApexList(member.type);
  if (record.queried && member.name !== 'Id' && record.schema.name !== 'AggregateResult') {
    return raise(
      'SObjectException',
      `SObject row was retrieved via SOQL without querying the requested field: ${record.schema.name}.${member.name}`,
    );
  }
  // Checkboxes are never null.
  return member.kind === 'field' && member.type.key === 'boolean' ? false : null;
}

/** @throws ApexFailure for a record that a trigger may not change. */
export function writeMember(record: ApexSObject, member: SObjectMember, value: Value): void {
  if (record.readOnly) raise('FinalException', 'Record is read-only');
  if (member.kind === 'children') raise('SObjectException', `Field is not writeable: ${member.name}`);
  record.fields.set(member.name, value);
}

/** A copy that shares nothing but the values themselves. */
export function copyRecord(record: ApexSObject, schema: SObjectSchema = record.schema): ApexSObject {
  const copy = new ApexSObject(schema);
  for (const [name, value] of record.fields) copy.fields.set(name, value);
  copy.queried = record.queried;
  return copy;
}
