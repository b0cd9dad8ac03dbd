import { afterEach, describe, expect, test } from '@jest/globals';
import axios from 'axios';
import fc from 'fast-check';
import { openPlatform, readAll, type Platform } from './fixture.ts';

/** What happens to the account before it answers a call. */
type Happening =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'appears' }
  | { readonly kind: 'disappears'; readonly at: number };

const send = axios.getAdapter('http');

afterEach(() => {
  axios.defaults.adapter = 'http';
});

/**
 * Has calls of connectors that are made from now on answered one at a time, of those that wait any; what happens
 * before each is the test's.
 *
 * @param next - Which of so many calls is answered next, and what happens before it.
 */
function answerInTurn(next: (waiting: number) => number): void {
  const waiting: (() => Promise<void>)[] = [];
  let isAnswering = false;
  const answerAll = async (): Promise<void> => {
    isAnswering = true;
    while (waiting.length > 0) {
      const [answer] = waiting.splice(next(waiting.length), 1);
      await answer?.();
    }
    isAnswering = false;
  };
  axios.defaults.adapter = (sent) =>
    new Promise((resolve, reject) => {
      waiting.push(() => send(sent).then(resolve, reject));
      if (!isAnswering) setImmediate(() => isAnswering || void answerAll());
    });
}

/** Reads everybody. @returns the ids in the order they came, and in how many parts they came */
async function readIds(platform: Platform): Promise<{ ids: number[]; parts: number }> {
  const { records, parts } = await readAll(platform, null);
  return { ids: records.map(({ id }) => Number(id)), parts };
}

function allIds({ server }: Platform, below: number): number[] {
  return Array.from({ length: below }, (_, id) => id).filter((id) => server.account.contacts.get(id));
}

function deleteContacts({ server }: Platform, ids: readonly number[]): void {
  for (const id of ids) {
    const contact = server.account.contacts.get(id);
    if (contact) server.account.deleteContact(contact);
  }
}

describe('reading everybody, several pages at once', () => {
  test('costs no more calls than pages, and gives everybody once and in order', async () => {
    const platform = await openPlatform();
    await platform.door('load', { contacts: 1_200 });
    await platform.forgetCalls();
    const { ids, parts } = await readIds(platform);
    expect(ids).toEqual(Array.from({ length: 1_200 }, (_, n) => n + 1));
    expect(await platform.calls()).toEqual({ 'GET /contacts': 12 });
    expect(parts).toBeLessThan(7);
  });

  test('reads page by page where most ids are gone', async () => {
    const platform = await openPlatform();
    await platform.door('load', { contacts: 1_000 });
    const gone = Array.from({ length: 1_000 }, (_, n) => n + 1).filter((id) => id % 4 !== 0);
    deleteContacts(platform, gone);
    await platform.forgetCalls();
    const { ids } = await readIds(platform);
    expect(ids).toEqual(allIds(platform, 1_001));
    expect(await platform.calls()).toEqual({ 'GET /contacts': 3 });
  });

  test('comes to an end where the account counts contacts that it does not list', async () => {
    const { connector, door } = await openPlatform();
    await door('faults', [
      {
        match: 'GET /api/3/contacts',
        status: 200,
        times: 2,
        body: { contacts: [], meta: { total: 500 } },
      },
    ]);
    const ahead = { below: 600, about: 500 };
    const { records, next, done } = await connector.readContacts(
      { since: null, afterId: '100', nextSince: '2026-01-01T00:00:00Z', ahead },
      200,
    );
    expect({ records, next, done }).toEqual({
      records: [],
      next: { since: null, afterId: '100', nextSince: '2026-01-01T00:00:00Z' },
      done: false,
    });
    expect(await connector.readContacts(next)).toMatchObject({ records: [], done: true });
  });

  test('reads what changed lately page by page', async () => {
    const platform = await openPlatform();
    await platform.door('load', { contacts: 500 });
    const page = await platform.connector.readContacts({
      since: '2020-01-01T00:00:00Z',
      afterId: null,
      nextSince: null,
    });
    expect(page.next.ahead).toBeUndefined();
  });

  test('misses nobody who is there all the time, whoever is deleted or added between the pages', async () => {
    const happening: fc.Arbitrary<Happening> = fc.oneof(
      { weight: 2, arbitrary: fc.constant({ kind: 'nothing' as const }) },
      { weight: 2, arbitrary: fc.constant({ kind: 'appears' as const }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('disappears' as const), at: fc.nat(699) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3), happening), { minLength: 12, maxLength: 12 }),
        fc.uniqueArray(fc.nat(699), { maxLength: 150 }),
        async (turns, goneBefore) => {
          let turn = 0;
          answerInTurn((waiting) => {
            const [pick = 0, what] = turns[turn++ % turns.length] ?? [];
            if (what?.kind === 'disappears') deleteContacts(platform, [what.at]);
            if (what?.kind === 'appears')
              platform.server.account.people.create({ email: `new${turn}@example.com` }, { source: 'admin' });
            return pick % waiting;
          });
          const platform = await openPlatform();
          await platform.door('load', { contacts: 700 });
          deleteContacts(platform, goneBefore);
          const before = allIds(platform, 701);
          const { ids } = await readIds(platform);
          const remained = new Set(allIds(platform, 701));
          const read = new Set(ids);
          expect(before.filter((id) => remained.has(id) && !read.has(id))).toEqual([]);
          expect(ids).toEqual([...read].sort((a, b) => a - b));
        },
      ),
      { numRuns: 30 },
    );
  });
});
