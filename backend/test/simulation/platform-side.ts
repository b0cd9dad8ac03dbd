import type { Clock } from '../../../sandbox/common/clock.ts';
import {
  createActiveCampaignServer,
  type ActiveCampaignServer,
} from '../../../sandbox/activecampaign/server.ts';
import type { Contact } from '../../../sandbox/activecampaign/state/contacts.ts';
import { customFields, type FieldName, type Snapshot, type Value } from './records.ts';

const person = { source: 'admin' } as const;

/** A marketing account, and the people who work in it. */
export class PlatformSide {
  readonly server: ActiveCampaignServer;

  private constructor(server: ActiveCampaignServer) {
    this.server = server;
  }

  static async start(clock: Clock, publicUrl: string): Promise<PlatformSide> {
    return new PlatformSide(await createActiveCampaignServer({ clock, publicUrl, doesOwnWork: false }));
  }

  async reset(): Promise<void> {
    await this.server.app.inject({ method: 'POST', url: '/__sandbox/reset', payload: '{}' });
  }

  /** Has it report changes to an address. */
  report(url: string): void {
    const { webhooks, time } = this.server.account;
    const events = ['subscribe', 'unsubscribe', 'update', 'contact_tag_added', 'account_contact_add'];
    webhooks.create(
      { name: 'Syncline', url, events, sources: ['public', 'admin', 'system'], list: 0 },
      time.now(),
    );
  }

  /** What it does by itself and is due. */
  work(): void {
    this.server.account.agenda.run();
  }

  create(email: string, values: Partial<Record<FieldName, Value>>): string | null {
    const { account } = this.server;
    if (account.contacts.byEmail(email) !== undefined) return null;
    const { contact } = account.people.create({ email, ...inputOf(values) }, person);
    return String(contact.id);
  }

  update(id: string, values: Partial<Record<FieldName, Value>>): boolean {
    const { account } = this.server;
    const contact = account.contacts.get(Number(id));
    if (contact === undefined) return false;
    const { email } = values;
    const holder = typeof email === 'string' ? account.contacts.byEmail(email) : undefined;
    if (email === null || (holder !== undefined && holder.id !== contact.id)) return false;
    const renamed = typeof email === 'string' ? { email } : {};
    account.people.update(contact, { ...inputOf(values), ...renamed }, person);
    return true;
  }

  delete(id: string): boolean {
    const contact = this.server.account.contacts.get(Number(id));
    if (contact !== undefined) this.server.account.deleteContact(contact);
    return contact !== undefined;
  }

  tag(id: string, name: string): boolean {
    const contact = this.server.account.contacts.get(Number(id));
    if (contact !== undefined) this.server.account.people.tagNamed(contact, name, person);
    return contact !== undefined;
  }

  tagsOf(id: string): readonly string[] {
    const { account } = this.server;
    const contact = account.contacts.get(Number(id));
    return contact === undefined ? [] : account.tags.namesOf(contact);
  }

  /** Makes the contact a member of a company, which is made if need be. */
  employ(id: string, name: string): boolean {
    const { account } = this.server;
    const contact = account.contacts.get(Number(id));
    if (contact === undefined) return false;
    const at = account.time.now();
    const company =
      account.companies.byName(name) ?? account.companies.create({ name, url: null, owner: 1 }, at, person);
    if (contact.relation === null) account.people.relate(contact, company, '', person);
    else account.people.changeRelation(contact, contact.relation, { company, jobTitle: '' }, person);
    return true;
  }

  removeField(field: keyof typeof customFields): void {
    this.server.account.fields.delete(customFields[field]);
  }

  /** Every contact that there is. */
  snapshot(): Map<string, Snapshot> {
    const all = new Map<string, Snapshot>();
    const { contacts, companies } = this.server.account;
    for (const contact of contacts.all()) {
      const company = companies.of(contact)?.name ?? null;
      all.set(`contact/${contact.id}`, {
        kind: 'contact',
        id: String(contact.id),
        isGone: false,
        values: {
          email: contact.email,
          firstName: text(contact.firstName),
          lastName: text(contact.lastName),
          phone: text(contact.phone),
          title: text(customValue(contact, customFields.title)),
          optOut: customValue(contact, customFields.optOut).includes('true'),
          account: company,
        },
        heir: null,
        isLinked: false,
        marks: `${contact.updatedAt} ${contact.tags.length}`,
      });
    }
    return all;
  }
}

function inputOf(values: Partial<Record<FieldName, Value>>): {
  firstName?: string;
  lastName?: string;
  phone?: string;
  values: { field: number; value: string }[];
} {
  const custom: { field: number; value: string }[] = [];
  if (values.title !== undefined)
    custom.push({ field: customFields.title, value: String(values.title ?? '') });
  if (values.optOut !== undefined) {
    custom.push({ field: customFields.optOut, value: values.optOut === true ? '||true||' : '' });
  }
  return {
    ...plain('firstName', values.firstName),
    ...plain('lastName', values.lastName),
    ...plain('phone', values.phone),
    values: custom,
  };
}

function plain<N extends string>(name: N, value: Value | undefined): Partial<Record<N, string>> {
  return value === undefined ? {} : ({ [name]: String(value ?? '') } as Record<N, string>); // a computed key widens
}

function customValue(contact: Contact, field: number): string {
  return contact.values.find((value) => value.field === field)?.value ?? '';
}

function text(value: string): Value {
  return value.trim() === '' ? null : value.trim();
}
