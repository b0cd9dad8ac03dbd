import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Vendors } from '../stack/vendors.ts';

const API = '/api/3';
const anything = z.unknown();
const contactsSchema = z.object({
  contacts: z.array(z.object({ id: z.string(), email: z.string() })),
  meta: z.object({ total: z.coerce.number() }),
});

/** People of the org that ActiveCampaign knows too, at the start. */
const SHARED = { contacts: 60, leads: 30 };

const personSchema = z.looseObject({
  FirstName: z.string().nullable(),
  LastName: z.string(),
  Email: z.string(),
  Phone: z.string().nullable(),
  Title: z.string().nullable(),
});
type Person = z.infer<typeof personSchema>;

/** What web forms ask for beside the name, by the titles of the account's own fields; money as people type it. */
const ANSWERS: Readonly<Record<string, string>> = { 'Annual Revenue': '$1,250,000.50' };
const fieldsSchema = z.object({ fields: z.array(z.object({ id: z.coerce.number(), title: z.string() })) });

/** How a web form's or an old list's copy of a person differs from the sales team's. */
const DIFFERENCES: readonly ((person: Person) => Record<string, string>)[] = [
  (person) => ({ email: person.Email.toUpperCase() }),
  () => ({ phone: '' }),
  () => ({ phone: '+1 800 555 0199' }),
  (person) => ({ first_name: person.FirstName?.slice(0, 1) ?? '' }),
  (person) => ({ last_name: person.LastName.toUpperCase() }),
  () => ({}),
];

/** Gives the account a customer's data, and some of Salesforce's people with other details. Answers how many contacts. */
export async function seedActiveCampaign(vendors: Vendors): Promise<number> {
  await vendors.door('activecampaign', 'seed', {}, anything);
  const before = await total(vendors);
  const fields = 'SELECT FirstName, LastName, Email, Phone, Title FROM';
  const people = z
    .array(personSchema)
    .parse([
      ...(await vendors.query(`${fields} Contact WHERE Email != null ORDER BY Id LIMIT ${SHARED.contacts}`)),
      ...(await vendors.query(`${fields} Lead WHERE Email != null ORDER BY Id LIMIT ${SHARED.leads}`)),
    ]);
  const { fields: known } = await vendors.activecampaign.get(`${API}/fields?limit=100`, fieldsSchema);
  const answers = known.flatMap(({ id, title }) => {
    const value = ANSWERS[title];
    return value === undefined ? [] : [{ id, value }];
  });
  const copies = people.map((person, index) => ({
    email: person.Email,
    first_name: person.FirstName ?? '',
    last_name: person.LastName,
    phone: person.Phone ?? '',
    ...DIFFERENCES[index % DIFFERENCES.length]?.(person),
    fields: answers,
    tags: ['web form'],
  }));
  await vendors.activecampaign.send('POST', `${API}/import/bulk_import`, { contacts: copies }, anything);
  // One person of the org is both a lead and a contact.
  const expected = before + new Set(copies.map(({ email }) => email.toLowerCase())).size;
  for (;;) {
    const now = await total(vendors);
    if (now >= expected) return now;
    await delay(250);
  }
}

async function total(vendors: Vendors): Promise<number> {
  const { meta } = await vendors.activecampaign.get(`${API}/contacts?limit=1`, contactsSchema);
  return meta.total;
}

/** Contacts that a marketer corrects, and contacts that become leads. */
const EDITED = 8;
const PROMISING = ['yara.haddad@eastgate.example', 'hugo.moreau@highfield.example'];

/**
 * A morning in marketing: phone numbers are corrected on synced contacts, and two contacts enter an automation that
 * asks Salesforce for a lead. Answers how many contacts were touched.
 */
export async function workInActiveCampaign(
  vendors: Vendors,
  createLeadUrl: string,
): Promise<{ edited: number; requested: number }> {
  const { activecampaign } = vendors;
  const { contacts } = await activecampaign.get(
    `${API}/contacts?orders[id]=DESC&limit=${EDITED}`,
    contactsSchema,
  );
  for (const [index, { id }] of contacts.entries()) {
    const contact = { phone: `+34 600 100 ${String(100 + index)}` };
    await activecampaign.send('PUT', `${API}/contacts/${id}`, { contact }, anything);
  }
  const { automation } = await vendors.door(
    'activecampaign',
    'automations',
    { name: 'Create a lead in Salesforce', steps: [{ webhook: { url: createLeadUrl } }] },
    z.object({ automation: z.looseObject({ id: z.string() }) }),
  );
  for (const email of PROMISING) {
    const found = await activecampaign.get(
      `${API}/contacts?email=${encodeURIComponent(email)}`,
      contactsSchema,
    );
    const entry = { contact: found.contacts[0]?.id, automation: automation.id };
    await activecampaign.send('POST', `${API}/contactAutomations`, { contactAutomation: entry }, anything);
  }
  // Answers when every webhook on its way has arrived.
  await activecampaign.get('/__sandbox/deliveries', anything);
  return { edited: contacts.length, requested: PROMISING.length };
}
