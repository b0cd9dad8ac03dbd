import type { TriggerEvent, TriggerOperation } from '../../org/triggers.ts';
import type { Row, SObjectSchema } from '../../org/types.ts';
import { ApexSObject } from '../runtime/values.ts';
import { fromWire, toWire } from './wire.ts';

/** What a running trigger knows: the static members of `Trigger`. */
export interface TriggerContext {
  readonly timing: 'before' | 'after';
  readonly operation: TriggerOperation;
  readonly schema: SObjectSchema;
  readonly newRecords: readonly ApexSObject[] | undefined;
  readonly oldRecords: readonly ApexSObject[] | undefined;
}

/** A stored row as a record, with all its fields. Before an insert the record has no id yet. */
function recordOf(schema: SObjectSchema, row: Row, { withoutId }: { withoutId: boolean }): ApexSObject {
  const record = new ApexSObject(schema);
  for (const field of schema.fields) {
    if (withoutId && field.name === 'Id') continue;
    if (field.type !== 'address') record.fields.set(field.name, fromWire(field, row[field.name]));
  }
  return record;
}

/** The context of an event, and what must be done once the triggers have run. */
export function contextOf(
  event: TriggerEvent,
  timing: 'before' | 'after',
  schema: SObjectSchema,
): { context: TriggerContext; writeBack: () => void } {
  const { operation, rows } = event;
  const isOpen = timing === 'before' && (operation === 'insert' || operation === 'update');
  const pairs = rows.map((row) => {
    const withoutId = timing === 'before' && operation === 'insert';
    const next = row.next && recordOf(schema, row.next, { withoutId });
    const old = row.old && recordOf(schema, row.old, { withoutId: false });
    if (old !== undefined) old.readOnly = true;
    if (next !== undefined) next.readOnly = !isOpen;
    const refuse: ApexSObject['refuse'] = (message, field) => {
      row.addError(message, field === undefined ? {} : { field });
    };
    if (next !== undefined) next.refuse = refuse;
    else if (old !== undefined) old.refuse = refuse;
    const before = next === undefined ? undefined : new Map(next.fields);
    return { row, next, old, before };
  });
  const newRecords = operation === 'delete' ? undefined : pairs.flatMap(({ next }) => next ?? []);
  const oldRecords =
    operation === 'update' || operation === 'delete' ? pairs.flatMap(({ old }) => old ?? []) : undefined;
  return {
    context: { timing, operation, schema, newRecords, oldRecords },
    writeBack: () => {
      if (!isOpen) return;
      for (const { row, next, before } of pairs) {
        if (row.next === undefined || next === undefined) continue;
        for (const [name, value] of next.fields) {
          if (before?.get(name) === value || schema.field(name) === undefined) continue;
          const raw = toWire(value);
          row.next[name] =
            typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? raw : null;
        }
      }
    },
  };
}
