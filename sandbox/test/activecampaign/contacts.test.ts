import { describe, expect, test } from '@jest/globals';
import { openVendor } from './vendor.ts';

const duplicate = {
  status: 422,
  body: {
    errors: [
      {
        title: 'Email address already exists in the system',
        detail: '',
        code: 'duplicate',
        source: { pointer: '/data/attributes/email' },
      },
    ],
  },
};

const invalidEmail = {
  status: 422,
  body: {
    errors: [
      {
        title: 'Contact Email Address is not valid.',
        code: 'email_invalid',
        error: 'must_be_valid_email_address',
        source: { pointer: '/data/attributes/email' },
      },
    ],
  },
};

describe('contact/sync', () => {
  test('creates with 201 and updates with 200, leaving what is not sent as it was', async () => {
    const vendor = await openVendor();
    const created = await vendor.post('contact/sync', {
      contact: { email: 'Ana.Paz@Example.test', firstName: 'Ana', lastName: 'Paz', phone: '1' },
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        contact: { id: '1', email: 'ana.paz@example.test', firstName: 'Ana', orgid: '', organization: '' },
      },
    });
    expect(created.body['fieldValues']).toBeUndefined();
    const updated = await vendor.post('contact/sync', {
      contact: { email: 'ANA.PAZ@example.test', phone: '2' },
    });
    expect(updated).toMatchObject({
      status: 200,
      body: { contact: { id: '1', firstName: 'Ana', lastName: 'Paz', phone: '2' } },
    });
  });

  test('answers only the field values that it set, and passes over unknown fields', async () => {
    const vendor = await openVendor();
    const first = [
      { field: '1', value: 'Buyer' },
      { field: '2', value: 'long' },
      { field: '999', value: 'x' },
    ];
    const { body: created } = await vendor.post('contact/sync', {
      contact: { email: 'a@b.test', fieldValues: first },
    });
    expect(created['fieldValues']).toMatchObject([
      { field: '1', value: 'Buyer', contact: '1', owner: '1' },
      { field: '2', value: 'long' },
    ]);
    const { body: updated } = await vendor.post('contact/sync', {
      contact: { email: 'a@b.test', fieldValues: [{ field: 1, value: 'Head' }] },
    });
    expect(updated['fieldValues']).toMatchObject([{ id: '1', field: '1', value: 'Head' }]);
    expect(updated['contact']?.['fieldValues']).toEqual(['1', '2']);
  });

  test('needs an email (400), and a valid one (422)', async () => {
    const vendor = await openVendor();
    expect(await vendor.post('contact/sync', { contact: { firstName: 'A' } })).toMatchObject({
      status: 400,
      body: {
        errors: [{ status: 400, title: 'Bad Request', detail: 'Contact email must be provided for sync' }],
      },
    });
    expect(await vendor.post('contact/sync', { contact: { email: 'nobody@nowhere' } })).toMatchObject(
      invalidEmail,
    );
  });
});

