import { describe, expect, test } from '@jest/globals';
import { idOf, openReceiver, openVendor, settled } from './vendor.ts';
import type { Vendor } from './vendor.ts';

const everySource = ['public', 'admin', 'api', 'system'];

async function subscribe(vendor: Vendor, url: string, more: object): Promise<string> {
  const webhook = { name: 'Hook', url, events: ['update'], sources: everySource, ...more };
  const { body } = await vendor.post('webhooks', { webhook });
  return idOf(body['webhook']);
}

describe('webhooks', () => {
  test('are created, read, listed, changed and deleted', async () => {
    const vendor = await openVendor();
    const webhook = {
      name: 'A',
      url: 'https://x.test/h',
      events: ['update', 'account_add'],
      sources: ['admin'],
    };
    const created = await vendor.post('webhooks', { webhook });
    expect(created).toMatchObject({
      status: 201,
      body: { webhook: { id: '1', listid: '0', links: [], cdate: '2026-03-02T09:00:00-06:00', ...webhook } },
    });
    await vendor.post('webhooks', { webhook: { ...webhook, name: 'B', listid: 2 } });
    expect((await vendor.get('webhooks?filters[name]=B')).body).toMatchObject({
      webhooks: [{ id: '2', listid: '2' }],
      meta: { total: '1' },
    });
    const changed = await vendor.put('webhooks/1', { webhook: { sources: ['public', 'system'] } });
    expect(changed.body['webhook']).toMatchObject({ name: 'A', sources: ['public', 'system'] });
    expect((await vendor.delete('webhooks/1')).body).toEqual({});
    expect((await vendor.get('webhooks/1')).status).toBe(404);
  });

  test('go to https on port 443, or to plain http on loopback', async () => {
    const vendor = await openVendor();
    const statusFor = async (url: string) =>
      (await vendor.post('webhooks', { webhook: { name: 'A', url, events: ['update'], sources: ['api'] } }))
        .status;
    expect(await statusFor('https://x.test/a?b=c')).toBe(201);
    expect(await statusFor('https://x.test:443/')).toBe(201);
    expect(await statusFor('http://127.0.0.1:3000/hooks')).toBe(201);
    expect(await statusFor('http://localhost:3000/hooks')).toBe(201);
    expect(await statusFor('https://x.test:8443/')).toBe(422);
    expect(await statusFor('http://x.test/')).toBe(422);
    expect(await statusFor('x.test')).toBe(422);
  });

  test('know 25 listed events, some more unlisted, and no others', async () => {
    const vendor = await openVendor();
    const { body } = await vendor.get('webhook/events');
    expect(body['webhookEvents']).toHaveLength(25);
    expect(body['meta']).toEqual({ total: 25 });
    const bad = { name: 'A', url: 'https://x.test', events: ['contact_deleted'], sources: ['api'] };
    expect((await vendor.post('webhooks', { webhook: bad })).status).toBe(422);
    expect(
      (await vendor.post('webhooks', { webhook: { ...bad, events: ['update'], sources: ['me'] } })).status,
    ).toBe(422);
  });
});

