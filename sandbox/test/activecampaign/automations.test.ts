import { describe, expect, test } from '@jest/globals';
import { column, openReceiver, openVendor, settled } from './vendor.ts';
import type { Vendor } from './vendor.ts';

const enter = (vendor: Vendor, contact: unknown, automation: unknown) =>
  vendor.post('contactAutomations', { contactAutomation: { contact, automation } });

describe('automations', () => {
  test('are listed with what starts them, by status if asked, and cannot be made by the API', async () => {
    const vendor = await openVendor();
    await vendor.door('automations', { name: 'On tag', trigger: { tag: 'x' }, steps: [] });
    const { body } = await vendor.get('automations?limit=100');
    expect(body).toMatchObject({
      automations: expect.arrayContaining([
        expect.objectContaining({ id: '6', name: 'On tag', status: '1' }),
      ]),
      meta: { total: '6', starts: [{ id: '6', series: '6', type: 'tagadd' }] },
    });
    const names = column(body['automations'], 'name');
    expect(names.filter((name) => /salesforce/i.test(name))).toHaveLength(2);
    expect((await vendor.get('automations?filters[status]=2')).body['meta']).toMatchObject({ total: '1' });
    expect((await vendor.post('automations', { automation: { name: 'X' } })).status).toBe(404);
    expect((await vendor.get('automations/1')).body['automation']).toMatchObject({ id: '1' });
  });
});

describe('a contact in an automation', () => {
  test('enters with 201, goes through the steps, waits, and completes', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    const steps = [{ tag: 'first' }, { wait: 60 }, { tag: 'second' }];
    await vendor.door('automations', { name: 'Steps', steps });
    expect(await enter(vendor, '1', '6')).toMatchObject({
      status: 201,
      body: {
        contacts: [{ id: '1' }],
        contactAutomation: {
          id: '1',
          contact: '1',
          automation: '6',
          seriesid: '6',
          startid: 0,
          status: 1,
          completed: 0,
        },
      },
    });
    const entry = async () => (await vendor.get('contactAutomations/1')).body['contactAutomation'];
    const tags = async () => (await vendor.get('tags')).body['tags'];
    expect(await entry()).toMatchObject({ status: '1', completed: 0, remdate: null, completedElements: '2' });
    expect(await tags()).toMatchObject([{ tag: 'first' }]);
    vendor.clock.advance(59_999);
    expect(await entry()).toMatchObject({ status: '1' });
    vendor.clock.advance(3_600_000);
    expect(await entry()).toMatchObject({
      status: '2',
      completed: 1,
      adddate: '2026-03-02T09:00:00-06:00',
      remdate: '2026-03-02T09:01:00-06:00',
      timespan: '60',
    });
    expect(await tags()).toMatchObject([{ tag: 'first' }, { tag: 'second' }]);
    expect((await vendor.get('contacts/1')).body['contact']?.['udate']).toBe('2026-03-02T09:01:00-06:00');
    expect((await vendor.get('automations/6')).body['automation']).toMatchObject({
      entered: '1',
      exited: '1',
    });
    expect((await vendor.get('contacts/1/contactAutomations')).body['contactAutomations']).toHaveLength(1);
  });

  test('is refused with 403 when either is not there, or the automation is not active', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    for (const [contact, automation] of [
      [9, 1],
      [1, 99],
      [1, 5],
    ]) {
      expect(await enter(vendor, contact, automation)).toMatchObject({
        status: 403,
        body: { message: 'Could not create SubscriberSeries' },
      });
    }
  });

  test('is taken out, after which nothing more is done; then it is missing with 403', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.door('automations', { name: 'Steps', steps: [{ wait: 60 }, { tag: 'late' }] });
    await enter(vendor, 1, 6);
    expect((await vendor.delete('contactAutomations/1')).body).toEqual({});
    vendor.clock.advance(120_000);
    expect((await vendor.get('tags')).body['tags']).toEqual([]);
    expect(await vendor.delete('contactAutomations/1')).toMatchObject({
      status: 403,
      body: { message: 'No Result found for SubscriberSeries with id 1' },
    });
    expect((await vendor.get('contactAutomations')).body['contactAutomations']).toEqual([]);
  });

  test('enters by itself through a tag or a list', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'Go', tagType: 'contact' } });
    await vendor.door('automations', { name: 'On tag', trigger: { tag: 'go' }, steps: [{ tag: 'by tag' }] });
    await vendor.door('automations', { name: 'On list', trigger: { list: 1 }, steps: [{ tag: 'by list' }] });
    await vendor.door('automations', {
      name: 'Off',
      active: false,
      trigger: { list: 1 },
      steps: [{ tag: 'no' }],
    });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    await vendor.post('contactLists', { contactList: { contact: 1, list: 1, status: 1 } });
    expect((await vendor.get('tags')).body['tags']).toMatchObject([
      { tag: 'Go' },
      { tag: 'by tag' },
      { tag: 'by list' },
    ]);
  });
});

describe("an automation's webhook step", () => {
  test('posts a form without type and time, fields by tag in lower case, and is never retried', async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver(503);
    await vendor.contact('a@b.test', {
      firstName: 'Ana',
      phone: '1',
      fieldValues: [{ field: 6, value: '||Sensors||Service||' }],
    });
    await vendor.post('accounts', { account: { name: 'Acme' } });
    await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } });
    await vendor.door('automations', { name: 'Create lead', steps: [{ tag: 'sent' }, { webhook: { url } }] });
    await enter(vendor, 1, 6);
    await settled(vendor);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.path).toBe('/hook?secret=s');
    expect(mail?.type).toBe('application/x-www-form-urlencoded');
    expect(mail?.form).toMatchObject({
      'contact[id]': '1',
      'contact[email]': 'a@b.test',
      'contact[first_name]': 'Ana',
      'contact[last_name]': '',
      'contact[phone]': '1',
      'contact[orgname]': '',
      'contact[customer_acct_name]': 'Acme',
      'contact[tags]': 'sent',
      'contact[ip4]': '0.0.0.0',
      'contact[fields][product_interests]': '||Sensors||Service||',
      'contact[fields][job_title]': '',
      seriesid: '6',
    });
    for (const absent of ['type', 'date_time', 'list', 'initiated_from'])
      expect(mail?.form).not.toHaveProperty(absent);
  });

  test('needs a URL when the automation is made', async () => {
    const vendor = await openVendor();
    expect(
      (await vendor.door('automations', { name: 'X', steps: [{ webhook: { url: 'nowhere' } }] })).status,
    ).toBe(400);
  });
});
