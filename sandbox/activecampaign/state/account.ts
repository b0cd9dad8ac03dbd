import type { Clock } from '../../common/clock.ts';
import { Activities } from './activities.ts';
import type { Source } from './actor.ts';
import { Agenda } from './agenda.ts';
import { Automations } from './automations.ts';
import { Campaigns } from './campaigns.ts';
import { Companies } from './companies.ts';
import { CompanyFields } from './companyFields.ts';
import { Contacts } from './contacts.ts';
import type { Contact } from './contacts.ts';
import { Deliveries } from '../delivery/deliveries.ts';
import { Events } from './events.ts';
import { Fields } from './fields.ts';
import { Imports } from './imports.ts';
import { Lists } from './lists.ts';
import { People } from './people.ts';
import { Quota } from './quota.ts';
import { Tags } from './tags.ts';
import { AccountTime } from './time.ts';
import { Tracking } from './tracking.ts';
import { FieldValues } from './values.ts';
import { Webhooks } from './webhooks.ts';

/** The customer's account with the vendor: everything that a reset throws away. */
export class MarketingAccount {
  readonly time: AccountTime;
  readonly agenda: Agenda;
  readonly events = new Events();
  readonly contacts = new Contacts();
  readonly fields = new Fields();
  readonly values = new FieldValues();
  readonly tags = new Tags();
  readonly lists = new Lists();
  readonly companies = new Companies(this.events);
  readonly companyFields = new CompanyFields();
  readonly campaigns = new Campaigns();
  readonly activities = new Activities(this.campaigns, this.events);
  readonly tracking = new Tracking();
  readonly webhooks = new Webhooks();
  readonly exclusions = new Set<string>();
  readonly settings = {
    contactLimit: 1_000_000,
    importDelayMs: 300,
    retryAfterSeconds: 30,
    /** Whether the plan has accounts (companies). */
    accounts: true,
  };
  readonly people: People;
  readonly automations: Automations;
  readonly imports: Imports;
  readonly deliveries: Deliveries;
  /** API calls; imports of several contacts and of one have a further quota of their own. */
  readonly quotas: { readonly calls: Quota; readonly imports: Quota; readonly singleImports: Quota };
  /** In whose name API writes are made when they do not say. */
  standingSource: Source = 'api';

  /** @param base the server's own address, for links in webhook bodies */
  constructor(clock: Clock, base: () => string) {
    this.time = new AccountTime(clock);
    this.agenda = new Agenda(this.time);
    this.people = new People(this);
    this.deliveries = new Deliveries(this, base);
    this.imports = new Imports({ ...this, onDone: (batch) => this.deliveries.callBack(batch) });
    this.automations = new Automations(this.agenda, {
      contact: (id) => this.contacts.get(id),
      tag: (contact, name, actor) => void this.people.tagNamed(contact, name, actor),
      callWebhook: (url, contact, automation) => this.deliveries.automation(url, contact, automation),
    });
    this.quotas = {
      calls: new Quota(5, 1_000, clock),
      imports: new Quota(100, 60_000, clock),
      singleImports: new Quota(20, 60_000, clock),
    };
    this.events.listen((event) => this.deliveries.webhooks(event));
    this.events.listen((event) => this.automations.follow(event));
  }

  /** Everything about the contact goes. */
  deleteContact(contact: Contact): void {
    this.companies.part(contact);
    this.automations.forget(contact.id);
    this.activities.forget(contact.id);
    this.tracking.forget(contact.id);
    this.contacts.remove(contact);
  }

  /** Relations to it go with it. */
  deleteCompany(id: number): boolean {
    const company = this.companies.companies.get(id);
    if (company === undefined) return false;
    for (const relation of this.companies.relations.all()) {
      const contact = relation.company === id ? this.contacts.get(relation.contact) : undefined;
      if (contact !== undefined) this.people.part(contact);
    }
    this.companyFields.forget(id);
    this.companies.delete(company);
    return true;
  }

  /** How many records of each kind there are. */
  records(): Record<string, number> {
    return {
      contacts: this.contacts.size,
      accounts: this.companies.companies.size,
      fields: this.fields.fields.size,
      tags: this.tags.tags.size,
      lists: this.lists.lists.size,
      automations: this.automations.automations.size,
      campaigns: this.campaigns.campaigns.size,
      webhooks: this.webhooks.webhooks.size,
    };
  }
}
