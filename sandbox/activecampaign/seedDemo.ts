import type { MarketingAccount } from './state/account.ts';
import type { Actor } from './state/actor.ts';
import type { ActivityKind } from './state/activities.ts';
import type { Company } from './state/companies.ts';
import type { Contact } from './state/contacts.ts';
import { PAGE_VISIT } from './state/tracking.ts';

const DAY_MS = 24 * 3_600_000;
const SITE = 'https://harbourfield.example';

/** Seeding fires no webhooks and starts no automations. */
const seeder: Actor = { source: 'system', mass: true, excludeAutomations: true };

interface SeedCompany {
  readonly name: string;
  readonly url: string;
  readonly industry: string;
  readonly employees: number;
}

const COMPANIES: readonly SeedCompany[] = [
  { name: 'Brightwater Farms', url: 'https://brightwater.example', industry: 'Energy', employees: 120 },
  { name: 'Copperline Bank', url: 'https://copperline.example', industry: 'Banking', employees: 900 },
  { name: 'Dovetail Builders', url: 'https://dovetail.example', industry: 'Construction', employees: 45 },
  { name: 'Fernwood Greenhouses', url: 'https://fernwood.example', industry: 'Technology', employees: 32 },
  { name: 'Kestrel Analytics', url: 'https://kestrel.example', industry: 'Technology', employees: 210 },
  { name: 'Juniper Labs', url: 'https://juniper-labs.example', industry: 'Energy', employees: 64 },
];

interface SeedPerson {
  readonly name: readonly [first: string, last: string];
  readonly email: string;
  readonly company?: string;
  readonly job: string;
  readonly language: 'English' | 'Spanish';
  readonly interests: string;
  readonly tags: readonly string[];
}

const PEOPLE: readonly SeedPerson[] = [
  {
    name: ['Lucia', 'Castillo'],
    email: 'lucia.castillo@brightwater.example',
    company: 'Brightwater Farms',
    job: 'Head of Operations',
    language: 'Spanish',
    interests: '||Irrigation||Sensors||',
    tags: ['customer'],
  },
  {
    name: ['Oscar', 'Lindqvist'],
    email: 'oscar.lindqvist@copperline.example',
    company: 'Copperline Bank',
    job: 'Analyst',
    language: 'English',
    interests: '||Service||',
    tags: ['prospect'],
  },
  {
    name: ['Priya', 'Nakamura'],
    email: 'priya.nakamura@kestrel.example',
    company: 'Kestrel Analytics',
    job: 'Founder',
    language: 'English',
    interests: '||Sensors||',
    tags: ['prospect', 'event 2024'],
  },
  {
    name: ['Marco', 'Bianchi'],
    email: 'marco.bianchi@dovetail.example',
    company: 'Dovetail Builders',
    job: 'Buyer',
    language: 'English',
    interests: '||Irrigation||',
    tags: ['customer'],
  },
  {
    name: ['Ines', 'Almeida'],
    email: 'ines.almeida@fernwood.example',
    company: 'Fernwood Greenhouses',
    job: 'Engineer',
    language: 'Spanish',
    interests: '||Sensors||Training||',
    tags: ['customer', 'event 2024'],
  },
  {
    name: ['Samuel', 'Okafor'],
    email: 'samuel.okafor@juniper-labs.example',
    company: 'Juniper Labs',
    job: 'Consultant',
    language: 'English',
    interests: '||Training||',
    tags: ['partner'],
  },
  {
    name: ['Clara', 'Weber'],
    email: 'clara.weber@kestrel.example',
    company: 'Kestrel Analytics',
    job: 'Head of Marketing',
    language: 'English',
    interests: '||Service||',
    tags: ['customer'],
  },
  {
    name: ['Felipe', 'Gomez'],
    email: 'felipe.gomez@brightwater.example',
    company: 'Brightwater Farms',
    job: 'Operations Manager',
    language: 'Spanish',
    interests: '||Irrigation||Service||',
    tags: ['customer'],
  },
  {
    name: ['Yara', 'Haddad'],
    email: 'yara.haddad@eastgate.example',
    job: 'Founder',
    language: 'English',
    interests: '||Sensors||',
    tags: ['prospect'],
  },
  {
    name: ['Hugo', 'Moreau'],
    email: 'hugo.moreau@highfield.example',
    job: 'Buyer',
    language: 'English',
    interests: '||Irrigation||',
    tags: ['prospect'],
  },
];

