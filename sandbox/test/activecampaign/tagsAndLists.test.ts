import { describe, expect, test } from '@jest/globals';
import { openVendor } from './vendor.ts';

describe('tags', () => {
  test('are created with 201; a name that exists, in any letter case, gives the one there is with 200', async () => {
    const vendor = await openVendor();
    const tag = { tag: 'VIP', tagType: 'contact', description: 'd' };
    expect(await vendor.post('tags', { tag })).toMatchObject({
      status: 201,
      body: { tag: { id: '1', ...tag } },
    });
    expect(await vendor.post('tags', { tag: { tag: 'vip', tagType: 'contact' } })).toMatchObject({
      status: 200,
      body: { tag: { id: '1', tag: 'VIP' } },
    });
    expect((await vendor.post('tags', { tag: { tagType: 'contact' } })).status).toBe(422);
  });

  test('are searched by part of the name, or with operators, twenty a page', async () => {
    const vendor = await openVendor();
    for (let serial = 1; serial <= 25; serial += 1) {
      await vendor.post('tags', { tag: { tag: `tag ${serial}`, tagType: 'contact' } });
    }
    const all = await vendor.get('tags');
    expect(all.body['tags']).toHaveLength(20);
    expect(all.body['meta']).toEqual({ total: '25' });
    expect((await vendor.get('tags?search=g 2')).body['meta']).toEqual({ total: '7' });
    expect((await vendor.get('tags?filters[search][eq]=tag 2')).body['tags']).toMatchObject([
      { tag: 'tag 2' },
    ]);
    expect((await vendor.get('tags?filters[search][starts_with]=ag')).body['tags']).toEqual([]);
  });

  test('are counted, renamed and deleted, also from contacts', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'VIP', tagType: 'contact' } });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    expect((await vendor.get('tags/1')).body['tag']).toMatchObject({ subscriber_count: '1' });
    expect((await vendor.put('tags/1', { tag: { tag: 'Gold' } })).body['tag']).toMatchObject({ tag: 'Gold' });
    await vendor.delete('tags/1');
    expect((await vendor.get('contacts/1/contactTags')).body).toEqual({ contactTags: [] });
    expect((await vendor.get('tags/1')).body).toEqual({ message: 'No Result found for Tag with id 1' });
  });
});

describe("a contact's tag", () => {
  test('is added once; a repeat gives the same row', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'VIP', tagType: 'contact' } });
    const added = await vendor.post('contactTags', { contactTag: { contact: '1', tag: '1' } });
    expect(added).toMatchObject({
      status: 201,
      body: { contacts: [{ id: '1' }], contactTag: { id: '1', contact: '1', tag: '1' } },
    });
    const again = await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    expect(again).toMatchObject({ status: 200, body: { contactTag: { id: '1', contact: 1, tag: 1 } } });
  });

  test('needs a contact that exists and the id of a tag', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect(await vendor.post('contactTags', { contactTag: { tag: 1 } })).toMatchObject({
      status: 422,
      body: {
        errors: [
          { status: 422, title: 'Missing attribute', source: { pointer: '/data/attributes/contact' } },
        ],
      },
    });
    expect(await vendor.post('contactTags', { contactTag: { contact: 7, tag: 1 } })).toMatchObject({
      status: 404,
      body: { errors: [{ status: 404, title: 'Not Found', detail: 'Contact not found' }] },
    });
    expect(await vendor.post('contactTags', { contactTag: { contact: 1, tag: 'VIP' } })).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'No tag id provided' }] },
    });
  });

  test('is removed by its own id', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'VIP', tagType: 'contact' } });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    expect((await vendor.delete('contactTags/1')).body).toEqual({});
    expect(await vendor.delete('contactTags/1')).toMatchObject({
      status: 404,
      body: { message: 'No Result found for SubscriberTag with id 1' },
    });
  });
});

describe('lists', () => {
  test('are listed and filtered by name', async () => {
    const vendor = await openVendor();
    expect((await vendor.get('lists')).body).toMatchObject({
      lists: [
        { id: '1', name: 'Customers' },
        { id: '2', name: 'Field Notes newsletter' },
      ],
      meta: { total: '2' },
    });
    expect((await vendor.get('lists?filters[name]=notes')).body['lists']).toMatchObject([{ id: '2' }]);
    expect((await vendor.get('lists?filters[name][eq]=notes')).body['lists']).toEqual([]);
    expect((await vendor.get('lists/3')).body).toEqual({ message: 'No Result found for List with id 3' });
  });

  test('are created with all that the vendor requires', async () => {
    const vendor = await openVendor();
    const list = { name: 'New', stringid: 'new', sender_url: 'https://x.test', sender_reminder: 'r' };
    expect((await vendor.post('lists', { list: { ...list, sender_reminder: '' } })).status).toBe(422);
    expect((await vendor.post('lists', { list })).body['list']).toMatchObject({ id: '3', stringid: 'new' });
    expect((await vendor.post('listGroups', { listGroup: { listid: 3, groupid: 1 } })).status).toBe(201);
  });

  test('take a contact with 201, then change its status in place with 200', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    const joined = await vendor.post('contactLists', { contactList: { list: 2, contact: 1, status: 1 } });
    expect(joined).toMatchObject({
      status: 201,
      body: { contacts: [{ id: '1' }], contactList: { id: '1', contact: 1, list: 2, status: 1 } },
    });
    const left = await vendor.post('contactLists', { contactList: { list: '2', contact: '1', status: '2' } });
    expect(left).toMatchObject({ status: 200, body: { contactList: { id: '1', status: '2' } } });
    expect((await vendor.get('contacts/1/contactLists')).body['contactLists']).toMatchObject([
      { list: '2', status: '2', sdate: '2026-03-02T09:00:00-06:00' },
    ]);
  });

  test('know four statuses', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect(
      await vendor.post('contactLists', { contactList: { list: 1, contact: 1, status: 4 } }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'The value you selected is not a valid choice.' }] },
    });
  });
});
