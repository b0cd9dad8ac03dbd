import type { Actor } from './actor.ts';
import type { Contact } from './contacts.ts';
import type { Events } from './events.ts';
import { Table } from './table.ts';

/** An account of the vendor's CRM (a company), not the customer's own account with the vendor. */
export interface Company {
  readonly id: number;
  name: string;
  url: string | null;
  owner: number;
  readonly createdAt: number;
  updatedAt: number;
}

export type CompanyChanges = Partial<Pick<Company, 'name' | 'url' | 'owner'>>;

/** A contact's place in its one company. */
export interface Relation {
  readonly id: number;
  readonly contact: number;
  company: number;
  jobTitle: string;
  readonly createdAt: number;
  updatedAt: number;
}

export class Companies {
  readonly companies = new Table<Company>();
  readonly relations = new Table<Relation>();
  readonly #byName = new Map<string, Company>();
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  /** Names are unique, whatever their letter case. */
  byName(name: string): Company | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The name must be free. */
  create(company: Pick<Company, 'name' | 'url' | 'owner'>, at: number, actor: Actor): Company {
    const row = this.companies.insert((id) => ({ ...company, id, createdAt: at, updatedAt: at }));
    this.#byName.set(row.name.toLowerCase(), row);
    this.#events.emit({ type: 'account_add', company: row, actor, at });
    return row;
  }

  /** A new name must be free. `updated` names what changes besides, for those who follow the company. */
  update(
    company: Company,
    changes: CompanyChanges,
    updated: readonly string[],
    at: number,
    actor: Actor,
  ): void {
    const { name = company.name, url = company.url, owner = company.owner } = changes;
    const named = [
      ...(name === company.name ? [] : ['name']),
      ...(url === company.url ? [] : ['account_url']),
      ...(owner === company.owner ? [] : ['owner']),
      ...updated,
    ];
    this.#byName.delete(company.name.toLowerCase());
    Object.assign(company, { name, url, owner, updatedAt: at });
    this.#byName.set(name.toLowerCase(), company);
    this.#events.emit({ type: 'account_update', company, updated: named, actor, at });
  }

  delete(company: Company): void {
    this.companies.delete(company.id);
    this.#byName.delete(company.name.toLowerCase());
  }

  /** The contact must have no relation yet. */
  relate(contact: Contact, company: Company, jobTitle: string, at: number): Relation {
    const relation = this.relations.insert((id) => ({
      id,
      contact: contact.id,
      company: company.id,
      jobTitle,
      createdAt: at,
      updatedAt: at,
    }));
    contact.relation = relation;
    return relation;
  }

  part(contact: Contact): void {
    if (contact.relation !== null) this.relations.delete(contact.relation.id);
    contact.relation = null;
  }

  of(contact: Contact): Company | undefined {
    return contact.relation === null ? undefined : this.companies.get(contact.relation.company);
  }

  contactCount(company: Company): number {
    return this.relations.all().filter((relation) => relation.company === company.id).length;
  }
}
