import { DateTime } from 'luxon';
import { chunks } from '../../lib/lists.ts';
import { sideBySide } from '../../lib/side-by-side.ts';
import type { PlatformValue } from '../../sync/types.ts';
import type { ContactCursor, ContactPage, PlatformContact } from '../connector.ts';
import { expect, type ActiveCampaignClient, type Query } from './client.ts';
import { manifest } from './manifest.ts';
import { isPassingAddress } from './renames.ts';
import { contactPage, type ContactRow, type ContactRows } from './schemas.ts';

/** What one page needs beside the contacts, so that no contact is asked for singly. */
const INCLUDE = ['include', 'fieldValues,accountContacts.account,contactTags.tag'] as const;
const LIMIT = ['limit', String(manifest.limits.readPage)] as const;

/** How far windows overlap: the vendor's stamps are whole seconds, and its servers are several. */
const OVERLAP_MS = 5_000;

/** Pages that are known to lie ahead do not wait for each other. */
const PAGES_AT_ONCE = 5;

/**
 * What comes next in a window: contacts changed since its start, by id, as only ids order a listing that goes on
 * changing (API reference, "Pagination", "Get all contacts"). One page, or several at once where the last one told
 * that they lie ahead.
 */
export async function readContacts(
  client: ActiveCampaignClient,
  cursor: ContactCursor | null,
  atMost = Infinity,
): Promise<ContactPage> {
  const at = cursor ?? { since: null, afterId: null, nextSince: null };
  // Never all that lie ahead: only a page that is not limited to known ids can tell that nobody comes after it.
  const contacts = Math.min(atMost, (at.ahead?.about ?? 0) - 1);
  const count = Math.min(PAGES_AT_ONCE, Math.floor(contacts / manifest.limits.readPage));
  return count > 1 ? readPages(client, at, count) : readPage(client, at);
}

async function readPage(client: ActiveCampaignClient, at: ContactCursor): Promise<ContactPage> {
  const { since, afterId, nextSince } = at;
  const { page, serverTime } = await list(client, at, []);
  const records = toContacts(page, serverTime);
  const start = nextSince ?? inAccountTime(serverTime - OVERLAP_MS, page.contacts, since);
  const last = records.at(-1);
  if (!last || records.length < manifest.limits.readPage || records.length >= page.meta.total)
    return { records, next: { since: start, afterId: null, nextSince: null }, done: true };
  const next = { since, afterId: last.id, nextSince: start };
  // Among those who changed lately, contacts appear anywhere and at any time.
  if (since !== null) return { records, next, done: false };
  const left = page.meta.total - records.length;
  const ahead = whatLiesAhead(Number(afterId ?? 0), Number(last.id), records.length, left);
  return { records, next: { ...next, ahead }, done: false };
}

/**
 * Where so many contacts are left, the highest id is at least so much higher than the last one, and new contacts get
 * ids above it. So nobody can appear below, and pages that all count equally many contacts there are of one state.
 */
function whatLiesAhead(
  after: number,
  last: number,
  read: number,
  left: number,
): Required<ContactCursor>['ahead'] {
  const density = read / (last - after);
  return { below: last + left + 1, about: Math.floor(left * density) };
}

async function readPages(
  client: ActiveCampaignClient,
  { ahead, ...at }: ContactCursor,
  count: number,
): Promise<ContactPage> {
  const { readPage: size } = manifest.limits;
  const below = ahead?.below ?? 0;
  const answers = sideBySide(
    Array.from({ length: count }, (_, page) => page * size),
    (offset) =>
      list(client, at, [
        ['id_less', String(below)],
        ['offset', String(offset)],
      ]),
    count,
  );
  const records: PlatformContact[] = [];
  let total: number | null = null;
  let isWhole = true;
  for await (const { page, serverTime } of answers) {
    total ??= page.meta.total;
    // Somebody was deleted between two pages, so that others may have slipped from one to the other unseen.
    isWhole &&= page.meta.total === total;
    if (!isWhole) continue;
    records.push(...toContacts(page, serverTime));
    isWhole = page.contacts.length === size;
  }
  const next = { ...at, afterId: records.at(-1)?.id ?? at.afterId };
  const left = { below, about: (total ?? 0) - records.length };
  return { records, next: isWhole ? { ...next, ahead: left } : next, done: false };
}

