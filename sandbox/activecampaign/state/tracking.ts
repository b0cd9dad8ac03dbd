import { Table } from './table.ts';

/** A page visit ("__pagevisit", with the page's URL) or an event of the customer's own making. */
export interface TrackingLog {
  readonly id: number;
  readonly contact: number;
  readonly event: string;
  readonly value: string;
  readonly at: number;
}

export const PAGE_VISIT = '__pagevisit';

/** Site and event tracking: which event names exist, and who did what. */
export class Tracking {
  readonly logs = new Table<TrackingLog>();
  /** Event names, the vendor's own two first. */
  readonly names = new Set([PAGE_VISIT, '__redir']);
  enabled = true;
  readonly #byContact = new Map<number, TrackingLog[]>();

  add(log: Omit<TrackingLog, 'id'>): TrackingLog {
    this.names.add(log.event);
    const row = this.logs.insert((id) => ({ ...log, id }));
    const rows = this.#byContact.get(log.contact);
    if (rows === undefined) this.#byContact.set(log.contact, [row]);
    else rows.push(row);
    return row;
  }

  of(contact: number): readonly TrackingLog[] {
    return this.#byContact.get(contact) ?? [];
  }

  forget(contact: number): void {
    for (const log of this.of(contact)) this.logs.delete(log.id);
    this.#byContact.delete(contact);
  }
}
