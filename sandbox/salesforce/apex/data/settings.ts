import type { SObjectSchema } from '../../org/types.ts';
import { raise } from '../runtime/errors.ts';
import type { Frame } from '../runtime/frame.ts';
import { ApexSObject } from '../runtime/values.ts';
import { fromWire } from './wire.ts';

/** The hierarchy setting that belongs to exactly this owner, or undefined. */
export function ownSetting(schema: SObjectSchema, owner: string, frame: Frame): ApexSObject | undefined {
  if (schema.field('SetupOwnerId') === undefined)
    raise('SObjectException', `${schema.name} is no custom setting`);
  const table = frame.transaction.host.org.table(schema.name);
  for (const row of table?.rows() ?? []) {
    if (row['SetupOwnerId'] !== owner || row['IsDeleted'] === true) continue;
    const record = new ApexSObject(schema);
    for (const field of schema.fields) record.fields.set(field.name, fromWire(field, row[field.name]));
    return record;
  }
  return undefined;
}

/**
 * A hierarchy custom setting for an owner: the owner's own, else the profile's, else the org's; without any of them a
 * new record with the defaults, as the platform answers.
 */
export function settingOf(schema: SObjectSchema, owner: string, frame: Frame): ApexSObject {
  const { org } = frame.transaction.host;
  const profile = org.table('User')?.get(owner)?.['ProfileId'];
  const owners = [owner, typeof profile === 'string' ? profile : undefined, org.id];
  for (const candidate of owners) {
    const found = candidate === undefined ? undefined : ownSetting(schema, candidate, frame);
    if (found !== undefined) return found;
  }
  const fresh = new ApexSObject(schema);
  if (owner === org.id) fresh.fields.set('SetupOwnerId', owner);
  for (const field of schema.fields) {
    if (field.custom && field.defaultValue !== undefined)
      fresh.fields.set(field.name, fromWire(field, field.defaultValue));
  }
  return fresh;
}
