import { describe, expect, test } from '@jest/globals';
import { openPlatform, write, writes } from './fixture.ts';

const LIVE = { backfill: false };

describe('writing fewer than ten contacts', () => {
  test('creates by email and updates by id', async () => {
    const { connector, calls, forgetCalls, server } = await openPlatform();
    const [made] = await connector.writeContacts(
      [write('ana@example.com', { values: { firstName: 'Ana' } })],
      LIVE,
    );
    expect(made).toEqual({ ref: 'ana@example.com', kind: 'written', id: '1', created: true });
    expect(await calls()).toEqual({ 'POST /contact/sync': 1 });
    await forgetCalls();
    const [changed] = await connector.writeContacts(
      [write('ana@example.com', { id: '1', values: { lastName: 'Ruiz', 'field:4': 'Energy' } })],
      LIVE,
    );
    expect(changed).toEqual({ ref: 'ana@example.com', kind: 'written', id: '1', created: false });
    expect(await calls()).toEqual({ 'PUT /contacts/:id': 1 });
    expect(server.account.contacts.get(1)).toMatchObject({ firstName: 'Ana', lastName: 'Ruiz' });
  });

  test.each([
    { what: 'a creation', of: {} },
    { what: 'an update', of: { id: '1', values: { lastName: 'Ruiz' } } },
    { what: 'a tag', of: { id: '1', addTags: ['t'] } },
  ])(
    'asks once it is its turn whether $what is still meant, and makes no call where it is not',
    async ({ of }) => {
      const { connector, calls, budget } = await openPlatform();
      const asked: { refs: readonly string[]; turns: number }[] = [];
      const stillMeant = async (refs: readonly string[]) => {
        asked.push({ refs, turns: budget.taken('requests') });
        return new Set<string>();
      };
      const outcomes = await connector.writeContacts([write('ana@example.com', of)], { ...LIVE, stillMeant });
      expect(outcomes).toMatchObject([{ kind: 'failed', code: 'SYNC_PLATFORM_WRITE_OVERTAKEN' }]);
      expect(asked).toEqual([{ refs: ['ana@example.com'], turns: of.addTags === undefined ? 1 : 0 }]);
      expect(await calls()).toEqual({});
    },
  );

  test('adopts someone who is there already', async () => {
    const { connector } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    const [outcome] = await connector.writeContacts([write('ANA@example.com')], LIVE);
    expect(outcome).toMatchObject({ id: '1', created: false });
  });

  test('clears what is null', async () => {
    const { connector, server } = await openPlatform();
    await connector.writeContacts(
      [
        write('ana@example.com', {
          values: { firstName: 'Ana', 'field:1': 'Buyer', 'field:6': ['Service'] },
        }),
      ],
      LIVE,
    );
    const cleared = { firstName: null, 'field:1': null, 'field:6': [] };
    await connector.writeContacts([write('ana@example.com', { id: '1', values: cleared })], LIVE);
    const contact = server.account.contacts.get(1);
    expect(contact).toMatchObject({ firstName: '', values: [{ value: '' }, { value: '' }] });
  });

  test('changes an address by id, and says when another contact has it', async () => {
    const { connector, server } = await openPlatform();
    await connector.writeContacts(writes(12), LIVE);
    const outcomes = await connector.writeContacts(
      [
        write('person1@example.com', { id: '2', newEmail: 'new@example.com', values: { firstName: 'New' } }),
        write('person2@example.com', { id: '3', newEmail: 'person3@example.com' }),
      ],
      LIVE,
    );
    expect(outcomes[0]).toEqual({ ref: 'person1@example.com', kind: 'written', id: '2', created: false });
    expect(server.account.contacts.get(2)).toMatchObject({ email: 'new@example.com', firstName: 'New' });
    expect(outcomes[1]).toMatchObject({
      kind: 'failed',
      code: 'SYNC_PLATFORM_EMAIL_TAKEN',
      message: 'Email address already exists in the system',
      retryable: false,
    });
    expect(server.account.contacts.size).toBe(12);
  });

  test('adds tags by name, each looked up once', async () => {
    const { connector, server, calls } = await openPlatform();
    const tagged = { addTags: ['created-from-salesforce-lead'] };
    await connector.writeContacts([write('a@example.com', tagged), write('b@example.com', tagged)], LIVE);
    expect(await calls()).toEqual({
      'POST /contact/sync': 2,
      'GET /tags': 1,
      'POST /tags': 1,
      'POST /contactTags': 2,
    });
    expect(server.account.tags.tags.all()).toMatchObject([
      { name: 'created-from-salesforce-lead', type: 'contact' },
    ]);
  });

  test('takes the tag of exactly that name among similar ones', async () => {
    const { connector, server } = await openPlatform();
    for (let n = 0; n < 120; n += 1) {
      server.account.tags.create({ name: `vip ${n}`, type: 'contact', description: '' }, 0);
    }
    server.account.tags.create({ name: 'vip', type: 'contact', description: '' }, 0);
    await connector.writeContacts([write('a@example.com', { addTags: ['vip'] })], LIVE);
    const contact = server.account.contacts.get(1);
    expect(contact && server.account.tags.namesOf(contact)).toEqual(['vip']);
    expect(server.account.tags.tags.size).toBe(121);
  });

  test('moves a contact between accounts, and out', async () => {
    const { connector, server } = await openPlatform();
    const related = async (accountName: string | null) => {
      const [outcome] = await connector.writeContacts(
        [write('a@example.com', { id: '1', accountName })],
        LIVE,
      );
      expect(outcome).toMatchObject({ kind: 'written' });
      const contact = server.account.contacts.get(1);
      return contact && server.account.companies.of(contact)?.name;
    };
    await connector.writeContacts([write('a@example.com', { accountName: 'Acme' })], LIVE);
    expect(await related('Beta')).toBe('Beta');
    expect(await related('ACME')).toBe('Acme');
    expect(await related(null)).toBeUndefined();
    expect(await related(null)).toBeUndefined();
    expect(server.account.companies.companies.size).toBe(2);
  });

  test('gives each its own outcome', async () => {
    const { connector } = await openPlatform();
    const outcomes = await connector.writeContacts(
      [
        write('fine@example.com'),
        write('not an address', { ref: 'bad' }),
        write('gone@example.com', { ref: 'gone', id: '99', values: { firstName: 'X' } }),
        write('odd@example.com', { ref: 'odd', values: { nickname: 'X' } }),
      ],
      LIVE,
    );
    expect(outcomes).toMatchObject([
      { ref: 'fine@example.com', kind: 'written' },
      { ref: 'bad', kind: 'failed', code: 'SYNC_EMAIL_INVALID' },
      { ref: 'gone', kind: 'failed', code: 'SYNC_RECORD_GONE' },
      { ref: 'odd', kind: 'failed', code: 'SYNC_PLATFORM_FIELD_UNKNOWN' },
    ]);
  });

  test('tags a few contacts one by one without touching them otherwise', async () => {
    const { connector, calls, forgetCalls } = await openPlatform();
    await connector.writeContacts([write('a@example.com')], LIVE);
    await forgetCalls();
    const outcomes = await connector.tagContacts('t', [{ id: '1', email: 'a@example.com' }]);
    expect(outcomes).toEqual([{ ref: '1', kind: 'written', id: '1', created: false }]);
    expect(await calls()).toEqual({ 'GET /tags': 1, 'POST /tags': 1, 'POST /contactTags': 1 });
  });
});
