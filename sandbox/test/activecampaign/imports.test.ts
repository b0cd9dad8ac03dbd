import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { openReceiver, openVendor, settled } from './vendor.ts';
import type { Vendor } from './vendor.ts';

const NOT_QUEUED =
  'JSON payload did not pass validation. Please fix failureReasons and retry. The import was not queued for processing.';

async function submit(vendor: Vendor, contacts: unknown[], more: object = {}): Promise<string> {
  const { status, body } = await vendor.post('import/bulk_import', { contacts, ...more });
  expect(status).toBe(200);
  return z.object({ batchId: z.string() }).parse(body).batchId;
}

const info = async (vendor: Vendor, batch: string) => (await vendor.get(`import/info?batchId=${batch}`)).body;

async function imported(vendor: Vendor, contacts: unknown[], more: object = {}) {
  const batch = await submit(vendor, contacts, more);
  vendor.clock.advance(300);
  return info(vendor, batch);
}

describe('a batch', () => {
  test('is queued, unknown at first, then active, then completed; nothing is written before', async () => {
    const vendor = await openVendor();
    const answer = await vendor.post('import/bulk_import', { contacts: [{ email: 'A@b.test' }] });
    expect(answer).toMatchObject({
      status: 200,
      body: { Success: 1, queued_contacts: 1, batchId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    const { batchId } = z.object({ batchId: z.string() }).parse(answer.body);
    expect(await info(vendor, batchId)).toBe(false);
    vendor.clock.advance(100);
    expect(await info(vendor, batchId)).toEqual({ status: 'active', success: [], failure: [] });
    expect((await vendor.get('contacts')).body['contacts']).toEqual([]);
    vendor.clock.advance(200);
    expect(await info(vendor, batchId)).toEqual({ status: 'completed', success: ['1'], failure: [] });
    expect((await vendor.get('contacts')).body['contacts']).toMatchObject([{ id: '1', email: 'a@b.test' }]);
  });

  test('waits for those before it', async () => {
    const vendor = await openVendor();
    const first = await submit(vendor, [{ email: 'a@b.test' }]);
    const second = await submit(vendor, [{ email: 'c@b.test' }]);
    vendor.clock.advance(150);
    expect(await info(vendor, second)).toMatchObject({ status: 'waiting' });
    vendor.clock.advance(150);
    expect(await info(vendor, first)).toMatchObject({ status: 'completed' });
    expect(await info(vendor, second)).toMatchObject({ status: 'active' });
    vendor.clock.advance(300);
    expect(await info(vendor, second)).toMatchObject({ status: 'completed', success: ['2'] });
  });

  test('stamps what it writes with the moment that it was done, however late one looks', async () => {
    const vendor = await openVendor();
    await submit(vendor, [{ email: 'a@b.test' }]);
    vendor.clock.advance(60_000);
    expect((await vendor.get('contacts/1')).body['contact']?.['udate']).toBe('2026-03-02T09:00:00-06:00');
  });

  test('takes as long as the control door says', async () => {
    const vendor = await openVendor();
    await vendor.door('limits', { importDelayMs: 5_000 });
    const batch = await submit(vendor, [{ email: 'a@b.test' }]);
    vendor.clock.advance(4_999);
    expect(await info(vendor, batch)).toMatchObject({ status: 'active' });
    vendor.clock.advance(1);
    expect(await info(vendor, batch)).toMatchObject({ status: 'completed' });
  });

  test('is asked about by its id', async () => {
    const vendor = await openVendor();
    expect(await vendor.get('import/info')).toMatchObject({
      status: 400,
      body: { success: 0, message: "'batchId' is a required field." },
    });
    expect(await info(vendor, 'unknown')).toBe(false);
  });

  test('counts in the overview by day', async () => {
    const vendor = await openVendor();
    await submit(vendor, [{ email: 'a@b.test' }, { email: 'c@b.test' }]);
    expect((await vendor.get('import/bulk_import')).body).toEqual({
      outstanding: [{ forDate: '2026-03-02', batches: '1', contacts: '2' }],
      recentlyCompleted: [],
    });
    vendor.clock.advance(300);
    expect((await vendor.get('import/bulk_import')).body).toEqual({
      outstanding: [],
      recentlyCompleted: [{ forDate: '2026-03-02', batches: '1', contacts: '2' }],
    });
  });
});

describe('an imported contact', () => {
  test('gets names, phone, fields, tags by name, an account by name, and its lists', async () => {
    const vendor = await openVendor();
    await imported(vendor, [
      {
        email: 'a@b.test',
        first_name: 'Ana',
        last_name: 'Paz',
        phone: '1',
        customer_acct_name: 'Acme',
        tags: ['new tag', 'other'],
        fields: [
          { id: 6, value: '||Sensors||Training||' },
          { id: 1, value: 'Buyer' },
          { id: 999, value: 'x' },
        ],
        subscribe: [{ listid: 1 }],
        unsubscribe: [{ listid: 2 }],
      },
    ]);
    const { body } = await vendor.get(
      'contacts?include=fieldValues,contactTags.tag,contactLists,accountContacts.account',
    );
    expect(body).toMatchObject({
      contacts: [{ email: 'a@b.test', firstName: 'Ana', lastName: 'Paz', phone: '1' }],
      fieldValues: [
        { field: '6', value: '||Sensors||Training||' },
        { field: '1', value: 'Buyer' },
      ],
      tags: [{ tag: 'new tag', tagType: 'contact' }, { tag: 'other' }],
      accounts: [{ name: 'Acme' }],
      contactLists: [
        { list: '1', status: '1' },
        { list: '2', status: '2' },
      ],
    });
  });

  test('is updated by email: what is absent stays, an empty value clears, another account replaces the first', async () => {
    const vendor = await openVendor();
    const id = await vendor.contact('a@b.test', {
      firstName: 'Ana',
      fieldValues: [{ field: '1', value: 'Buyer' }],
    });
    await vendor.post('accounts', { account: { name: 'Acme' } });
    await vendor.post('accountContacts', { accountContact: { contact: id, account: 1, jobTitle: 'CEO' } });
    const result = await imported(vendor, [
      { email: 'A@b.test', last_name: 'Paz', customer_acct_name: 'New Co', fields: [{ id: 1, value: '' }] },
    ]);
    expect(result).toMatchObject({ success: ['1'] });
    const { body } = await vendor.get('contacts?include=fieldValues,accountContacts.account');
    expect(body).toMatchObject({
      contacts: [{ firstName: 'Ana', lastName: 'Paz' }],
      fieldValues: [{ field: '1', value: '' }],
      accountContacts: [{ jobTitle: 'CEO' }],
      accounts: [{ name: 'New Co' }],
    });
  });

  test('loses camel-case keys without a word', async () => {
    const vendor = await openVendor();
    await imported(vendor, [{ email: 'a@b.test', firstName: 'Ana', lastName: 'Paz' }]);
    expect((await vendor.get('contacts')).body['contacts']).toMatchObject([{ firstName: '', lastName: '' }]);
  });

  test('joins an account of the same name in another letter case', async () => {
    const vendor = await openVendor();
    await imported(vendor, [
      { email: 'a@b.test', customer_acct_name: 'Acme' },
      { email: 'c@b.test', customer_acct_name: 'ACME' },
    ]);
    expect((await vendor.get('accounts?count_deals=true')).body['accounts']).toMatchObject([
      { name: 'Acme', contactCount: '2' },
    ]);
  });
});

describe('a batch with one contact that is malformed', () => {
  test.each([
    [{ email: 'nonsense' }, "Field 'email' incorrect format"],
    [{ first_name: 'A' }, "Field 'email' is required"],
    [{ email: 'a@b.test', tags: 'vip' }, "Field 'tags' incorrect format"],
    [{ email: 'a@b.test', fields: [{ value: 'x' }] }, "Field 'fields' incorrect format"],
    ['text', 'Contact incorrect format'],
  ])('%j is refused whole, with the place of the bad one', async (bad, failureReason) => {
    const vendor = await openVendor();
    const answer = await vendor.post('import/bulk_import', { contacts: [{ email: 'good@b.test' }, bad] });
    expect(answer).toMatchObject({
      status: 400,
      body: { success: 0, message: NOT_QUEUED, failureReasons: [{ contact: 2, failureReason }] },
    });
    vendor.clock.advance(1_000);
    expect((await vendor.get('contacts')).body['contacts']).toEqual([]);
  });

  test('or with too many, too few, or too long ones, is refused with reasons in words', async () => {
    const vendor = await openVendor();
    const many = Array.from({ length: 251 }, (_, index) => ({ email: `c${index}@b.test` }));
    const long = Array.from({ length: 10 }, (_, index) => ({
      email: `c${index}@b.test`,
      fields: [{ id: 2, value: 'x'.repeat(40_000) }],
    }));
    for (const contacts of [many, long, [], undefined]) {
      expect(await vendor.post('import/bulk_import', { contacts })).toMatchObject({
        status: 400,
        body: { success: 0, failureReasons: [expect.any(String)] },
      });
    }
    expect((await vendor.post('import/bulk_import', { contacts: many.slice(1) })).status).toBe(200);
  });
});

describe('single contacts of a good batch', () => {
  test('fail when invalid, excluded, bounced or unsubscribed; the others are written, ids in their own order', async () => {
    const vendor = await openVendor();
    await vendor.contact('bounced@b.test');
    await vendor.contact('left@b.test');
    await vendor.contact('old@b.test');
    await vendor.post('contactLists', { contactList: { contact: 2, list: 1, status: 2 } });
    await vendor.door('activities', [{ contact: 'bounced@b.test', type: 'bounce' }]);
    await vendor.door('exclusions', { emails: ['Excluded@b.test'] });
    const result = await imported(vendor, [
      { email: 'new@b.test' },
      { email: 'no.dot@host' },
      { email: 'excluded@b.test' },
      { email: 'bounced@b.test', first_name: 'X' },
      { email: 'left@b.test', subscribe: [{ listid: 1 }] },
      { email: 'old@b.test' },
    ]);
    expect(result).toEqual({
      status: 'completed',
      success: ['3', '4'],
      failure: ['no.dot@host', 'excluded@b.test', 'bounced@b.test', 'left@b.test'],
    });
    expect((await vendor.get('contacts/1')).body['contact']?.['firstName']).toBe('');
  });

  test('fail when the account is full', async () => {
    const vendor = await openVendor();
    await vendor.door('limits', { contactLimit: 1 });
    expect(
      await imported(vendor, [{ email: 'a@b.test' }, { email: 'c@b.test' }, { email: 'a@b.test' }]),
    ).toMatchObject({
      success: ['1'],
      failure: ['c@b.test'],
    });
  });
});

describe('the quota of imports', () => {
  const two = { contacts: [{ email: 'a@b.test' }, { email: 'c@b.test' }] };
  const one = { contacts: [{ email: 'a@b.test' }] };

  async function send(vendor: Vendor, body: unknown, times: number) {
    for (let call = 0; call < times; call += 1) {
      expect((await vendor.post('import/bulk_import', body)).status).toBe(200);
    }
  }

  test('is one of their own: they leave the five calls a second to the others', async () => {
    const vendor = await openVendor({ limits: true });
    await send(vendor, two, 8);
    for (let call = 0; call < 5; call += 1) expect((await vendor.get('contacts')).status).toBe(200);
    expect((await vendor.get('contacts')).status).toBe(429);
    await send(vendor, two, 1);
  });

  test('is 20 a minute with a single contact, refused with 400 and words', async () => {
    const vendor = await openVendor({ limits: true });
    await send(vendor, one, 20);
    expect(await vendor.post('import/bulk_import', one)).toMatchObject({
      status: 400,
      body: {
        success: 0,
        message: 'Rate limit exceeded.',
        failureReasons: [expect.stringContaining('Up to 20')],
      },
    });
    expect((await vendor.post('import/bulk_import', two)).status).toBe(200);
    vendor.clock.advance(60_000);
    expect((await vendor.post('import/bulk_import', one)).status).toBe(200);
  });

  test('is 100 a minute with several', async () => {
    const vendor = await openVendor({ limits: true });
    await send(vendor, two, 100);
    expect(await vendor.post('import/bulk_import', two)).toMatchObject({
      status: 400,
      body: { message: 'Rate limit exceeded.', failureReasons: [expect.stringContaining('Up to 100')] },
    });
  });
});

describe('the callback', () => {
  test('is posted once, with counts, and with reasons when they are asked for', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver(500);
    const callback = {
      url,
      requestType: 'POST',
      detailed_results: 'true',
      params: [{ key: 'mine', value: '7' }],
      headers: [{ key: 'x-mine', value: 'y' }],
    };
    const batch = await submit(vendor, [{ email: 'a@b.test' }, { email: 'c@d' }], { callback });
    vendor.clock.advance(60_000);
    await settled(vendor);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.form).toEqual({
      mine: '7',
      batchId: batch,
      success: '1',
      failures: '1',
      'errors[]': 'c@d: The email address is not valid.',
    });
  });
});

describe('automations', () => {
  const triggered = { name: 'On tag', trigger: { tag: 'start' }, steps: [{ tag: 'started' }] };
  const contacts = [{ email: 'a@b.test', tags: ['start'] }];
  const tags = async (vendor: Vendor) => (await vendor.get('contacts?include=contactTags.tag')).body['tags'];

  test('run for imported contacts', async () => {
    const vendor = await openVendor();
    await vendor.door('automations', triggered);
    await imported(vendor, contacts);
    expect(await tags(vendor)).toMatchObject([{ tag: 'start' }, { tag: 'started' }]);
  });

  test('do not run for an import that excludes them', async () => {
    const vendor = await openVendor();
    await vendor.door('automations', triggered);
    await imported(vendor, contacts, { exclude_automations: true });
    expect(await tags(vendor)).toMatchObject([{ tag: 'start' }]);
    expect(await tags(vendor)).toHaveLength(1);
  });
});
