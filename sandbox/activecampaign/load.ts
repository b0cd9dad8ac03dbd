import type { MarketingAccount } from './state/account.ts';
import type { Field } from './state/fields.ts';

const FIRST_NAMES = words(`
  Amara Bruno Carmen Daniel Elena Farid Greta Hugo Ines Jonas Keiko Lucia Marco Nadia
  Oscar Priya Quentin Rosa Samuel Teresa Ulrich Valeria Wanda Xavier Yara Zoltan Anneke
  Benito Clara Dmitri Esther Felipe Gloria
`);

const LAST_NAMES = words(`
  Abbott Barros Castillo Dunne Eriksen Fischer Garcia Haddad Ivanov Jansen Kowalski
  Lindqvist Moreau Nakamura Okafor Pereira Quiroga Rossi Silva Tanaka Usman Vargas Weber
  Xu Yilmaz Zamora Almeida Bianchi Conti Delgado Engel Ferrari Gomez Hansen Ibarra Jimenez
  Keller
`);

const DOMAINS = words(`
  brightwater.example copperline.example dovetail.example eastgate.example
  fernwood.example granite-works.example highfield.example ironbridge.example
  juniper-labs.example kestrel.example larkspur.example
`);

const JOBS = [
  'Buyer',
  'Analyst',
  'Head of Marketing',
  'Engineer',
  'Consultant',
  'Operations Manager',
  'Founder',
];

/**
 * Adds so many believable contacts, as an import of this moment would. The same account gets the same contacts;
 * the numbers of first names, last names and domains share no divisor, so that combinations repeat late.
 */
export function loadContacts(account: MarketingAccount, count: number): void {
  const at = account.time.now();
  const job = account.fields.byTitle('Job Title');
  const industry = account.fields.byTitle('Industry');
  const newsletter = account.fields.byTitle('Newsletter');
  const industries =
    industry === undefined ? [] : account.fields.optionsOf(industry.id).map(({ value }) => value);
  const set = (
    contact: Parameters<typeof account.values.set>[0],
    field: Field | undefined,
    value: string,
  ) => {
    if (field !== undefined) account.values.set(contact, field, value, at);
  };
  const wanted = account.contacts.size + count;
  for (let serial = account.contacts.size; account.contacts.size < wanted; serial += 1) {
    const firstName = pick(FIRST_NAMES, serial);
    const lastName = pick(LAST_NAMES, serial);
    const email = `${firstName}.${lastName}.${serial}@${pick(DOMAINS, serial)}`;
    const phone = `+1 312 ${String(100 + (serial % 900))} ${String(serial % 10_000).padStart(4, '0')}`;
    if (account.contacts.byEmail(email) !== undefined) continue;
    const contact = account.contacts.add({ email, firstName, lastName, phone }, at);
    set(contact, job, pick(JOBS, serial));
    if (industries.length > 0) set(contact, industry, pick(industries, serial));
    if (serial % 2 === 0) set(contact, newsletter, '||true||');
  }
}

function pick(pool: readonly string[], serial: number): string {
  return pool[serial % pool.length] ?? '';
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
