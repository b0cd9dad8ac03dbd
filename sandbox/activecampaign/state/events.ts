import type { Actor } from './actor.ts';
import type { Activity } from './activities.ts';
import type { Company, Relation } from './companies.ts';
import type { Contact } from './contacts.ts';
import type { List } from './lists.ts';
import type { Tag } from './tags.ts';

/** Something that happened in the account and that webhooks or automation triggers may follow. */
export type AccountEvent = { readonly actor: Actor; readonly at: number } & (
  | { readonly type: 'subscribe' | 'unsubscribe'; readonly contact: Contact; readonly list: number }
  | { readonly type: 'update'; readonly contact: Contact }
  | {
      readonly type: 'contact_tag_added' | 'contact_tag_removed';
      readonly contact: Contact;
      readonly tag: Tag;
    }
  | { readonly type: 'account_add'; readonly company: Company }
  | { readonly type: 'account_update'; readonly company: Company; readonly updated: readonly string[] }
  | {
      readonly type: 'account_contact_add' | 'account_contact_update';
      readonly contact: Contact;
      readonly company: Company;
      readonly relation: Relation;
    }
  | { readonly type: 'list_add'; readonly list: List }
  | {
      readonly type: 'sent' | 'open' | 'click' | 'reply' | 'bounce';
      readonly contact: Contact;
      readonly activity: Activity;
    }
);

type Listener = (event: AccountEvent) => void;

/** Tells every listener, in order, at once. */
export class Events {
  readonly #listeners: Listener[] = [];

  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  emit(event: AccountEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
