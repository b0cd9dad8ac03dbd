import type { Relation } from './companies.ts';
import type { FieldValue } from './values.ts';
import type { Membership } from './lists.ts';
import type { ContactTag } from './tags.ts';

/** A contact. Who changes one says so by `Contacts.touch`. */
export interface Contact {
  readonly id: number;
  /** Lower case; unique; may be empty only where the account allows it, which this one does not. */
  readonly email: string;
  firstName: string;
  lastName: string;
  phone: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly values: FieldValue[];
  tags: ContactTag[];
  readonly lists: Membership[];
  relation: Relation | null;
  hardBounces: number;
  softBounces: number;
}

export type NewContact = Pick<Contact, 'email' | 'firstName' | 'lastName' | 'phone'>;

/** Which contacts, in which order, and which part of them. Absent parts do not narrow. */
export interface ContactQuery {
  readonly ids?: readonly number[];
  readonly idGreater?: number;
  readonly idLess?: number;
  readonly email?: string;
  /** Updated at or after this moment, and before that one (ms). */
  readonly updatedFrom?: number;
  readonly updatedBefore?: number;
  readonly tests: readonly Test[];
  /** Compares two contacts; without it they come in order of id. */
  readonly compare?: (a: Contact, b: Contact) => number;
  /** Highest id first. */
  readonly descending?: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface ContactPage {
  readonly total: number;
  readonly rows: readonly Contact[];
}

type Stored = { -readonly [Key in keyof Contact]: Contact[Key] };

const GONE = -1;

/**
 * All contacts by id, with an index by email and a column of update times: to ask who changed since then, or to turn
 * a page by id, only that column is walked, which a million contacts bear.
 */
export class Contacts {
  /** The row of an id stands at that place; deleted ones leave a hole. */
  readonly #rows: (Stored | undefined)[] = [undefined];
  readonly #byEmail = new Map<string, Stored>();
  #updatedAt = new Float64Array(1024).fill(GONE);

  get size(): number {
    return this.#byEmail.size;
  }

  get(id: number): Contact | undefined {
    return this.#rows[id];
  }

  byEmail(email: string): Contact | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  *all(): Iterable<Contact> {
    for (const row of this.#rows) if (row !== undefined) yield row;
  }

  add({ email, firstName, lastName, phone }: NewContact, at: number): Contact {
    const contact: Stored = {
      id: this.#rows.length,
      email: email.toLowerCase(),
      firstName,
      lastName,
      phone,
      createdAt: at,
      updatedAt: at,
      values: [],
      tags: [],
      lists: [],
      relation: null,
      hardBounces: 0,
      softBounces: 0,
    };
    this.#rows.push(contact);
    this.#byEmail.set(contact.email, contact);
    this.touch(contact, at);
    return contact;
  }

  /** Every change of a contact, and of what belongs to it, ends here. */
  touch(contact: Contact, at: number): void {
    const row = this.#rows[contact.id];
    if (row === undefined) return;
    row.updatedAt = at;
    if (contact.id >= this.#updatedAt.length) {
      const longer = new Float64Array(this.#updatedAt.length * 2).fill(GONE);
      longer.set(this.#updatedAt);
      this.#updatedAt = longer;
    }
    this.#updatedAt[contact.id] = at;
  }

  /** The new email must be free. */
  rename(contact: Contact, email: string): void {
    const row = this.#rows[contact.id];
    if (row === undefined) return;
    this.#byEmail.delete(row.email);
    row.email = email.toLowerCase();
    this.#byEmail.set(row.email, row);
  }

  remove(contact: Contact): void {
    this.#rows[contact.id] = undefined;
    this.#updatedAt[contact.id] = GONE;
    this.#byEmail.delete(contact.email);
  }

  /** One page and how many there are in all. */
  page(query: ContactQuery): ContactPage {
    const { offset, limit, descending = false, compare } = query;
    const test = this.#testOf(query);
    const few = this.#few(query);
    if (few === undefined && compare === undefined) return this.#walk(query, test);
    const hits: Contact[] = [];
    if (few !== undefined) hits.push(...few.filter(test));
    else for (const row of this.all()) if (test(row)) hits.push(row);
    hits.sort(compare ?? ((a, b) => (descending ? b.id - a.id : a.id - b.id)));
    return { total: hits.length, rows: hits.slice(offset, offset + limit) };
  }

  /** The rows that can be named at once, where the query names them. */
  #few({ email, ids }: ContactQuery): Contact[] | undefined {
    if (email !== undefined) {
      const row = this.byEmail(email);
      return row === undefined ? [] : [row];
    }
    return ids === undefined ? undefined : [...new Set(ids)].flatMap((id) => this.#rows[id] ?? []);
  }

  #testOf({ ids, idGreater = 0, idLess = Infinity, ...query }: ContactQuery): Test {
    const { updatedFrom = 0, updatedBefore = Infinity, tests } = query;
    const wanted = ids === undefined ? undefined : new Set(ids);
    return (row) =>
      row.id > idGreater &&
      row.id < idLess &&
      row.updatedAt >= updatedFrom &&
      row.updatedAt < updatedBefore &&
      (wanted === undefined || wanted.has(row.id)) &&
      tests.every((one) => one(row));
  }

  #walk(query: ContactQuery, test: Test): ContactPage {
    const { offset, limit, descending = false, tests, updatedFrom = 0, updatedBefore = Infinity } = query;
    const from = Math.max(1, (query.idGreater ?? 0) + 1);
    const to = Math.min(this.#rows.length, query.idLess ?? Infinity);
    const rows: Contact[] = [];
    let total = 0;
    for (let step = 0; step < to - from; step += 1) {
      const id = descending ? to - 1 - step : from + step;
      const at = this.#updatedAt[id] ?? GONE;
      if (at < updatedFrom || at >= updatedBefore) continue;
      if (tests.length > 0) {
        const row = this.#rows[id];
        if (row === undefined || !test(row)) continue;
      }
      if (total >= offset && rows.length < limit) {
        const row = this.#rows[id];
        if (row !== undefined) rows.push(row);
      }
      total += 1;
    }
    return { total, rows };
  }
}

type Test = (contact: Contact) => boolean;

/** Whether the vendor takes this for an email address. */
export function isEmail(text: string): boolean {
  return (
    text.length <= 255 && /^[^\s@'",;<>()]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text) && !/[^\x21-\x7e]/.test(text)
  );
}