describe('a contact', () => {
  test('is created with 201, once per email in any letter case', async () => {
    const vendor = await openVendor();
    const created = await vendor.post('contacts', { contact: { email: 'A@b.test', fieldValues: [] } });
    expect(created).toMatchObject({ status: 201, body: { fieldValues: [], contact: { email: 'a@b.test' } } });
    expect(await vendor.post('contacts', { contact: { email: 'a@B.test' } })).toMatchObject(duplicate);
    expect(await vendor.post('contacts', { contact: { email: 'a b@c' } })).toMatchObject(invalidEmail);
    expect(await vendor.post('contacts', { contact: {} })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'field_missing' }] },
    });
  });

  test('is read with its parts beside it, ids as strings, stamps with the account offset', async () => {
    const vendor = await openVendor();
    const id = await vendor.contact('a@b.test', { fieldValues: [{ field: '1', value: 'Buyer' }] });
    const { status, body } = await vendor.get(`contacts/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      contactAutomations: [],
      contactLists: [],
      deals: [],
      geoIps: [],
      accountContacts: [],
      fieldValues: [{ field: '1', value: 'Buyer' }],
      contact: {
        id: '1',
        cdate: '2026-03-02T09:00:00-06:00',
        udate: '2026-03-02T09:00:00-06:00',
        created_utc_timestamp: '2026-03-02 09:00:00',
        deleted_at: '0000-00-00 00:00:00',
        bounced_hard: '0',
        email_empty: false,
        organization: null,
        fieldValues: ['1'],
      },
    });
    expect(Object.keys(body['contact']?.['links'] ?? {})).toHaveLength(18);
    expect(body['contact']?.['links']?.['contactTags']).toBe('http://ac.test/api/3/contacts/1/contactTags');
  });

  test('stamps follow daylight saving time', async () => {
    const vendor = await openVendor();
    vendor.clock.advance(30 * 24 * 3_600_000);
    const id = await vendor.contact('a@b.test');
    expect((await vendor.get(`contacts/${id}`)).body['contact']?.['cdate']).toBe('2026-04-01T10:00:00-05:00');
  });

  test('changes its email by id and keeps its id; a taken email is refused', async () => {
    const vendor = await openVendor();
    const id = await vendor.contact('old@b.test', { firstName: 'Ana' });
    await vendor.contact('other@b.test');
    expect(await vendor.put(`contacts/${id}`, { contact: { email: 'other@b.test' } })).toMatchObject(
      duplicate,
    );
    expect(await vendor.put(`contacts/${id}`, { contact: { email: '' } })).toMatchObject(invalidEmail);
    const renamed = await vendor.put(`contacts/${id}`, { contact: { email: 'New@b.test' } });
    expect(renamed).toMatchObject({
      status: 200,
      body: { fieldValues: [], contact: { id, email: 'new@b.test', firstName: 'Ana' } },
    });
    expect((await vendor.get('contacts?email=old@b.test')).body['contacts']).toEqual([]);
    expect((await vendor.get('contacts?email=NEW@b.test')).body['contacts']).toMatchObject([{ id }]);
    expect((await vendor.put(`contacts/${id}`, { contact: { email: 'NEW@b.test' } })).status).toBe(200);
    await vendor.contact('old@b.test');
  });

  test('is deleted for good; reads and deletions name what is missing differently', async () => {
    const vendor = await openVendor();
    const id = await vendor.contact('a@b.test');
    expect(await vendor.delete(`contacts/${id}`)).toMatchObject({ status: 200, body: {} });
    expect(await vendor.get(`contacts/${id}`)).toMatchObject({
      status: 404,
      body: { message: 'No Result found for Subscriber with id 1' },
    });
    expect(await vendor.delete(`contacts/${id}`)).toMatchObject({
      status: 404,
      body: { message: 'No result found for contact with id 1' },
    });
    expect((await vendor.put(`contacts/${id}`, { contact: {} })).status).toBe(404);
    expect(await vendor.contact('a@b.test')).toBe('2');
  });

  test('has parts of its own, those that the sandbox keeps no rows of being empty', async () => {
    const vendor = await openVendor();
    const id = await vendor.contact('a@b.test', { fieldValues: [{ field: '1', value: 'x' }] });
    expect((await vendor.get(`contacts/${id}/fieldValues`)).body).toMatchObject({
      fieldValues: [{ value: 'x' }],
    });
    expect((await vendor.get(`contacts/${id}/notes`)).body).toEqual({ notes: [] });
    expect((await vendor.get(`contacts/${id}/organization`)).body).toEqual({ organization: null });
    expect(await vendor.get('contacts/9/contactTags')).toMatchObject({
      status: 404,
      body: { message: 'No Result found for Subscriber with id 9' },
    });
  });
});

describe('the update time of a contact', () => {
  const changes: [string, (vendor: Awaited<ReturnType<typeof openVendor>>) => Promise<unknown>][] = [
    ['an upsert', (vendor) => vendor.post('contact/sync', { contact: { email: 'a@b.test', phone: '1' } })],
    ['a write by id', (vendor) => vendor.put('contacts/1', { contact: { firstName: 'B' } })],
    [
      'a field value',
      (vendor) => vendor.post('fieldValues', { fieldValue: { contact: 1, field: 1, value: 'x' } }),
    ],
    ['a tag', (vendor) => vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } })],
    ['a list', (vendor) => vendor.post('contactLists', { contactList: { contact: 1, list: 1, status: 1 } })],
    [
      'an account',
      (vendor) => vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } }),
    ],
  ];

  test.each(changes)('moves with %s', async (_name, change) => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'vip', tagType: 'contact' } });
    await vendor.post('accounts', { account: { name: 'Acme' } });
    vendor.clock.advance(60_000);
    await change(vendor);
    expect((await vendor.get('contacts/1')).body['contact']).toMatchObject({
      cdate: '2026-03-02T09:00:00-06:00',
      udate: '2026-03-02T09:01:00-06:00',
    });
  });

  test('stays when a tag is added that the contact has', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('tags', { tag: { tag: 'vip', tagType: 'contact' } });
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    vendor.clock.advance(60_000);
    await vendor.post('contactTags', { contactTag: { contact: 1, tag: 1 } });
    expect((await vendor.get('contacts/1')).body['contact']?.['udate']).toBe('2026-03-02T09:00:00-06:00');
  });
});
