import { describe, expect, test } from '@jest/globals';
import { openPlatform, write, writes } from './fixture.ts';

const LIVE = { backfill: false };

describe('writing ten or more contacts', () => {
  test('creates 1,000 for four imports and ten reads when imports report back', async () => {
    const { connector, server, calls } = await openPlatform({
      callbacks: true,
      highestContactId: async () => '0',
    });
    const outcomes = await connector.writeContacts(
      writes(1_000, (n) => ({ values: { firstName: `F${n}` }, addTags: ['new'] })),
      LIVE,
    );
    expect(outcomes.every((outcome) => outcome.kind === 'written' && outcome.created)).toBe(true);
    expect(outcomes.map(({ ref }) => ref)).toEqual(writes(1_000).map(({ ref }) => ref));
    expect(await calls()).toEqual({ 'POST /import/bulk_import': 4, 'GET /contacts': 10 });
    for (const outcome of outcomes) {
      const contact =
        outcome.kind === 'written' ? server.account.contacts.get(Number(outcome.id)) : undefined;
      expect(contact?.email).toBe(outcome.ref);
    }
  });

  test('creates 20,000 as fast as the vendor’s limits allow, each call within the budget', async () => {
    const { connector, clock, calls, budget } = await openPlatform({ paced: true, callbacks: true });
    const start = clock.now();
    const outcomes = await connector.writeContacts(writes(20_000), LIVE);
    expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(20_000);
    const made = await calls();
    expect(made).toEqual({ 'POST /import/bulk_import': 80, 'GET /contacts': 201 });
    expect(budget.taken('requests')).toBe(201);
    expect(budget.taken('imports')).toBe(80);
    // The imports are the bound: ids are read back while later ones are under way.
    expect(clock.now() - start).toBeLessThan(80 * 600 * 1.15);
  });

  test('reads no contact back when all were linked', async () => {
    const { connector, calls, forgetCalls, server } = await openPlatform({ callbacks: true });
    const made = await connector.writeContacts(writes(30), LIVE);
    await forgetCalls();
    const ids = made.map((outcome) => (outcome.kind === 'written' ? outcome.id : ''));
    const outcomes = await connector.writeContacts(
      writes(30, (n) => ({
        id: ids[n] ?? '',
        values: { lastName: 'Changed', 'field:6': ['Sensors', 'Service'] },
      })),
      LIVE,
    );
    expect(outcomes).toEqual(
      ids.map((id, n) => ({ ref: `person${n}@example.com`, kind: 'written', id, created: false })),
    );
    expect(await calls()).toEqual({ 'POST /import/bulk_import': 1, 'GET /import/info': 1 });
    expect(server.account.contacts.byEmail('person7@example.com')).toMatchObject({
      lastName: 'Changed',
      values: [expect.objectContaining({ field: 6, value: '||Sensors||Service||' })],
    });
  });

  test('asks the vendor about imports where they cannot report back', async () => {
    const { connector, calls } = await openPlatform({ highestContactId: async () => '0' });
    const outcomes = await connector.writeContacts(writes(40), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect((await calls())['GET /import/info']).toBeGreaterThan(0);
  });

  test('asks the vendor when a report was lost, and waits for no further one', async () => {
    const { connect, clock } = await openPlatform();
    const connector = connect({
      imports: {
        expect: async (refs) => new Map(refs.map((ref) => [ref, 'http://127.0.0.1:1/lost'])),
        completed: async () => new Set(),
      },
    });
    const start = clock.now();
    const outcomes = await connector.writeContacts(writes(12), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect(clock.now() - start).toBeLessThan(60_000);
    const next = clock.now();
    await connector.writeContacts(writes(24).slice(12), LIVE);
    expect(clock.now() - next).toBeLessThan(5_000);
  });

  test('lets every other contact go when one is not valid, and says which', async () => {
    const { connector, server } = await openPlatform({ callbacks: true });
    const some = writes(300).map((one, n) =>
      n === 17 || n === 268 ? write('no address', { ref: `bad ${n}` }) : one,
    );
    const outcomes = await connector.writeContacts(some, LIVE);
    expect(outcomes.filter(({ kind }) => kind === 'written')).toHaveLength(298);
    expect(outcomes[17]).toMatchObject({
      ref: 'bad 17',
      kind: 'failed',
      code: 'SYNC_EMAIL_INVALID',
      retryable: false,
    });
    expect(outcomes[268]).toMatchObject({ ref: 'bad 268', kind: 'failed' });
    expect(server.account.contacts.size).toBe(298);
  });

  test('finds the bad one by halves where the vendor does not name it', async () => {
    const { connector, door, server } = await openPlatform({ callbacks: true });
    await door('faults', [
      {
        match: 'POST /api/3/import/bulk_import',
        status: 400,
        times: 2,
        body: { success: 0, message: 'Something is wrong.', failureReasons: ['Something is wrong.'] },
      },
    ]);
    const outcomes = await connector.writeContacts(writes(16), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect(server.account.contacts.size).toBe(16);
  });

  test('tells contacts that the import itself refused from those that existed before', async () => {
    const { connector, door, server } = await openPlatform({ callbacks: true });
    await connector.writeContacts([write('person3@example.com')], LIVE);
    await door('exclusions', { emails: ['person5@example.com'] });
    const outcomes = await connector.writeContacts(writes(12), LIVE);
    const existing = server.account.contacts.byEmail('person3@example.com');
    expect(outcomes[3]).toEqual({
      ref: 'person3@example.com',
      kind: 'written',
      id: String(existing?.id),
      created: false,
    });
    expect(outcomes[5]).toMatchObject({ kind: 'failed', code: 'SYNC_PLATFORM_REFUSED' });
    expect(outcomes.filter((outcome) => outcome.kind === 'written' && outcome.created)).toHaveLength(10);
  });

  test('answers with the new id when a linked contact was deleted meanwhile', async () => {
    const { connector, server } = await openPlatform({ callbacks: true });
    await connector.writeContacts(writes(12), LIVE);
    const gone = server.account.contacts.byEmail('person4@example.com');
    if (gone) server.account.deleteContact(gone);
    const outcomes = await connector.writeContacts(
      writes(12, (n) => ({ id: String(n + 1), values: { phone: '1' } })),
      LIVE,
    );
    const now = server.account.contacts.byEmail('person4@example.com');
    expect(outcomes[4]).toMatchObject({ kind: 'written', id: String(now?.id) });
    expect(now?.id).not.toBe(gone?.id);
  });

  test('keeps imports under 400,000 bytes', async () => {
    const { connector, server, calls } = await openPlatform({ callbacks: true });
    const outcomes = await connector.writeContacts(
      writes(100, () => ({ values: { 'field:2': 'ü'.repeat(10_000) } })),
      LIVE,
    );
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect((await calls())['POST /import/bulk_import']).toBe(6);
    expect(server.account.contacts.size).toBe(100);
  });

  test('sends a contact that is larger than an import by itself', async () => {
    const { connector, server } = await openPlatform({ callbacks: true });
    const outcomes = await connector.writeContacts(
      writes(11, (n) => (n === 4 ? { values: { 'field:2': 'x'.repeat(500_000) } } : {})),
      LIVE,
    );
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect(server.account.contacts.byEmail('person4@example.com')?.values[0]?.value).toHaveLength(500_000);
  });

  test('never leaves a single contact over, whose imports are counted more strictly', async () => {
    const { connector, server, calls } = await openPlatform({ callbacks: true });
    const outcomes = await connector.writeContacts(writes(251), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect((await calls())['POST /import/bulk_import']).toBe(2);
    expect(server.account.quotas.singleImports.remaining()).toBe(20);
  });

  test('writes one person once, even when two writes name the same address', async () => {
    const { connector, server } = await openPlatform({ callbacks: true });
    const twice = [
      ...writes(12),
      write('PERSON3@example.com', { ref: 'again', values: { firstName: 'Later' } }),
    ];
    const outcomes = await connector.writeContacts(twice, LIVE);
    expect(server.account.contacts.size).toBe(12);
    expect(outcomes[12]).toMatchObject({ ref: 'again', kind: 'written', created: false });
    expect(server.account.contacts.byEmail('person3@example.com')?.firstName).toBe('Later');
  });

  test('relates contacts to accounts by name and takes them out again', async () => {
    const { connector, server } = await openPlatform({ callbacks: true });
    const made = await connector.writeContacts(
      writes(10, () => ({ accountName: 'Acme' })),
      LIVE,
    );
    const acme = server.account.companies.byName('Acme');
    expect(acme && server.account.companies.contactCount(acme)).toBe(10);
    const ids = made.map((outcome) => (outcome.kind === 'written' ? outcome.id : ''));
    await connector.writeContacts(
      writes(10, (n) => ({ id: ids[n] ?? '', accountName: n === 2 ? null : 'Beta' })),
      LIVE,
    );
    expect(server.account.contacts.byEmail('person2@example.com')?.relation).toBeNull();
    const beta = server.account.companies.byName('Beta');
    expect(beta && server.account.companies.contactCount(beta)).toBe(9);
  });

  test('adds a tag to many contacts at once', async () => {
    const { connector, server, forgetCalls, calls } = await openPlatform({ callbacks: true });
    const made = await connector.writeContacts(writes(20), LIVE);
    await forgetCalls();
    const contacts = made.map((outcome) => ({
      id: outcome.kind === 'written' ? outcome.id : '',
      email: outcome.ref,
    }));
    const outcomes = await connector.tagContacts('added-to-salesforce-lead', contacts);
    expect(outcomes.map(({ ref, kind }) => [ref, kind])).toEqual(contacts.map(({ id }) => [id, 'written']));
    expect(await calls()).toEqual({ 'POST /import/bulk_import': 1, 'GET /import/info': 1 });
    const tagged = server.account.contacts.byEmail('person11@example.com');
    expect(tagged && server.account.tags.namesOf(tagged)).toEqual(['added-to-salesforce-lead']);
  });
});

describe('a backfill', () => {
  test('runs no automations, however few contacts it brings', async () => {
    const { connector, server, door } = await openPlatform({ callbacks: true });
    await door('automations', { name: 'On tag', trigger: { tag: 'new' }, steps: [{ tag: 'ran' }] });
    const tagged = { addTags: ['new'] };
    await connector.writeContacts([write('quiet@example.com', tagged), write('calm@example.com', tagged)], {
      backfill: true,
    });
    await connector.writeContacts([write('loud@example.com', tagged)], LIVE);
    server.account.agenda.run();
    const names = (email: string) => {
      const contact = server.account.contacts.byEmail(email);
      return contact ? server.account.tags.namesOf(contact) : [];
    };
    expect(names('quiet@example.com')).toEqual(['new']);
    expect(names('loud@example.com')).toEqual(['new', 'ran']);
  });
});

describe('imports and faults', () => {
  test('repeats an import whose answer was lost without making anyone twice', async () => {
    const { connector, door, server } = await openPlatform({ callbacks: true });
    await door('faults', [{ match: 'POST /api/3/import/bulk_import', dropResponse: true, times: 1 }]);
    const outcomes = await connector.writeContacts(writes(50), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect(server.account.contacts.size).toBe(50);
  });

  test('waits for the repeated import where the one whose answer was lost reports first', async () => {
    const { connector, door, server } = await openPlatform({ callbacks: true });
    const made = await connector.writeContacts(writes(30), LIVE);
    const ids = made.map((outcome) => (outcome.kind === 'written' ? outcome.id : ''));
    await door('limits', { enforce: false, importDelayMs: 2_000 });
    await door('faults', [{ match: 'POST /api/3/import/bulk_import', dropResponse: true, times: 1 }]);
    const outcomes = await connector.writeContacts(
      writes(30, (n) => ({ id: ids[n] ?? '', values: { lastName: 'Changed' } })),
      LIVE,
    );
    expect(outcomes).toEqual(
      ids.map((id, n) => ({ ref: `person${n}@example.com`, kind: 'written', id, created: false })),
    );
    expect(server.account.contacts.size).toBe(30);
  });

  test('waits and goes on when the imports of the minute are used up', async () => {
    const { connector, door, budget } = await openPlatform({ callbacks: true });
    await door('faults', [
      {
        match: 'POST /api/3/import/bulk_import',
        status: 400,
        times: 2,
        body: {
          success: 0,
          message: 'Rate limit exceeded.',
          failureReasons: ['Up to 100 imports may be requested per minute.'],
        },
      },
    ]);
    const outcomes = await connector.writeContacts(writes(10), LIVE);
    expect(outcomes.every(({ kind }) => kind === 'written')).toBe(true);
    expect(budget.observed).toContainEqual({ kind: 'refused', retryAfter: 20_000 });
  });

  test('answers for every contact when the vendor goes away in the middle', async () => {
    const { connector, door } = await openPlatform({ callbacks: true });
    await door('faults', [{ match: 'POST /api/3/import/bulk_import', status: 503, every: 1 }]);
    await expect(connector.writeContacts(writes(500), LIVE)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_UNAVAILABLE',
    });
    await door('faults', [{ match: 'GET /api/3/contacts', status: 503 }]);
    await expect(connector.writeContacts(writes(500), LIVE)).rejects.toMatchObject({ retryable: true });
  });
});
