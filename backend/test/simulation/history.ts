import { z } from 'zod';
import type { FieldName, RecordKind, Snapshot, Value } from './records.ts';

/** Who made a change: somebody who works with the vendor, or the sync. */
export type Cause = 'user' | 'sync';

/** A value of a record that changed, or a record that came (`field` null), as the vendor itself knows it. */
export interface Change {
  /** Counts everything that happened, so that two things at the same millisecond have an order. */
  readonly order: number;
  readonly at: number;
  readonly cause: Cause;
  readonly tenant: string;
  readonly side: 'salesforce' | 'platform';
  readonly kind: RecordKind;
  readonly id: string;
  readonly field: FieldName | null;
  readonly before: Value;
  readonly after: Value;
  /** When the call that made it was sent, as an order; its own for users. */
  readonly sentAt: number;
  /** The Lead that the value came along from when it was converted: nobody typed it here. */
  readonly from?: Pick<Snapshot, 'kind' | 'id'>;
}

/** An answer of a vendor that told of records: what the service may know from then on. */
export interface Sight {
  readonly order: number;
  readonly tenant: string;
  readonly side: 'salesforce' | 'platform';
  readonly text: string;
  /** Set when the answer reached the service. */
  deliveredAt: number | null;
}

/**
 * Whether an answer told of a record. Salesforce's ids are found nowhere else; the platform's are small numbers that
 * fields, tags and other contacts have as well, so that they count where the platform lists its records by kind.
 */
export function tellsOf(
  { side, text }: Pick<Sight, 'side' | 'text'>,
  { kind, id }: Pick<Snapshot, 'kind' | 'id'>,
): boolean {
  if (!text.includes(`"${id}"`)) return false;
  if (side === 'salesforce') return true;
  const answer = platformAnswer.safeParse(JSON.parse(text));
  if (!answer.success) return false;
  const { contact, contacts, account, accounts } = answer.data;
  const records = kind === 'account' ? [account, ...accounts] : [contact, ...contacts];
  return records.some((record) => record?.id === id);
}

/** Whether an answer of Salesforce told of a record as one in the recycle bin. */
export function tellsGone({ text }: Pick<Sight, 'text'>, { id }: Pick<Snapshot, 'id'>): boolean {
  return new RegExp(`"Id":"${id}"[^{}]*"IsDeleted":true`).test(text);
}

const platformRecord = z.object({ id: z.string() });
const platformAnswer = z.object({
  contact: platformRecord.optional(),
  contacts: z.array(platformRecord).default([]),
  account: platformRecord.optional(),
  accounts: z.array(platformRecord).default([]),
});

/** Everything that happened at both vendors, in order. */
export class History {
  readonly changes: Change[] = [];
  readonly sights: Sight[] = [];
  /** When Salesforce's records came to show what they are linked to, by customer and record, as an order. */
  readonly linked = new Map<string, number>();
  #order = 0;

  get order(): number {
    return this.#order;
  }

  next(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Notes how two snapshots of a side differ. @returns how many changes there were */
  note(
    made: Pick<Change, 'at' | 'cause' | 'tenant' | 'side'> & { sentAt?: number },
    before: ReadonlyMap<string, Snapshot>,
    after: ReadonlyMap<string, Snapshot>,
  ): number {
    const count = this.changes.length;
    for (const [key, now] of after) {
      const then = before.get(key);
      if (then === now) continue;
      const { kind, id } = now;
      const order = this.next();
      const change = { ...made, order, kind, id, sentAt: made.sentAt ?? order };
      const whose = `${made.tenant} ${key}`;
      if (now.isLinked && !this.linked.has(whose)) this.linked.set(whose, order);
      if (then === undefined) this.changes.push({ ...change, field: null, before: null, after: null });
      const lead = convertedInto(now, before, after);
      for (const [field, value] of Object.entries(now.values) as [FieldName, Value][]) {
        const old = then?.values[field] ?? (field === 'optOut' ? false : null);
        if (old === value) continue;
        const origin = lead?.values[field] === value ? { from: { kind: lead.kind, id: lead.id } } : {};
        this.changes.push({ ...change, ...origin, field, before: old, after: value });
      }
    }
    return this.changes.length - count;
  }
}

/** The Lead that became this Contact between two snapshots, as it was. */
function convertedInto(
  { kind, id }: Snapshot,
  before: ReadonlyMap<string, Snapshot>,
  after: ReadonlyMap<string, Snapshot>,
): Snapshot | undefined {
  if (kind !== 'Contact') return undefined;
  for (const [key, then] of before) {
    if (then.kind === 'Lead' && then.heir === null && after.get(key)?.heir === id) return then;
  }
  return undefined;
}
