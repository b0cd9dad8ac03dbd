import type { Value } from '../org/types.ts';
import type { Random } from './random.ts';
import {
  ACCOUNT_TYPES,
  COMPANY_KINDS,
  COMPANY_STEMS,
  FIRST_NAMES,
  INDUSTRIES,
  LAST_NAMES,
  LEAD_SOURCES,
  LEAD_STATUSES,
  PLACES,
  RATINGS,
  STREETS,
  TITLES,
} from './words.ts';

/** Field values of one record to be made. */
export type Fields = Record<string, Value>;

/** A company as its people's records mention it. */
export interface Company {
  readonly name: string;
  readonly domain: string;
}

export function someCompany(random: Random): Company {
  const [stem, kind] = [random.pick(COMPANY_STEMS), random.pick(COMPANY_KINDS)];
  return { name: `${stem} ${kind}`, domain: `${stem}${kind}.example`.toLowerCase() };
}

/** The same domain that the account's people write from. */
export function companyOfAccount(name: string): Company {
  return { name, domain: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '')}.example` };
}

/** `serial` makes the company's name unlike every other's; undefined leaves the bare name. */
export function someAccount(random: Random, serial?: number): Fields {
  const company = someCompany(random);
  const name = serial === undefined ? company.name : `${company.name} ${serial}`;
  const place = random.pick(PLACES);
  return {
    Name: name,
    Type: random.pick(ACCOUNT_TYPES),
    Industry: random.pick(INDUSTRIES),
    Rating: random.pick(RATINGS),
    Phone: phone(random, place.phone),
    Website: `https://www.${companyOfAccount(name).domain}`,
    NumberOfEmployees: 5 + random.below(5_000),
    AnnualRevenue: (1 + random.below(900)) * 100_000,
    BillingStreet: street(random),
    BillingCity: place.city,
    BillingState: place.state,
    BillingPostalCode: postalCode(random, place.postalCode),
    BillingCountry: place.country,
  };
}

/** `mailbox` is what stands before the @ instead of first and last name. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly mailbox: string;
}

/** `serial` makes the mailbox unlike every other's. */
export function somePerson(random: Random, serial?: number): Person {
  const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const name = `${firstName}.${lastName}`.toLowerCase();
  return { firstName, lastName, mailbox: serial === undefined ? name : `${name}.${serial}` };
}

export function leadOf(random: Random, person: Person, company: Company): Fields {
  const place = random.pick(PLACES);
  return {
    FirstName: person.firstName,
    LastName: person.lastName,
    Company: company.name,
    Email: `${person.mailbox}@${company.domain}`,
    Title: random.pick(TITLES),
    Phone: phone(random, place.phone),
    Status: random.pick(LEAD_STATUSES),
    LeadSource: random.pick(LEAD_SOURCES),
    Industry: random.pick(INDUSTRIES),
    Rating: random.pick(RATINGS),
    Street: street(random),
    City: place.city,
    State: place.state,
    PostalCode: postalCode(random, place.postalCode),
    Country: place.country,
  };
}

export function contactOf(
  random: Random,
  person: Person,
  account: { id: string | null; company: Company },
): Fields {
  const place = random.pick(PLACES);
  return {
    FirstName: person.firstName,
    LastName: person.lastName,
    AccountId: account.id,
    Email: `${person.mailbox}@${account.company.domain}`,
    Title: random.pick(TITLES),
    Phone: phone(random, place.phone),
    LeadSource: random.pick(LEAD_SOURCES),
    MailingStreet: street(random),
    MailingCity: place.city,
    MailingState: place.state,
    MailingPostalCode: postalCode(random, place.postalCode),
    MailingCountry: place.country,
  };
}

function phone(random: Random, prefix: string): string {
  return `${prefix} ${String(random.below(10_000)).padStart(4, '0')}`;
}

function street(random: Random): string {
  return `${1 + random.below(400)} ${random.pick(STREETS)} Street`;
}

function postalCode(random: Random, head: string): string {
  return `${head}${String(random.below(100)).padStart(2, '0')}`;
}
