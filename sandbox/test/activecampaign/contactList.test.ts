import { describe, expect, test } from '@jest/globals';
import { column, openVendor } from './vendor.ts';
import type { Answer, Vendor } from './vendor.ts';

const ids = ({ body }: Answer): unknown[] => column(body['contacts'], 'id');

const total = ({ body }: Answer): unknown => body['meta']?.['total'];

/** Contacts 1 to `count`, one a minute. */
async function withContacts(count: number): Promise<Vendor> {
  const vendor = await openVendor();
  for (let serial = 1; serial <= count; serial += 1) {
    await vendor.contact(`c${serial}@b.test`, { firstName: `F${count - serial}`, phone: `55${serial}` });
    vendor.clock.advance(60_000);
  }
  return vendor;
}

describe('paging', () => {
  test('gives 20 rows unless asked, and never more than 100', async () => {
    const vendor = await openVendor();
    await vendor.door('load', { contacts: 150 });
    expect(ids(await vendor.get('contacts'))).toHaveLength(20);
    const most = await vendor.get('contacts?limit=500');
    expect(ids(most)).toHaveLength(100);
    expect(total(most)).toBe('150');
    expect(ids(await vendor.get('contacts?limit=100&offset=140'))).toHaveLength(10);
  });

  test('by id_greater goes on where the last page ended, deletions in between notwithstanding', async () => {
    const vendor = await withContacts(5);
    expect(ids(await vendor.get('contacts?orders[id]=ASC&id_greater=0&limit=2'))).toEqual(['1', '2']);
    await vendor.delete('contacts/1');
    await vendor.delete('contacts/3');
    const next = await vendor.get('contacts?orders[id]=ASC&id_greater=2&limit=2');
    expect(ids(next)).toEqual(['4', '5']);
    expect(total(next)).toBe('2');
    expect(ids(await vendor.get('contacts?id_less=4'))).toEqual(['2']);
  });
});

describe('order', () => {
  test.each([
    ['orders[id]=DESC', ['3', '2', '1']],
    ['orders[first_name]=ASC', ['3', '2', '1']],
    ['orders[email]=DESC&orders[id]=ASC', ['3', '2', '1']],
    ['orders[cdate]=DESC', ['3', '2', '1']],
    ['orders[udate]=DESC', ['1', '2', '3']],
  ])('%s gives %j', async (order, expected) => {
    const vendor = await withContacts(3);
    expect(ids(await vendor.get(`contacts?${order}`))).toEqual(expected);
  });
});

