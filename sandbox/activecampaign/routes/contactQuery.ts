import { pageOf } from '../http/query.ts';
import type { Query } from '../http/query.ts';
import type { MarketingAccount } from '../state/account.ts';
import type { Contact, ContactQuery } from '../state/contacts.ts';
import { parseTime } from '../state/time.ts';

type Test = (contact: Contact) => boolean;

/** Reads `GET /contacts`'s query. What the vendor does not know, or cannot read, narrows nothing. */
export function contactQuery(query: Query, account: MarketingAccount): ContactQuery {
  const email = query.get('email');
  const idGreater = query.number('id_greater');
  const idLess = query.number('id_less');
  const ids = query.list('ids');
  return {
    ...(email === undefined ? {} : { email }),
    ...(idGreater === undefined ? {} : { idGreater }),
    ...(idLess === undefined ? {} : { idLess }),
    ...(ids === undefined ? {} : { ids: ids.map(Number) }),
    ...updated(query),
    ...order(query),
    ...pageOf(query),
    tests: [...membership(query, account), ...created(query), ...words(query)],
  };
}

function membership(query: Query, account: MarketingAccount): Test[] {
  const tests: Test[] = [];
  const tag = query.number('tagid');
  if (tag !== undefined) tests.push((contact) => contact.tags.some((row) => row.tag === tag));
  const list = query.number('listid');
  const status = query.number('status');
  if (list !== undefined || status !== undefined) {
    tests.push((contact) =>
      contact.lists.some(
        (row) => (list === undefined || row.list === list) && (status === undefined || row.status === status),
      ),
    );
  }
  const series = query.number('seriesid');
  if (series !== undefined) {
    tests.push((contact) => account.automations.of(contact.id).some((entry) => entry.automation === series));
  }
  return tests;
}

function updated(query: Query): Pick<ContactQuery, 'updatedFrom' | 'updatedBefore'> {
  const after = secondOf(query, 'updated_after');
  const before = secondOf(query, 'updated_before');
  return {
    ...(after === undefined ? {} : { updatedFrom: after + 1000 }),
    ...(before === undefined ? {} : { updatedBefore: before }),
  };
}

function created(query: Query): Test[] {
  const tests: Test[] = [];
  const after = secondOf(query, 'created_after');
  if (after !== undefined) tests.push((contact) => contact.createdAt >= after + 1000);
  const before = secondOf(query, 'created_before');
  if (before !== undefined) tests.push((contact) => contact.createdAt < before);
  return tests;
}

/** The vendor compares whole seconds: "after" and "before" both leave out the second itself. */
function secondOf(query: Query, name: string): number | undefined {
  const wanted = query.filter(name);
  const at = wanted === undefined ? undefined : parseTime(wanted);
  return at === undefined ? undefined : Math.floor(at / 1000) * 1000;
}

function words(query: Query): Test[] {
  const tests: Test[] = [];
  const exclude = query.number('exclude');
  if (exclude !== undefined) tests.push((contact) => contact.id !== exclude);
  const like = query.get('email_like')?.toLowerCase();
  if (like !== undefined) tests.push((contact) => contact.email.includes(like));
  const phone = query.get('phone');
  if (phone !== undefined) tests.push((contact) => contact.phone.startsWith(phone));
  const search = query.get('search')?.toLowerCase();
  if (search !== undefined) {
    tests.push((contact) =>
      `${contact.firstName} ${contact.lastName}\n${contact.email}\n${contact.phone}`
        .toLowerCase()
        .includes(search),
    );
  }
  return tests;
}

type Compare = (a: Contact, b: Contact) => number;

const comparisons: Record<string, Compare> = {
  id: (a, b) => a.id - b.id,
  cdate: (a, b) => a.createdAt - b.createdAt,
  email: (a, b) => byText(a.email, b.email),
  first_name: (a, b) => byText(a.firstName, b.firstName),
  last_name: (a, b) => byText(a.lastName, b.lastName),
  name: (a, b) => byText(`${a.firstName} ${a.lastName}`, `${b.firstName} ${b.lastName}`),
};

function order(query: Query): Pick<ContactQuery, 'compare' | 'descending'> {
  const orders = query.orders().flatMap(({ name, descending }) => {
    const compare = comparisons[name];
    return compare === undefined ? [] : [{ name, descending, compare }];
  });
  const [first] = orders;
  if (first === undefined) return {};
  // Ids are unique, so nothing that follows them matters; and the rows stand in their order already.
  if (first.name === 'id') return { descending: first.descending };
  return {
    compare: (a, b) => {
      for (const { compare, descending } of orders) {
        const difference = compare(a, b);
        if (difference !== 0) return descending ? -difference : difference;
      }
      return 0;
    },
  };
}

function byText(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}