async function list(
  client: ActiveCampaignClient,
  { since, afterId }: ContactCursor,
  part: Query,
): Promise<{ page: ContactRows; serverTime: number }> {
  const query: Query = [
    ['orders[id]', 'ASC'],
    ['id_greater', afterId ?? '0'],
    ...(since === null ? [] : ([['filters[updated_after]', since]] as const)),
    ...part,
    LIMIT,
    INCLUDE,
  ];
  const { body, serverTime } = await client.send({
    method: 'GET',
    path: '/contacts',
    query,
    repeatable: true,
  });
  return { page: expect(contactPage, body, '/contacts'), serverTime };
}

/** Those of the ids that still exist. */
export async function readContactsByIds(
  client: ActiveCampaignClient,
  ids: readonly string[],
): Promise<PlatformContact[]> {
  const found: PlatformContact[] = [];
  const pages = sideBySide(
    chunks(ids, manifest.limits.readPage),
    async (part) => {
      const query: Query = [...part.map((id) => ['ids[]', id] as const), LIMIT, INCLUDE];
      const answer = await client.send({ method: 'GET', path: '/contacts', query, repeatable: true });
      const wanted = new Set(part);
      const contacts = toContacts(expect(contactPage, answer.body, '/contacts'), answer.serverTime);
      return contacts.filter(({ id }) => wanted.has(id));
    },
    PAGES_AT_ONCE,
  );
  for await (const page of pages) found.push(...page);
  return found;
}

function toContacts(page: ContactRows, serverTime: number): PlatformContact[] {
  const names = new Map(page.accounts.map(({ id, name }) => [id, name]));
  const accounts = new Map<string, { id: string; name: string }>();
  for (const { contact, account } of page.accountContacts) {
    const name = names.get(account);
    if (name !== undefined) accounts.set(contact, { id: account, name });
  }
  const custom = new Map<string, Record<string, PlatformValue>>();
  for (const { contact, field, value } of page.fieldValues) {
    const values = custom.get(contact) ?? {};
    values[`field:${field}`] = value;
    custom.set(contact, values);
  }
  const tagNames = new Map(page.tags.map(({ id, tag }) => [id, tag]));
  const tags = Map.groupBy(page.contactTags, ({ contact }) => contact);
  return page.contacts.map((row) => {
    const account = accounts.get(row.id) ?? null;
    // On its way from one address to another, it has none that could be told.
    const isPassing = isPassingAddress(row.email);
    return {
      id: row.id,
      email: row.email === '' || isPassing ? null : row.email,
      stamp: stampOf(row, serverTime),
      account,
      tags: (tags.get(row.id) ?? []).map(({ id, tag }) => ({ id, name: tagNames.get(tag) ?? '' })),
      values: {
        ...custom.get(row.id),
        ...(isPassing ? {} : { email: row.email }),
        firstName: row.firstName,
        lastName: row.lastName,
        phone: row.phone,
        account: account?.name ?? null,
      },
    };
  });
}

/** A contact without a readable stamp counts as changed just now. */
function stampOf({ udate }: ContactRow, serverTime: number): string {
  const at = Date.parse(udate);
  return new Date(Number.isNaN(at) ? serverTime : at).toISOString();
}

/**
 * A time as the account itself would write it. It is not documented whether the filter heeds an offset or takes the
 * account's zone for granted: in the account's own offset, both readings are the same moment.
 */
function inAccountTime(at: number, contacts: readonly ContactRow[], since: string | null): string {
  const latest = contacts.reduce((newest, { udate }) => (udate > newest ? udate : newest), '');
  const offset = /[+-]\d\d:\d\d$/.exec(latest)?.[0] ?? /[+-]\d\d:\d\d$/.exec(since ?? '')?.[0] ?? '+00:00';
  const time = DateTime.fromMillis(at, { zone: `UTC${offset}` }).startOf('second');
  return time.toISO({ suppressMilliseconds: true, includeOffset: true }) ?? new Date(at).toISOString();
}
