import { createHash } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Agenda } from './agenda.ts';
import type { Companies } from './companies.ts';
import { isEmail } from './contacts.ts';
import type { Contact, Contacts } from './contacts.ts';
import type { Lists } from './lists.ts';
import type { ContactInput, People } from './people.ts';
import { isoDay } from './time.ts';
import type { AccountTime } from './time.ts';

/** One contact of an import, as read from the request. */
export interface ImportContact extends ContactInput {
  readonly email: string;
  readonly companyName?: string;
  readonly tags: readonly string[];
  readonly subscribe: readonly number[];
  readonly unsubscribe: readonly number[];
}

export interface ImportCallback {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly detailed: boolean;
  readonly params: readonly { readonly key: string; readonly value: string }[];
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

export interface Batch {
  readonly id: string;
  readonly contacts: readonly ImportContact[];
  readonly excludeAutomations: boolean;
  readonly callback: ImportCallback | null;
  readonly submittedAt: number;
  readonly startsAt: number;
  readonly completesAt: number;
  /** Ids of the contacts that were written, in order of id: not paired with what was sent. */
  success: number[];
  failure: { readonly email: string; readonly reason: string }[];
}

export type BatchStatus = 'waiting' | 'active' | 'completed';

interface Stores {
  readonly contacts: Contacts;
  readonly people: People;
  readonly companies: Companies;
  readonly lists: Lists;
  readonly agenda: Agenda;
  readonly time: AccountTime;
  /** Emails that may not enter. */
  readonly exclusions: ReadonlySet<string>;
  readonly settings: {
    readonly contactLimit: number;
    readonly importDelayMs: number;
    readonly accounts: boolean;
  };
  readonly onDone: (batch: Batch) => void;
}

/** For how long after its submission a batch cannot be asked about. */
const INVISIBLE_MS = 100;

/** Imports in their queue: first in, first out, each taking a while. */
export class Imports {
  readonly #batches = new Map<string, Batch>();
  readonly #stores: Stores;
  #lastDoneAt = 0;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  submit(batch: Pick<Batch, 'contacts' | 'excludeAutomations' | 'callback'>): Batch {
    const { time, agenda, settings } = this.#stores;
    const submittedAt = time.now();
    const startsAt = Math.max(submittedAt, this.#lastDoneAt);
    const completesAt = startsAt + settings.importDelayMs;
    this.#lastDoneAt = completesAt;
    const id = uuid(this.#batches.size);
    const row: Batch = { ...batch, id, submittedAt, startsAt, completesAt, success: [], failure: [] };
    this.#batches.set(id, row);
    agenda.add(completesAt, () => this.#process(row));
    return row;
  }

  /** False while the vendor does not know the batch (yet). */
  status(id: string): { readonly status: BatchStatus; readonly batch: Batch } | false {
    const batch = this.#batches.get(id);
    const now = this.#stores.time.now();
    if (batch === undefined) return false;
    if (now >= batch.completesAt) return { status: 'completed', batch };
    if (now < batch.submittedAt + INVISIBLE_MS) return false;
    return { status: now < batch.startsAt ? 'waiting' : 'active', batch };
  }

  /** Batches and contacts by the day of their submission. */
  overview() {
    const now = this.#stores.time.now();
    const batches = [...this.#batches.values()];
    return {
      outstanding: byDay(batches.filter((batch) => now < batch.completesAt)),
      recentlyCompleted: byDay(batches.filter((batch) => now >= batch.completesAt)),
    };
  }

  #process(batch: Batch): void {
    const actor: Actor = { source: 'api', mass: true, excludeAutomations: batch.excludeAutomations };
    const ids = new Set<number>();
    for (const entry of batch.contacts) {
      const reason = this.#refusal(entry);
      if (reason === undefined) ids.add(this.#write(entry, actor).id);
      else batch.failure.push({ email: entry.email, reason });
    }
    batch.success = [...ids].sort((a, b) => a - b);
    this.#stores.onDone(batch);
  }

  #refusal(entry: ImportContact): string | undefined {
    const { contacts, exclusions, settings } = this.#stores;
    if (!isEmail(entry.email)) return 'The email address is not valid.';
    if (exclusions.has(entry.email.toLowerCase())) return 'The email address is on the exclusion list.';
    const known = contacts.byEmail(entry.email);
    if (known === undefined) {
      return contacts.size >= settings.contactLimit
        ? 'The account has reached its contact limit.'
        : undefined;
    }
    if (known.hardBounces > 0) return 'The email address has bounced.';
    const left = known.lists.some((row) => row.status === 2 && entry.subscribe.includes(row.list));
    return left ? 'The contact has unsubscribed from a list that it would be added to.' : undefined;
  }

  #write(entry: ImportContact, actor: Actor): Contact {
    const { contacts, people, lists, settings } = this.#stores;
    const known = contacts.byEmail(entry.email);
    const { contact } =
      known === undefined ? people.create(entry, actor) : people.update(known, entry, actor);
    if (settings.accounts && entry.companyName !== undefined && entry.companyName !== '') {
      this.#join(contact, entry.companyName, actor);
    }
    for (const name of entry.tags) if (name !== '') people.tagNamed(contact, name, actor);
    const change = (list: number, status: 1 | 2) => {
      if (lists.lists.get(list) !== undefined) people.setList(contact, list, status, 0, actor);
    };
    for (const list of entry.subscribe) change(list, 1);
    for (const list of entry.unsubscribe) change(list, 2);
    return contact;
  }

  #join(contact: Contact, name: string, actor: Actor): void {
    const { companies, people, time } = this.#stores;
    const company =
      companies.byName(name) ?? companies.create({ name, url: null, owner: 1 }, time.now(), actor);
    if (contact.relation === null) people.relate(contact, company, '', actor);
    else if (contact.relation.company !== company.id) {
      people.changeRelation(
        contact,
        contact.relation,
        { company, jobTitle: contact.relation.jobTitle },
        actor,
      );
    }
  }
}

/** Looks random, and is the same in every run. */
function uuid(serial: number): string {
  const hex = createHash('sha256').update(`batch ${serial}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function byDay(batches: readonly Batch[]): { forDate: string; batches: string; contacts: string }[] {
  const days = new Map<string, { batches: number; contacts: number }>();
  for (const batch of batches) {
    const day = days.get(isoDay(batch.submittedAt)) ?? { batches: 0, contacts: 0 };
    day.batches += 1;
    day.contacts += batch.contacts.length;
    days.set(isoDay(batch.submittedAt), day);
  }
  return [...days].map(([forDate, day]) => ({
    forDate,
    batches: String(day.batches),
    contacts: String(day.contacts),
  }));
}