describe('filters', () => {
  test.each([
    ['email=C2@b.test', ['2']],
    ['email_like=c2', ['2']],
    ['search=553', ['3']],
    ['search=F2', ['1']],
    ['phone=55', ['1', '2', '3']],
    ['phone=5', ['1', '2', '3']],
    ['phone=3', []],
    ['ids[]=3&ids[]=1&ids[]=77', ['1', '3']],
    ['exclude=2', ['1', '3']],
    ['filters[nonsense]=1', ['1', '2', '3']],
    ['filters[email]=c1@b.test', ['1', '2', '3']],
    ['status=-1', ['1', '2', '3']],
  ])('%s finds %j', async (filter, expected) => {
    const vendor = await withContacts(3);
    const answer = await vendor.get(`contacts?${filter}`);
    expect(ids(answer)).toEqual(expected);
    expect(total(answer)).toBe(String(expected.length));
  });

  test('takes more than twenty ids', async () => {
    const vendor = await openVendor();
    await vendor.door('load', { contacts: 60 });
    const query = Array.from({ length: 50 }, (_, index) => `ids[]=${index + 1}`).join('&');
    expect(ids(await vendor.get(`contacts?limit=100&${query}`))).toHaveLength(50);
  });

  test.each([
    ['filters[updated_after]=2026-03-02T15:00:59Z', ['2', '3']],
    ['filters[updated_after]=2026-03-02T15:01:00Z', ['3']],
    ['filters[updated_after]=2026-03-02T09:01:00-06:00', ['3']],
    ['filters[updated_after]=2026-03-02%2009:01:00', ['3']],
    ['filters[updated_after]=2026-03-02T15:01:00.900Z', ['3']],
    ['filters[updated_after]=2026-03-02', ['1', '2', '3']],
    ['filters[updated_after]=2026-03-03', []],
    ['filters[updated_after]=yesterday', ['1', '2', '3']],
    ['filters[updated_before]=2026-03-02T15:01:00Z', ['1']],
    ['filters[created_after]=2026-03-02T15:01:00Z', ['3']],
    ['filters[created_before]=2026-03-02T15:02:00Z', ['1', '2']],
    ['filters[updated_after]=2026-03-02T15:00:00Z&id_greater=2', ['3']],
  ])('%s, in whole seconds, finds %j', async (filter, expected) => {
    const vendor = await withContacts(3);
    const answer = await vendor.get(`contacts?${filter}`);
    expect(ids(answer)).toEqual(expected);
    expect(total(answer)).toBe(String(expected.length));
  });

  test('updated_after finds an old contact once it changes', async () => {
    const vendor = await withContacts(3);
    await vendor.put('contacts/1', { contact: { phone: 'new' } });
    const since = 'filters[updated_after]=2026-03-02T15:02:30Z';
    expect(ids(await vendor.get(`contacts?${since}`))).toEqual(['1']);
    await vendor.delete('contacts/1');
    expect(ids(await vendor.get(`contacts?${since}`))).toEqual([]);
  });

  test('by tag, list, list status and automation', async () => {
    const vendor = await withContacts(4);
    await vendor.post('tags', { tag: { tag: 'vip', tagType: 'contact' } });
    await vendor.post('contactTags', { contactTag: { contact: 2, tag: 1 } });
    await vendor.post('contactLists', { contactList: { contact: 1, list: 1, status: 1 } });
    await vendor.post('contactLists', { contactList: { contact: 3, list: 1, status: 2 } });
    await vendor.post('contactLists', { contactList: { contact: 4, list: 2, status: 2 } });
    await vendor.post('contactAutomations', { contactAutomation: { contact: 4, automation: 1 } });
    expect(ids(await vendor.get('contacts?tagid=1'))).toEqual(['2']);
    expect(ids(await vendor.get('contacts?listid=1'))).toEqual(['1', '3']);
    expect(ids(await vendor.get('contacts?listid=1&status=-1'))).toEqual(['1', '3']);
    expect(ids(await vendor.get('contacts?listid=1&status=2'))).toEqual(['3']);
    expect(ids(await vendor.get('contacts?status=2'))).toEqual(['3', '4']);
    expect(ids(await vendor.get('contacts?seriesid=1'))).toEqual(['4']);
  });
});

describe('include', () => {
  test('loads parts beside the contacts, with their ids inside each', async () => {
    const vendor = await withContacts(2);
    await vendor.post('tags', { tag: { tag: 'vip', tagType: 'contact' } });
    for (const contact of [1, 2]) await vendor.post('contactTags', { contactTag: { contact, tag: 1 } });
    await vendor.post('fieldValues', { fieldValue: { contact: 2, field: 1, value: 'Buyer' } });
    await vendor.post('contactLists', { contactList: { contact: 1, list: 2, status: 1 } });
    await vendor.post('accounts', { account: { name: 'Acme' } });
    await vendor.post('accountContacts', { accountContact: { contact: 2, account: 1 } });
    const names =
      'fieldValues,contactTags.tag,contactLists,accountContacts.account,deals,geoIps.geoAddress,nonsense';
    const { body } = await vendor.get(`contacts?include=${names}`);
    expect(body).toMatchObject({
      fieldValues: [{ contact: '2', field: '1', value: 'Buyer' }],
      contactTags: [
        { contact: '1', tag: '1' },
        { contact: '2', tag: '1' },
      ],
      tags: [{ id: '1', tag: 'vip' }],
      contactLists: [{ contact: '1', list: '2', status: '1' }],
      accountContacts: [{ contact: '2', account: '1' }],
      accounts: [{ id: '1', name: 'Acme' }],
      deals: [],
      contacts: [
        { id: '1', fieldValues: [], contactTags: ['1'], contactLists: ['1'], accountContacts: [] },
        { id: '2', fieldValues: ['1'], contactTags: ['2'], contactLists: [], accountContacts: ['1'] },
      ],
    });
    expect(body).not.toHaveProperty('nonsense');
  });

  test('absent, leaves lists without parts', async () => {
    const vendor = await withContacts(1);
    const { body } = await vendor.get('contacts');
    expect(Object.keys(body).sort()).toEqual(['contacts', 'meta', 'scoreValues']);
  });
});
