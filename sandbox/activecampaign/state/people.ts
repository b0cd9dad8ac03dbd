import type { Actor } from './actor.ts';
import type { Companies, Company, Relation } from './companies.ts';
import type { Contact, Contacts } from './contacts.ts';
import type { Events } from './events.ts';
import type { Field, Fields } from './fields.ts';
import type { Lists, ListStatus, Membership } from './lists.ts';
import type { ContactTag, Tag, Tags } from './tags.ts';
import type { AccountTime } from './time.ts';
import type { FieldValue, FieldValues } from './values.ts';

/** What a write says of a contact; what is absent stays as it is. */
export interface ContactInput {
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly phone?: string;
  /** Values of fields that do not exist are passed over. */
  readonly values?: readonly { readonly field: number; readonly value: string }[];
}

/** The contact and the custom field values that this write set. */
export interface Saved {
  readonly contact: Contact;
  readonly values: readonly FieldValue[];
}

interface Stores {
  readonly contacts: Contacts;
  readonly values: FieldValues;
  readonly fields: Fields;
  readonly tags: Tags;
  readonly lists: Lists;
  readonly companies: Companies;
  readonly events: Events;
  readonly time: AccountTime;
}

/** Every change to a contact: it stamps the contact's update time and tells those who follow. */
export class People {
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  /** The email must be valid and free. The vendor calls the event of a new contact "subscribe". */
  create(input: ContactInput & { readonly email: string }, actor: Actor): Saved {
    const { contacts, events, time } = this.#stores;
    const { email, firstName = '', lastName = '', phone = '' } = input;
    const contact = contacts.add({ email, firstName, lastName, phone }, time.now());
    const values = this.#setValues(contact, input.values ?? []);
    events.emit({ type: 'subscribe', contact, list: 0, actor, at: contact.updatedAt });
    return { contact, values };
  }

  /** A new email must be valid and free. Counts as an update even when nothing differs. */
  update(contact: Contact, input: ContactInput, actor: Actor): Saved {
    if (input.email !== undefined && input.email.toLowerCase() !== contact.email) {
      this.#stores.contacts.rename(contact, input.email);
    }
    contact.firstName = input.firstName ?? contact.firstName;
    contact.lastName = input.lastName ?? contact.lastName;
    contact.phone = input.phone ?? contact.phone;
    const values = this.#setValues(contact, input.values ?? []);
    this.#updated(contact, actor);
    return { contact, values };
  }

  setValue(contact: Contact, field: Field, value: string, actor: Actor): FieldValue | undefined {
    const row = this.#stores.values.set(contact, field, value, this.#stores.time.now());
    this.#updated(contact, actor);
    return row;
  }

  removeValue(contact: Contact, value: FieldValue, actor: Actor): void {
    contact.values.splice(contact.values.indexOf(value), 1);
    this.#updated(contact, actor);
  }

  /** Nothing changes when the contact has the tag. */
  tag(contact: Contact, tag: Tag, actor: Actor): ContactTag {
    const { contacts, tags, events, time } = this.#stores;
    const { row, added } = tags.attach(contact, tag, time.now());
    if (added) {
      contacts.touch(contact, time.now());
      events.emit({ type: 'contact_tag_added', contact, tag, actor, at: contact.updatedAt });
    }
    return row;
  }

  /** The tag by name, made when there is none. */
  tagNamed(contact: Contact, name: string, actor: Actor): ContactTag {
    const { tags, time } = this.#stores;
    const tag = tags.byName(name) ?? tags.create({ name, type: 'contact', description: '' }, time.now());
    return this.tag(contact, tag, actor);
  }

  untag(contact: Contact, row: ContactTag, actor: Actor): void {
    const { contacts, tags, events, time } = this.#stores;
    contact.tags = contact.tags.filter((other) => other !== row);
    contacts.touch(contact, time.now());
    const tag = tags.tags.get(row.tag);
    if (tag === undefined) return;
    events.emit({ type: 'contact_tag_removed', contact, tag, actor, at: contact.updatedAt });
  }

  setList(contact: Contact, list: number, status: ListStatus, sourceId: number, actor: Actor): Membership {
    const { contacts, lists, events, time } = this.#stores;
    const { row, before } = lists.set(contact, list, status, sourceId, time.now());
    contacts.touch(contact, time.now());
    if (status !== before && (status === 1 || status === 2)) {
      const type = status === 1 ? 'subscribe' : 'unsubscribe';
      events.emit({ type, contact, list, actor, at: contact.updatedAt });
    }
    return row;
  }

  /** The contact must have no company yet. */
  relate(contact: Contact, company: Company, jobTitle: string, actor: Actor): Relation {
    const { contacts, companies, events, time } = this.#stores;
    const relation = companies.relate(contact, company, jobTitle, time.now());
    contacts.touch(contact, time.now());
    events.emit({ type: 'account_contact_add', contact, company, relation, actor, at: contact.updatedAt });
    return relation;
  }

  changeRelation(
    contact: Contact,
    relation: Relation,
    change: { readonly company: Company; readonly jobTitle: string },
    actor: Actor,
  ): void {
    const { contacts, events, time } = this.#stores;
    const { company, jobTitle } = change;
    const at = time.now();
    Object.assign(relation, { company: company.id, jobTitle, updatedAt: at });
    contacts.touch(contact, at);
    events.emit({ type: 'account_contact_update', contact, company, relation, actor, at });
  }

  part(contact: Contact): void {
    this.#stores.companies.part(contact);
    this.#stores.contacts.touch(contact, this.#stores.time.now());
  }

  #setValues(contact: Contact, values: readonly { field: number; value: string }[]): FieldValue[] {
    const { fields, time } = this.#stores;
    return values.flatMap(({ field: id, value }) => {
      const field = fields.fields.get(id);
      return field === undefined ? [] : (this.#stores.values.set(contact, field, value, time.now()) ?? []);
    });
  }

  #updated(contact: Contact, actor: Actor): void {
    this.#stores.contacts.touch(contact, this.#stores.time.now());
    this.#stores.events.emit({ type: 'update', contact, actor, at: contact.updatedAt });
  }
}
