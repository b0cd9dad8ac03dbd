import { z } from 'zod';
import type { Vendors } from '../stack/vendors.ts';

const API = '/api/3';
const contactSchema = z.object({
  id: z.string(),
  phone: z.string(),
  firstName: z.string(),
  lastName: z.string(),
});
type Contact = z.infer<typeof contactSchema>;
const contactsSchema = z.object({ contacts: z.array(contactSchema) });
const automationsSchema = z.object({ automations: z.array(z.object({ id: z.string(), name: z.string() })) });
const entriesSchema = z.object({ contactAutomations: z.array(z.object({ automation: z.string() })) });

/** Ended as soon as it is entered: its only step is a tag. */
const SHORT_AUTOMATION = 'Renewal reminder for Salesforce accounts';
const MINUTE_MS = 60_000;

/** What a person can do that ActiveCampaign knows of, the newest first. */
const DEEDS = [
  { type: 'event', event: 'downloaded brochure', value: 'sensor.pdf' },
  { type: 'visit', url: 'https://harbourfield.example/pricing' },
  { type: 'reply', subject: 'Re: What we learned this spring', body: 'Could you call me on Thursday?' },
  { type: 'click', url: 'https://harbourfield.example/notes/spring' },
  { type: 'open' },
  { type: 'sent' },
] as const;

/** Somebody who works in ActiveCampaign, by its API, and the people who get its mail, by the sandbox's doors. */
export class Marketer {
  readonly #vendors: Vendors;

  constructor(vendors: Vendors) {
    this.#vendors = vendors;
  }

  /** @throws Error where there is no such contact */
  async contact(email: string): Promise<Contact> {
    const path = `${API}/contacts?email=${encodeURIComponent(email)}`;
    const [contact] = (await this.#vendors.activecampaign.get(path, contactsSchema)).contacts;
    if (contact === undefined) throw new Error(`ActiveCampaign has no ${email}.`);
    return contact;
  }

  async edit(email: string, contact: Partial<Omit<Contact, 'id'>>): Promise<void> {
    const { id } = await this.contact(email);
    await this.#vendors.activecampaign.send('PUT', `${API}/contacts/${id}`, { contact }, z.unknown());
  }

  /** A person does everything that there is to do, minute by minute, and goes through an automation. */
  async letDoEverything(email: string): Promise<void> {
    const deeds = DEEDS.map((deed, index) => ({
      contact: email,
      ...deed,
      at: new Date(Date.now() - (index + 1) * MINUTE_MS).toISOString(),
    }));
    await this.#vendors.door('activecampaign', 'activities', deeds, z.unknown());
    const { automations } = await this.#vendors.activecampaign.get(`${API}/automations`, automationsSchema);
    const automation = automations.find(({ name }) => name === SHORT_AUTOMATION)?.id;
    const { id: contact } = await this.contact(email);
    const body = { contactAutomation: { contact, automation } };
    await this.#vendors.activecampaign.send('POST', `${API}/contactAutomations`, body, z.unknown());
  }

  /** A person looks at pages of the website, one a minute, before anything else that is told of them. */
  async letVisitPages(email: string, count: number): Promise<void> {
    const visits = Array.from({ length: count }, (_, index) => ({
      contact: email,
      type: 'visit',
      url: `https://harbourfield.example/notes/${index + 1}`,
      at: new Date(Date.now() - (60 + index) * MINUTE_MS).toISOString(),
    }));
    await this.#vendors.door('activecampaign', 'activities', visits, z.unknown());
  }

  /** Names of the automations that a contact has entered. */
  async automationsOf(email: string): Promise<string[]> {
    const { id } = await this.contact(email);
    const path = `${API}/contacts/${id}/contactAutomations`;
    const { contactAutomations } = await this.#vendors.activecampaign.get(path, entriesSchema);
    const { automations } = await this.#vendors.activecampaign.get(`${API}/automations`, automationsSchema);
    return contactAutomations.map(
      ({ automation }) => automations.find(({ id: one }) => one === automation)?.name ?? automation,
    );
  }
}
