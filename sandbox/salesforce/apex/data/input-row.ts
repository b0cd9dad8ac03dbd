import type { InputRow } from '../../org/types.ts';
import { ApexList, ApexSObject } from '../runtime/values.ts';
import { toWire } from './wire.ts';

/**
 * What a save sends of a record: every field that it holds and that can be written. A parent record that only names
 * an external id stands for the reference.
 */
export function inputRow(record: ApexSObject, operation: 'insert' | 'update'): InputRow {
  const row: Record<string, unknown> = {};
  for (const [name, value] of record.fields) {
    if (value instanceof ApexList) continue;
    if (value instanceof ApexSObject) {
      const key = value.queried ? undefined : externalKey(value);
      if (key !== undefined) row[name] = key;
      continue;
    }
    const field = record.schema.field(name);
    const isOpen = operation === 'insert' ? field?.createable : field?.updateable;
    // What a query brought along and cannot be written is left out, as the platform does.
    if (isOpen === true || name === 'Id') row[name] = toWire(value);
  }
  // The platform makes up a nickname for a user without one.
  if (operation === 'insert' && record.schema.name === 'User')
    row['CommunityNickname'] ??= `User${String(row['Username'])}`.slice(0, 40);
  return row;
}

function externalKey(parent: ApexSObject): InputRow | undefined {
  const [key] = [...parent.fields].filter(([name]) => {
    const field = parent.schema.field(name);
    return field?.externalId === true || field?.idLookup === true;
  });
  return key === undefined
    ? undefined
    : { attributes: { type: parent.schema.name }, [key[0]]: toWire(key[1]) };
}