describe('an update', () => {
  test('is posted as a form: who, when, the contact, every field by its id, the account', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test', {
      firstName: 'Ana',
      fieldValues: [{ field: 6, value: '||Sensors||Service||' }],
    });
    for (const tag of ['one', 'two']) await vendor.post('tags', { tag: { tag, tagType: 'contact' } });
    for (const tag of [1, 2]) await vendor.post('contactTags', { contactTag: { contact: 1, tag } });
    await vendor.post('accounts', { account: { name: 'Acme' } });
    await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } });
    await subscribe(vendor, url, {});
    vendor.clock.advance(60_000);
    await vendor.put('contacts/1', { contact: { lastName: 'Paz' } });
    await settled(vendor);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.type).toBe('application/x-www-form-urlencoded');
    expect(mails[0]?.form).toMatchObject({
      type: 'update',
      date_time: '2026-03-02T09:01:00-06:00',
      initiated_from: 'api',
      initiated_by: 'api',
      list: '0',
      'contact[id]': '1',
      'contact[email]': 'a@b.test',
      'contact[first_name]': 'Ana',
      'contact[last_name]': 'Paz',
      'contact[phone]': '',
      'contact[ip]': '0.0.0.0',
      'contact[tags]': 'one, two',
      'contact[fields][1]': '',
      'contact[fields][6]': '||Sensors||Service||',
      'contact[customer_acct_name]': 'Acme',
      'contact[orgname]': '',
      customer_acct_name: 'Acme',
      customer_acct_id: '1',
      orgname: '',
    });
    expect(mails[0]?.raw).toContain('contact%5Bfields%5D%5B6%5D=%7C%7CSensors');
  });

  test('comes of every way to change a contact but tags, lists and accounts', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'one', tagType: 'contact' } });
    await subscribe(vendor, url, {});
    await vendor.post('contact/sync', { contact: { email: 'a@b.test', phone: '1' } });
    await vendor.put('contacts/1', { contact: { email: 'c@b.test' } });
    await vendor.post('fieldValues', { fieldValue: { contact: 1, field: 1, value: 'x' } });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    await vendor.post('contactLists', { contactList: { contact: 1, list: 1, status: 1 } });
    await vendor.delete('contacts/1');
    await settled(vendor);
    expect(mails).toHaveLength(3);
  });
});

describe('sources', () => {
  test('keep out what a webhook did not ask for: without "api", our own writes stay silent', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, { sources: ['public', 'admin', 'system'] });
    await vendor.put('contacts/1', { contact: { phone: '1' } });
    await vendor.server.app.ready();
    const asAdmin = { 'x-sandbox-source': 'admin' };
    await vendor.post('contact/sync', { contact: { email: 'a@b.test', phone: '2' } }, asAdmin);
    await settled(vendor);
    expect(mails.map(({ form }) => [form['initiated_from'], form['contact[phone]']])).toEqual([
      ['admin', '2'],
    ]);
  });

  test('may stand for all that follows, until a reset', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, { sources: ['public'] });
    await vendor.door('as', { source: 'public' });
    await vendor.put('contacts/1', { contact: { phone: '1' } });
    await vendor.door('as', { source: 'api' });
    await vendor.put('contacts/1', { contact: { phone: '2' } });
    await settled(vendor);
    expect(mails.map(({ form }) => form['contact[phone]'])).toEqual(['1']);
    expect((await vendor.door('as', { source: 'me' })).status).toBe(400);
  });

  test('of what an automation does are "system"', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, { events: ['contact_tag_added'], sources: ['system'] });
    await vendor.door('automations', { name: 'Tag', steps: [{ tag: 'sf-create-lead' }] });
    await vendor.post('contactAutomations', { contactAutomation: { contact: 1, automation: 6 } });
    await settled(vendor);
    expect(mails.map(({ form }) => form)).toMatchObject([
      { type: 'contact_tag_added', tag: 'sf-create-lead', initiated_from: 'system', 'contact[id]': '1' },
    ]);
  });
});

