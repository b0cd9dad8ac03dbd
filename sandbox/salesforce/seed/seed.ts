import type { UserContext } from '../org/types.ts';
import { companyOfAccount, contactOf, leadOf, someAccount, someCompany, somePerson } from './people.ts';
import type { Company, Fields } from './people.ts';
import { seededRandom } from './random.ts';
import { INTERNATIONAL_NAMES } from './words.ts';

/** What seeding needs of an org: rows in, ids out, no triggers and no rules. */
export interface LoadableOrg {
  bulkLoad(object: string, rows: Iterable<Fields>): string[];
}

/** An org whose loaded records belong to a user. */
export function loadingAs(org: LoadableOrg, { id }: Pick<UserContext, 'id'>): LoadableOrg {
  const owned = { OwnerId: id, CreatedById: id, LastModifiedById: id };
  function* withOwner(rows: Iterable<Fields>): Generator<Fields> {
    for (const row of rows) yield { ...owned, ...row };
  }
  return { bulkLoad: (object, rows) => org.bulkLoad(object, withOwner(rows)) };
}

const DEMO_SEED = 20_260_615;
const DEMO = { accounts: 60, contacts: 250, leads: 200 };
/** Every so manyth demo lead has no email. */
const WITHOUT_EMAIL_EVERY = 25;

/**
 * A small believable org, the same each time: 60 accounts, 250 contacts (some without an account), 200 leads, among
 * them people without an email, one person who is both a lead and a contact, and names beyond ASCII.
 */
export function seedDemo(org: LoadableOrg): void {
  const random = seededRandom(DEMO_SEED);
  const accountRows = uniquely(
    DEMO.accounts,
    () => someAccount(random),
    (row) => String(row['Name']),
  );
  const accountIds = org.bulkLoad('Account', accountRows);
  const accounts = accountRows.map((row, index) => ({
    id: accountIds[index] ?? null,
    company: companyOfAccount(String(row['Name'])),
  }));
  const emailOf = (row: Fields) => String(row['Email']);

  const contacts = uniquely(
    DEMO.contacts,
    (index) => {
      const international = INTERNATIONAL_NAMES[index / 20];
      const person = international ?? somePerson(random);
      const account = index % 12 === 11 ? { id: null, company: someCompany(random) } : random.pick(accounts);
      return contactOf(random, person, account);
    },
    emailOf,
  );
  const leads = uniquely(
    DEMO.leads,
    (index) => leadOf(random, INTERNATIONAL_NAMES[index / 15 - 1] ?? somePerson(random), someCompany(random)),
    emailOf,
  );
  leads.forEach((lead, index) => {
    if (index % WITHOUT_EMAIL_EVERY === WITHOUT_EMAIL_EVERY - 1) lead['Email'] = null;
  });
  const [lead] = leads;
  const [contact] = contacts;
  if (lead && contact)
    for (const field of ['FirstName', 'LastName', 'Email']) lead[field] = contact[field] ?? null;
  org.bulkLoad('Contact', contacts);
  org.bulkLoad('Lead', leads);
}

/** Makes rows until so many with different keys exist. */
function uniquely(count: number, make: (index: number) => Fields, keyOf: (row: Fields) => string): Fields[] {
  const rows = new Map<string, Fields>();
  while (rows.size < count) {
    const row = make(rows.size);
    if (!rows.has(keyOf(row))) rows.set(keyOf(row), row);
  }
  return [...rows.values()];
}

/** How many records of each kind to make. */
export interface LoadCounts {
  readonly leads: number;
  readonly contacts: number;
  readonly accounts: number;
}

const LOAD_SEED = 42;

/** Makes any number of records. The same calls in the same order make the same people, and no email or name twice. */
export class RecordLoader {
  readonly #org: LoadableOrg;
  #serial = 0;
  #random = seededRandom(LOAD_SEED);
  #accounts: { id: string; company: Company }[] = [];

  constructor(org: LoadableOrg) {
    this.#org = org;
  }

  /** Contacts belong to the accounts loaded so far, this call's included, and to none where there are none. */
  load(counts: LoadCounts): void {
    this.#loadAccounts(counts.accounts);
    this.#loadMany('Contact', counts.contacts, () => {
      const account = this.#accounts.length > 0 ? this.#random.pick(this.#accounts) : undefined;
      const person = somePerson(this.#random, this.#next());
      return contactOf(this.#random, person, account ?? { id: null, company: someCompany(this.#random) });
    });
    this.#loadMany('Lead', counts.leads, () =>
      leadOf(this.#random, somePerson(this.#random, this.#next()), someCompany(this.#random)),
    );
  }

  reset(): void {
    this.#serial = 0;
    this.#random = seededRandom(LOAD_SEED);
    this.#accounts = [];
  }

  #loadAccounts(count: number): void {
    const rows = Array.from({ length: count }, () => someAccount(this.#random, this.#next()));
    const ids = this.#org.bulkLoad('Account', rows);
    ids.forEach((id, index) => {
      this.#accounts.push({ id, company: companyOfAccount(String(rows[index]?.['Name'])) });
    });
  }

  #loadMany(object: string, count: number, make: () => Fields): void {
    if (count > 0) this.#org.bulkLoad(object, Array.from({ length: count }, make));
  }

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
