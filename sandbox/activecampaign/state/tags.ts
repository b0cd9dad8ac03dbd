import type { Contact } from './contacts.ts';
import { Table, sameName } from './table.ts';

export interface Tag {
  readonly id: number;
  name: string;
  type: string;
  description: string;
  readonly createdAt: number;
}

export interface ContactTag {
  readonly id: number;
  readonly tag: number;
  readonly createdAt: number;
}

export class Tags {
  readonly tags = new Table<Tag>();
  #lastContactTag = 0;

  byName(name: string, type = 'contact'): Tag | undefined {
    return this.tags.find((tag) => tag.type === type && sameName(tag.name, name));
  }

  create(tag: Omit<Tag, 'id' | 'createdAt'>, at: number): Tag {
    return this.tags.insert((id) => ({ ...tag, id, createdAt: at }));
  }

  /** The contact's row for the tag; `added` is false when it was there already. */
  attach(contact: Contact, tag: Tag, at: number): { readonly row: ContactTag; readonly added: boolean } {
    const known = contact.tags.find((row) => row.tag === tag.id);
    if (known !== undefined) return { row: known, added: false };
    this.#lastContactTag += 1;
    const row: ContactTag = { id: this.#lastContactTag, tag: tag.id, createdAt: at };
    contact.tags.push(row);
    return { row, added: true };
  }

  namesOf(contact: Contact): string[] {
    return contact.tags.flatMap((row) => this.tags.get(row.tag)?.name ?? []);
  }
}