/** Adds a small customer's data to the account: companies, contacts, tags, lists, and what people did with its mail. */
export function seedDemo(account: MarketingAccount): void {
  const at = account.time.now() - 60 * DAY_MS;
  for (const company of COMPANIES) seedCompany(account, company, at);
  const people = PEOPLE.map((person, index) => seedPerson(account, person, at + index * DAY_MS));
  for (const [index, contact] of people.slice(0, 5).entries()) seedActivity(account, contact, index);
}

function seedCompany(account: MarketingAccount, seed: SeedCompany, at: number): void {
  if (account.companies.byName(seed.name) !== undefined) return;
  const company = account.companies.create({ name: seed.name, url: seed.url, owner: 1 }, at, seeder);
  const set = (label: string, value: string | number, currency: string | null = null) => {
    const field = account.companyFields.fields.find((row) => row.label === label);
    if (field === undefined) return;
    account.companyFields.set({ company: company.id, field: field.id, value, currency }, at);
  };
  set('Industry', seed.industry);
  set('Employees', seed.employees);
  // Money is in cents.
  set('Annual Revenue', seed.employees * 9_500_000, 'usd');
  set('Customer Since', '2023-04-01');
}

function seedPerson(account: MarketingAccount, seed: SeedPerson, at: number): Contact {
  const [firstName, lastName] = seed.name;
  const phone = `+1 312 555 0${String(100 + account.contacts.size)}`;
  const contact =
    account.contacts.byEmail(seed.email) ??
    account.contacts.add({ email: seed.email, firstName, lastName, phone }, at);
  const set = (title: string, value: string) => {
    const field = account.fields.byTitle(title);
    if (field !== undefined) account.values.set(contact, field, value, at);
  };
  set('Job Title', seed.job);
  set('Preferred Language', seed.language);
  set('Product Interests', seed.interests);
  set('Newsletter', '||true||');
  set('Customer Since', '2023-04-01');
  for (const name of seed.tags) {
    const tag =
      account.tags.byName(name) ?? account.tags.create({ name, type: 'contact', description: '' }, at);
    account.tags.attach(contact, tag, at);
  }
  account.lists.set(contact, 2, 1, 0, at);
  const company = seed.company === undefined ? undefined : account.companies.byName(seed.company);
  if (company !== undefined) relate(account, contact, company, at, seed.job);
  return contact;
}

function relate(
  account: MarketingAccount,
  contact: Contact,
  company: Company,
  at: number,
  job: string,
): void {
  if (contact.relation === null) account.companies.relate(contact, company, job, at);
}

/** Mail sent, opened, clicked and answered, pages seen, an event, and an automation, over the last weeks. */
function seedActivity(account: MarketingAccount, contact: Contact, index: number): void {
  const now = account.time.now();
  const [notes, pricing] = account.campaigns.campaigns.all();
  if (notes === undefined || pricing === undefined) return;
  const add = (kind: ActivityKind, campaign: typeof notes, daysAgo: number, more = {}) =>
    account.activities.add(contact, { kind, campaign, at: now - daysAgo * DAY_MS, ...more }, seeder);
  add('sent', notes, 30 - index);
  add('open', notes, 29 - index);
  add('click', notes, 29 - index, { url: `${SITE}/notes/spring` });
  add('sent', pricing, 12 - index);
  add('open', pricing, 11 - index);
  add('reply', pricing, 10 - index, {
    subject: 'Re: The prices you asked for',
    body: 'Thank you. Could you call me on Thursday about the service contract?',
  });
  const track = (event: string, value: string, daysAgo: number) =>
    account.tracking.add({ contact: contact.id, event, value, at: now - daysAgo * DAY_MS });
  track(PAGE_VISIT, `${SITE}/pricing`, 9 - index);
  track('downloaded brochure', 'sensor.pdf', 8 - index);
  const automation = account.automations.automations.find(({ name }) => name.startsWith('Renewal reminder'));
  if (automation !== undefined) account.automations.enter(contact, automation, now - 5 * DAY_MS);
}