describe('other events', () => {
  test('of tags carry the tag by name and no fields', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'VIP', tagType: 'contact' } });
    await subscribe(vendor, url, { events: ['contact_tag_added', 'contact_tag_removed'] });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    await settled(vendor);
    await vendor.delete('contactTags/1');
    await settled(vendor);
    expect(mails.map(({ form }) => [form['type'], form['tag'], form['contact[tags]']])).toEqual([
      ['contact_tag_added', 'VIP', 'VIP'],
      ['contact_tag_removed', 'VIP', ''],
    ]);
    expect(mails.some(({ raw }) => raw.includes('fields'))).toBe(false);
  });

  test('of new contacts and lists are subscribe and unsubscribe, only when the status changes', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await subscribe(vendor, url, { events: ['subscribe', 'unsubscribe', 'update'] });
    await vendor.contact('a@b.test');
    for (const status of [1, 1, 2]) {
      await settled(vendor);
      await vendor.post('contactLists', { contactList: { contact: 1, list: 2, status } });
    }
    await settled(vendor);
    expect(mails.map(({ form }) => [form['type'], form['list']])).toEqual([
      ['subscribe', '0'],
      ['subscribe', '2'],
      ['unsubscribe', '2'],
    ]);
    expect(mails[0]?.form).toHaveProperty(['form[id]']);
    expect(mails[2]?.form).toMatchObject({ 'list[][id]': '2', 'unsubscribe[reason]': '' });
  });

  test('of accounts name the changed fields', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, { events: ['account_add', 'account_update', 'account_contact_add'] });
    await vendor.post('accounts', {
      account: { name: 'Acme', fields: [{ customFieldId: 5, fieldValue: ['Sensors', 'Service'] }] },
    });
    await settled(vendor);
    await vendor.put('accounts/1', { account: { name: 'New' } });
    await settled(vendor);
    await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1, jobTitle: 'CEO' } });
    await settled(vendor);
    expect(mails.map(({ form }) => form['type'])).toEqual([
      'account_add',
      'account_update',
      'account_contact_add',
    ]);
    expect(mails[1]?.form).toMatchObject({
      'account[id]': '1',
      'account[name]': 'New',
      'account[fields][0][key]': 'Description',
      'account[fields][0][value]': '',
      'account[fields][4][key]': 'Products',
      'updated_fields[]': 'name',
    });
    expect(new URLSearchParams(mails[1]?.raw).getAll('account[fields][4][value][]')).toEqual([
      'Sensors',
      'Service',
    ]);
    expect(mails[1]?.form).not.toHaveProperty(['account[fields][0][id]']);
    expect(mails[2]?.form).toMatchObject({ 'contact[id]': '1', 'accountContact[job_title]': 'CEO' });
  });

  test('concern a webhook of one list only when they touch that list', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    for (const email of ['a@b.test', 'c@b.test']) await vendor.contact(email);
    await vendor.post('contactLists', { contactList: { contact: 2, list: 1, status: 1 } });
    await subscribe(vendor, url, { events: ['update', 'subscribe'], listid: 1 });
    for (const contact of [1, 2]) await vendor.put(`contacts/${contact}`, { contact: { phone: '1' } });
    await vendor.post('contactLists', { contactList: { contact: 1, list: 2, status: 1 } });
    await settled(vendor);
    expect(mails.map(({ form }) => [form['type'], form['contact[id]']])).toEqual([['update', '2']]);
  });
});

describe('delivery', () => {
  test('is tried once, whatever the answer', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver(500);
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, {});
    await vendor.put('contacts/1', { contact: { phone: '1' } });
    await settled(vendor);
    vendor.clock.advance(3_600_000);
    await vendor.get('contacts');
    await settled(vendor);
    expect(mails).toHaveLength(1);
    const { body } = await vendor.get('/__sandbox/deliveries');
    expect(body['deliveries']).toMatchObject([{ url, reason: 'update', outcome: 500 }]);
  });

  test('to nobody at home does no harm', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await subscribe(vendor, 'http://127.0.0.1:9/', {});
    expect((await vendor.put('contacts/1', { contact: { phone: '1' } })).status).toBe(200);
    await settled(vendor);
    const { body } = await vendor.get('/__sandbox/deliveries');
    expect(body['deliveries']).toMatchObject([{ outcome: expect.stringMatching(/^E/) }]);
  });

  test('ends for good with the answer 410', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver(410);
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, {});
    for (const phone of ['1', '2']) {
      await vendor.put('contacts/1', { contact: { phone } });
      await settled(vendor);
    }
    await vendor.put('webhooks/1', { webhook: { name: 'Again' } });
    await vendor.put('contacts/1', { contact: { phone: '3' } });
    await settled(vendor);
    expect(mails).toHaveLength(1);
    await vendor.delete('webhooks/1');
    await subscribe(vendor, url, {});
    await vendor.put('contacts/1', { contact: { phone: '4' } });
    await settled(vendor);
    expect(mails).toHaveLength(2);
  });

  test('does not happen for imports', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    await subscribe(vendor, url, { events: ['update', 'subscribe', 'contact_tag_added', 'account_add'] });
    await vendor.post('import/bulk_import', {
      contacts: [
        { email: 'a@b.test', phone: '1', tags: ['t'], customer_acct_name: 'Acme' },
        { email: 'new@b.test', subscribe: [{ listid: 1 }] },
      ],
    });
    vendor.clock.advance(1_000);
    expect((await vendor.get('contacts')).body['contacts']).toHaveLength(2);
    await settled(vendor);
    expect(mails).toEqual([]);
  });
});
