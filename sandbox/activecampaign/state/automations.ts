import type { Actor } from './actor.ts';
import { system } from './actor.ts';
import type { Agenda } from './agenda.ts';
import type { Contact } from './contacts.ts';
import type { AccountEvent } from './events.ts';
import { Table, sameName } from './table.ts';

/** What an automation does, in order. A wait is in seconds. */
export type Step =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'wait'; readonly seconds: number };

/** What makes a contact enter by itself. */
export type Trigger =
  { readonly kind: 'tag'; readonly tag: string } | { readonly kind: 'list'; readonly list: number };

export interface Automation {
  readonly id: number;
  readonly name: string;
  /** 1 active, 2 inactive. */
  readonly status: 1 | 2;
  readonly trigger: Trigger | null;
  readonly steps: readonly Step[];
  readonly createdAt: number;
  entered: number;
  exited: number;
}

/** One contact's way through one automation. */
export interface Entry {
  readonly id: number;
  readonly contact: number;
  readonly automation: number;
  readonly addedAt: number;
  completedAt: number | null;
  stepsDone: number;
  lastAt: number;
}

/** What the steps need of the account. */
export interface AutomationSurroundings {
  contact(id: number): Contact | undefined;
  tag(contact: Contact, name: string, actor: Actor): void;
  callWebhook(url: string, contact: Contact, automation: Automation): void;
}

/** Automations and the contacts in them. Steps run on the agenda, after the call that brought the contact in. */
export class Automations {
  readonly automations = new Table<Automation>();
  readonly entries = new Table<Entry>();
  readonly #byContact = new Map<number, Entry[]>();
  readonly #agenda: Agenda;
  readonly #surroundings: AutomationSurroundings;

  constructor(agenda: Agenda, surroundings: AutomationSurroundings) {
    this.#agenda = agenda;
    this.#surroundings = surroundings;
  }

  create(automation: Pick<Automation, 'name' | 'status' | 'trigger' | 'steps'>, at: number): Automation {
    return this.automations.insert((id) => ({ ...automation, id, createdAt: at, entered: 0, exited: 0 }));
  }

  enter(contact: Contact, automation: Automation, at: number): Entry {
    automation.entered += 1;
    const entry = this.entries.insert((id) => ({
      id,
      contact: contact.id,
      automation: automation.id,
      addedAt: at,
      completedAt: null,
      stepsDone: 0,
      lastAt: at,
    }));
    const entries = this.#byContact.get(contact.id);
    if (entries === undefined) this.#byContact.set(contact.id, [entry]);
    else entries.push(entry);
    this.#agenda.add(at, () => this.#goOn(entry, automation, at));
    return entry;
  }

  of(contact: number): readonly Entry[] {
    return this.#byContact.get(contact) ?? [];
  }

  leave(entry: Entry): void {
    this.entries.delete(entry.id);
    this.#byContact.set(
      entry.contact,
      this.of(entry.contact).filter((row) => row !== entry),
    );
  }

  forget(contact: number): void {
    for (const entry of this.of(contact)) this.entries.delete(entry.id);
    this.#byContact.delete(contact);
  }

  /** Lets contacts in whose tag or subscription is some active automation's trigger. */
  follow(event: AccountEvent): void {
    if (event.actor.excludeAutomations === true || this.automations.size === 0) return;
    if (event.type !== 'contact_tag_added' && event.type !== 'subscribe') return;
    for (const automation of this.automations.all()) {
      if (automation.status === 1 && triggers(automation.trigger, event)) {
        this.enter(event.contact, automation, event.at);
      }
    }
  }

  #goOn(entry: Entry, automation: Automation, at: number): void {
    entry.lastAt = at;
    const contact = this.#surroundings.contact(entry.contact);
    if (contact === undefined || this.entries.get(entry.id) === undefined) return;
    for (let step = automation.steps[entry.stepsDone]; step !== undefined;) {
      entry.stepsDone += 1;
      if (step.kind === 'wait') {
        const due = at + step.seconds * 1000;
        this.#agenda.add(due, () => this.#goOn(entry, automation, due));
        return;
      }
      if (step.kind === 'tag') this.#surroundings.tag(contact, step.tag, system);
      else this.#surroundings.callWebhook(step.url, contact, automation);
      step = automation.steps[entry.stepsDone];
    }
    entry.completedAt = at;
    automation.exited += 1;
  }
}

function triggers(trigger: Trigger | null, event: AccountEvent): boolean {
  if (trigger === null) return false;
  if (event.type === 'contact_tag_added') {
    return trigger.kind === 'tag' && sameName(event.tag.name, trigger.tag);
  }
  return event.type === 'subscribe' && trigger.kind === 'list' && event.list === trigger.list;
}
