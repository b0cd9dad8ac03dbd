import axios, { type AxiosInstance } from 'axios';
import jsforce, { type Connection } from 'jsforce';
import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../stack/stack.ts';
import { credentials } from '../stack/vendors.ts';

/** What the script can be asked to do. */
export const plainJobs = ['connect', 'outbound', 'inbound', 'inboundAgain'] as const;
export type PlainJob = (typeof plainJobs)[number];

/**
 * What one writes in an afternoon instead of installing a product: the vendors' own bulk endpoints, one call after the
 * other, nothing remembered, no merge, no retry, no record of what failed. It is the yardstick for speed.
 */
export class PlainScript {
  readonly #salesforce: Connection;
  readonly #activecampaign: AxiosInstance;

  constructor(addresses: Pick<Addresses, 'salesforce' | 'activecampaign'>) {
    this.#salesforce = new jsforce.Connection({
      instanceUrl: addresses.salesforce,
      accessToken: credentials.salesforceToken,
      version: '67.0',
    });
    this.#activecampaign = axios.create({
      baseURL: `${addresses.activecampaign}/api/3`,
      headers: { 'Api-Token': credentials.activecampaignKey },
    });
  }

  /** Sees whether both sides let it in, as the service has before its first run. Answers of how many: nobody yet. */
  async connect(): Promise<number> {
    await this.#salesforce.identity();
    await this.#activecampaign.get('/users/me');
    return 0;
  }

  /** Leads and contacts to ActiveCampaign, ids and status back to Salesforce. Answers how many were written back. */
  async outbound(): Promise<number> {
    const contacts = await this.#readPeople('Contact');
    const leads = await this.#readPeople('Lead');
    const people = [...contacts, ...leads];
    for (const batch of slices(people, 250)) {
      await this.#activecampaign.post('/import/bulk_import', {
        contacts: batch.map((person) => ({
          email: person.email,
          first_name: person.firstName,
          last_name: person.lastName,
          phone: person.phone,
          customer_acct_name: person.company,
          tags: [`created-from-salesforce-${person.object.toLowerCase()}`],
        })),
      });
    }
    const ids = await this.#readIds(people.map(({ email }) => email));
    return (await this.#writeBack('Contact', contacts, ids)) + (await this.#writeBack('Lead', leads, ids));
  }

  /**
   * All contacts to Salesforce as leads, but for people who are there already, and a tag on each contact that became
   * one. Answers how many were created.
   */
  async inbound(): Promise<number> {
    const created: ActiveCampaignContact[] = [];
    for await (const contacts of this.#contacts(200)) {
      const there = await this.#leadsAmong(contacts.map(({ email }) => email));
      const missing = contacts.filter(({ email }) => !there.has(email.toLowerCase()));
      const saved = await this.#saveLeads(missing);
      created.push(...missing.filter((_, index) => saved[index]));
    }
    for (const batch of slices(created, 250)) {
      await this.#activecampaign.post('/import/bulk_import', {
        contacts: batch.map(({ email }) => ({ email, tags: ['added-to-salesforce-lead'] })),
      });
    }
    return created.length;
  }

  /** All contacts to the leads that they became before, whatever changed. Answers how many were saved. */
  async inboundAgain(): Promise<number> {
    let saved = 0;
    for await (const contacts of this.#contacts(200)) {
      saved += (await this.#saveLeads(contacts)).filter(Boolean).length;
    }
    return saved;
  }

  async *#contacts(atLeast: number): AsyncGenerator<ActiveCampaignContact[]> {
    let contacts: ActiveCampaignContact[] = [];
    for await (const page of this.#contactPages('0')) {
      contacts.push(...page);
      if (contacts.length < atLeast) continue;
      yield contacts;
      contacts = [];
    }
    if (contacts.length > 0) yield contacts;
  }

  /** Addresses, in lower case, that leads have already. */
  async #leadsAmong(emails: readonly string[]): Promise<Set<string>> {
    const list = emails.map((email) => `'${email.replaceAll("'", "\\'")}'`).join(', ');
    const { records } = await this.#salesforce.query<{ Email: string }>(
      `SELECT Email FROM Lead WHERE Email IN (${list}) AND IsConverted = false`,
    );
    return new Set(records.map(({ Email }) => Email.toLowerCase()));
  }

  /** Whether each was saved. */
  async #saveLeads(contacts: readonly ActiveCampaignContact[]): Promise<boolean[]> {
    if (contacts.length === 0) return [];
    const rows = contacts.map((contact) => ({
      ActiveCampaign_ID__c: contact.id,
      FirstName: contact.firstName,
      LastName: contact.lastName || '[not provided]',
      Email: contact.email,
      Phone: contact.phone,
      Company: '[not provided]',
      ActiveCampaign_Sync_Status__c: 'Synced successfully',
    }));
    const results = await this.#salesforce
      .sobject('Lead')
      .upsert(rows, 'ActiveCampaign_ID__c', { allOrNone: false });
    return results.map(({ success }) => success);
  }

  async #readPeople(object: 'Contact' | 'Lead'): Promise<Person[]> {
    const company = object === 'Lead' ? 'Company' : 'Account.Name';
    const people: Person[] = [];
    let page = await this.#salesforce.query<SalesforcePerson>(
      `SELECT Id, FirstName, LastName, Email, Phone, ${company} FROM ${object} WHERE Email != null`,
    );
    for (;;) {
      for (const record of page.records) {
        people.push({
          object,
          id: record.Id,
          email: record.Email,
          firstName: record.FirstName ?? '',
          lastName: record.LastName,
          phone: record.Phone ?? '',
          company: record.Company ?? record.Account?.Name ?? '',
        });
      }
      if (page.done || page.nextRecordsUrl === undefined) return people;
      page = await this.#salesforce.queryMore<SalesforcePerson>(page.nextRecordsUrl);
    }
  }

  async #writeBack(
    object: 'Contact' | 'Lead',
    people: readonly Person[],
    ids: ReadonlyMap<string, string>,
  ): Promise<number> {
    let written = 0;
    const rows = people.map(({ id, email, company }) => ({
      Id: id,
      ActiveCampaign_ID__c: ids.get(email.toLowerCase()) ?? null,
      ActiveCampaign_Sync_Status__c: ids.has(email.toLowerCase()) ? 'Synced successfully' : null,
      ...(object === 'Contact' && company !== ''
        ? { ActiveCampaign_Relation_Sync_Status__c: `In step with the account "${company}"` }
        : {}),
    }));
    for (const batch of slices(rows, 200)) {
      const results = await this.#salesforce.sobject(object).update(batch, { allOrNone: false });
      written += results.filter(({ success }) => success).length;
    }
    return written;
  }

  /** Ids by email, once every import has come through. */
  async #readIds(emails: readonly string[]): Promise<Map<string, string>> {
    const missing = new Set(emails.map((email) => email.toLowerCase()));
    const ids = new Map<string, string>();
    let after = '0';
    for (let attempt = 0; missing.size > 0 && attempt < 20; attempt += 1) {
      if (attempt > 0) await delay(250);
      for await (const contacts of this.#contactPages(after)) {
        for (const { id, email } of contacts) {
          ids.set(email.toLowerCase(), id);
          missing.delete(email.toLowerCase());
          after = id;
        }
      }
    }
    return ids;
  }

  async *#contactPages(after: string): AsyncGenerator<ActiveCampaignContact[]> {
    let last: string | undefined = after;
    while (last !== undefined) {
      const page: { data: { contacts: ActiveCampaignContact[] } } = await this.#activecampaign.get(
        '/contacts',
        {
          params: { limit: 100, id_greater: last, 'orders[id]': 'ASC' },
        },
      );
      const { contacts } = page.data;
      if (contacts.length > 0) yield contacts;
      last = contacts.length < 100 ? undefined : contacts.at(-1)?.id;
    }
  }
}

interface Person {
  readonly object: 'Contact' | 'Lead';
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly company: string;
}

interface SalesforcePerson {
  readonly Id: string;
  readonly FirstName: string | null;
  readonly LastName: string;
  readonly Email: string;
  readonly Phone: string | null;
  readonly Company?: string;
  readonly Account?: { readonly Name: string } | null;
}

interface ActiveCampaignContact {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
