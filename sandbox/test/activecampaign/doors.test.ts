import { describe, expect, test } from '@jest/globals';
import type { MarketingAccount } from '../../activecampaign/state/account.ts';
import type { Contact } from '../../activecampaign/state/contacts.ts';
import type { Field } from '../../activecampaign/state/fields.ts';
import { column, openReceiver, openVendor } from './vendor.ts';

/** The first contact and the first field. */
function firstValue(account: MarketingAccount): [Contact, Field] {
  const contact = account.contacts.get(1);
  const field = account.fields.fields.get(1);
  if (contact === undefined || field === undefined) throw new Error('There is no contact or no field.');
  return [contact, field];
}

const count = { contacts: 0, accounts: 0, fields: 12, lists: 2, automations: 5, campaigns: 5, webhooks: 0 };

describe('a fresh or reset account', () => {
  test('has no contacts, but fields, lists, automations and campaigns', async () => {
    const vendor = await openVendor();
    expect((await vendor.get('/__sandbox/stats')).body['records']).toMatchObject(count);
    await vendor.door('seed', {});
    expect((await vendor.get('/__sandbox/stats')).body['records']).toMatchObject({
      contacts: 10,
      accounts: 6,
    });
    await vendor.door('reset', {});
    expect((await vendor.get('/__sandbox/stats')).body['records']).toMatchObject(count);
  });

  test('sends nothing that the old one had still to send', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    const webhook = { name: 'W', url, events: ['update'], sources: ['api'] };
    await vendor.post('webhooks', { webhook });
    const old = vendor.server.account;
    for (let write = 0; write < 50; write += 1) {
      old.people.setValue(...firstValue(old), String(write), { source: 'api' });
    }
    await vendor.door('reset', {});
    await old.deliveries.outbox.idle();
    expect(mails.length).toBeLessThan(50);
  });

  test('forgets imports that were under way', async () => {
    const vendor = await openVendor();
    await vendor.post('import/bulk_import', { contacts: [{ email: 'a@b.test' }, { email: 'c@b.test' }] });
    await vendor.door('reset', {});
    vendor.clock.advance(10_000);
    expect((await vendor.get('contacts')).body['contacts']).toEqual([]);
  });
});

describe('the demo', () => {
  test('has people with accounts, tags, fields and a history', async () => {
    const vendor = await openVendor();
    await vendor.door('seed', {});
    const { body } = await vendor.get(
      'contacts?include=contactTags.tag,accountContacts.account,fieldValues&limit=100',
    );
    expect(body['contacts']).toHaveLength(10);
    expect(body['accounts']).toHaveLength(6);
    await vendor.get('contacts/1');
    const { body: stream } = await vendor.get('activities?contact=1&include=reference');
    expect(stream['activities']).toHaveLength(5);
    expect(stream['contactEmails']).toMatchObject([{ subject: 'Re: The prices you asked for' }]);
    expect((await vendor.get('contacts/1/trackingLogs')).body['trackingLogs']).toHaveLength(2);
    expect((await vendor.get('contacts/1/contactAutomations')).body['contactAutomations']).toMatchObject([
      { status: '2', completed: 1 },
    ]);
  });
});

describe('load', () => {
  test('makes believable contacts with different emails, the same in every account', async () => {
    const [one, other] = [await openVendor(), await openVendor()];
    expect((await one.door('load', { contacts: 3_000 })).body).toEqual({ contacts: 3_000 });
    await other.door('load', { contacts: 2_000 });
    await other.door('load', { contacts: 1_000 });
    const last = 'contacts?id_greater=2990&include=fieldValues';
    const page = await one.get(last);
    expect(page.body['contacts']).toHaveLength(10);
    const emails = column(page.body['contacts'], 'email');
    expect(new Set(emails).size).toBe(10);
    expect(emails[0]).toMatch(/^\w+\.\w+\.2990@[\w-]+\.example$/);
    expect((await other.get(last)).body).toEqual(page.body);
  });

  test('knows contacts only', async () => {
    const vendor = await openVendor();
    expect(await vendor.door('load', { leads: 3 })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('leads') },
    });
  });

  test('of many keeps the question of who changed since then quick', async () => {
    const vendor = await openVendor();
    await vendor.door('load', { contacts: 100_000 });
    vendor.clock.advance(60_000);
    await vendor.put('contacts/77777', { contact: { phone: 'new' } });
    const since = 'filters[updated_after]=2026-03-02T15:00:30Z';
    const { body } = await vendor.get(`contacts?${since}`);
    expect(body).toMatchObject({ contacts: [{ id: '77777' }], meta: { total: '1' } });
    const started = performance.now();
    for (let call = 0; call < 20; call += 1) await vendor.get(`contacts?${since}&id_greater=80000`);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('a door', () => {
  test.each([
    ['as', { source: 'nobody' }],
    ['automations', { name: 'x' }],
    ['automations', { name: 'x', steps: [{ jump: 1 }] }],
    ['activities', [{ contact: 1, type: 'open' }]],
    ['activities', { contact: 1 }],
    ['limits', { importDelayMs: -1 }],
    ['campaigns', {}],
  ])('%s refuses %j with 400', async (door, body) => {
    const vendor = await openVendor();
    expect(await vendor.door(door, body)).toMatchObject({ status: 400, body: { error: expect.any(String) } });
  });

  test('needs no key', async () => {
    const vendor = await openVendor();
    expect((await fetch(`${vendor.base}/__sandbox/stats`)).status).toBe(200);
  });
});

describe('a lost answer', () => {
  test('leaves the write done', async () => {
    const vendor = await openVendor();
    await vendor.door('faults', [{ match: 'POST /api/3/contact/sync', dropResponse: true, times: 1 }]);
    await expect(vendor.post('contact/sync', { contact: { email: 'a@b.test' } })).rejects.toThrow(
      'fetch failed',
    );
    expect((await vendor.post('contact/sync', { contact: { email: 'a@b.test' } })).status).toBe(200);
    expect((await vendor.get('/__sandbox/stats')).body['calls']).toMatchObject({
      byRoute: { 'POST /api/3/contact/sync': 2 },
      byStatus: { dropped: 1, '200': 1 },
    });
  });
});
