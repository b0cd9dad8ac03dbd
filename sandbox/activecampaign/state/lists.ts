import type { Contact } from './contacts.ts';
import { Table } from './table.ts';

export interface List {
  readonly id: number;
  readonly name: string;
  readonly stringId: string;
  readonly senderUrl: string;
  readonly senderReminder: string;
  readonly channel: string;
  readonly createdAt: number;
}

/** 0 unconfirmed, 1 active, 2 unsubscribed, 3 bounced. */
export type ListStatus = 0 | 1 | 2 | 3;

export interface Membership {
  readonly id: number;
  readonly list: number;
  status: ListStatus;
  sourceId: number;
  subscribedAt: number | null;
  unsubscribedAt: number | null;
  updatedAt: number;
}

export class Lists {
  readonly lists = new Table<List>();
  #lastMembership = 0;

  create(list: Omit<List, 'id' | 'createdAt'>, at: number): List {
    return this.lists.insert((id) => ({ ...list, id, createdAt: at }));
  }

  /** Sets the contact's status on the list, in place when there is one. Says whether it was new and what it was. */
  set(contact: Contact, list: number, status: ListStatus, sourceId: number, at: number) {
    const known = contact.lists.find((row) => row.list === list);
    const before = known?.status;
    const row = known ?? this.#join(contact, list, status, at);
    row.status = status;
    row.sourceId = sourceId;
    row.updatedAt = at;
    if (status === 1 && before !== 1) row.subscribedAt = at;
    if (status === 2 && before !== 2) row.unsubscribedAt = at;
    return { row, before };
  }

  #join(contact: Contact, list: number, status: ListStatus, at: number): Membership {
    this.#lastMembership += 1;
    const row: Membership = {
      id: this.#lastMembership,
      list,
      status,
      sourceId: 0,
      subscribedAt: null,
      unsubscribedAt: null,
      updatedAt: at,
    };
    contact.lists.push(row);
    return row;
  }
}
