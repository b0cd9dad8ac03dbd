import { describe, expect, test } from '@jest/globals';
import { openVendor } from './vendor.ts';

describe('accounts', () => {
  test('have unique names, whatever their letter case', async () => {
    const vendor = await openVendor();
    const created = await vendor.post('accounts', {
      account: { name: 'Acme', accountUrl: 'https://acme.test' },
    });
    expect(created).toMatchObject({ status: 201, body: { account: { id: '1', name: 'Acme', fields: [] } } });
    expect(await vendor.post('accounts', { account: { name: 'ACME' } })).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            title: 'An account named "ACME" already exists. Please choose a new name.',
            code: 'duplicate',
            source: { pointer: '/data/attributes/name' },
          },
        ],
      },
    });
    expect(await vendor.post('accounts', { account: {} })).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'The account name was not provided.', code: 'field_missing' }] },
    });
  });

  test('are renamed, which frees the old name and keeps the new one taken', async () => {
    const vendor = await openVendor();
    await vendor.post('accounts', { account: { name: 'Acme' } });
    await vendor.post('accounts', { account: { name: 'Other' } });
    expect((await vendor.put('accounts/1', { account: { name: 'Other' } })).status).toBe(422);
    vendor.clock.advance(60_000);
    expect((await vendor.put('accounts/1', { account: { name: 'acme' } })).body['account']).toMatchObject({
      name: 'acme',
      createdTimestamp: '2026-03-02T09:00:00-06:00',
      updatedTimestamp: '2026-03-02T09:01:00-06:00',
    });
    await vendor.put('accounts/1', { account: { name: 'New' } });
    expect((await vendor.post('accounts', { account: { name: 'Acme' } })).status).toBe(201);
    expect((await vendor.post('accounts', { account: { name: 'new' } })).status).toBe(422);
  });

  test('are searched by name; their contacts are counted only on request', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    for (const name of ['Acme', 'Other']) await vendor.post('accounts', { account: { name } });
    await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } });
    expect((await vendor.get('accounts?search=cm')).body).toMatchObject({
      accounts: [{ name: 'Acme', contactCount: '0' }],
      meta: { total: '1' },
    });
    expect((await vendor.get('accounts?search=cm&count_deals=true')).body['accounts']).toMatchObject([
      { contactCount: '1', dealCount: '0' },
    ]);
  });

  test('are deleted singly or in bulk; their contacts lose the relation', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    for (const name of ['A', 'B', 'C']) await vendor.post('accounts', { account: { name } });
    await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } });
    vendor.clock.advance(60_000);
    expect((await vendor.delete('accounts/1')).body).toEqual({});
    expect((await vendor.get('accounts/1')).status).toBe(404);
    const { body } = await vendor.get('contacts/1');
    expect(body).toMatchObject({ accountContacts: [], contact: { udate: '2026-03-02T09:01:00-06:00' } });
    expect((await vendor.delete('accounts/bulk_delete?ids[]=2&ids[]=3')).body).toEqual({
      meta: { success: true },
    });
    expect((await vendor.get('accounts')).body['meta']).toEqual({ total: '0' });
  });
});

describe("a contact's account", () => {
  test('is one at most', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    for (const name of ['Acme', 'Other']) await vendor.post('accounts', { account: { name } });
    const related = await vendor.post('accountContacts', {
      accountContact: { contact: 1, account: '1', jobTitle: 'PM' },
    });
    expect(related).toMatchObject({
      status: 201,
      body: { accountContact: { id: '1', contact: 1, account: '1', jobTitle: 'PM' } },
    });
    expect(
      await vendor.post('accountContacts', { accountContact: { contact: 1, account: 2 } }),
    ).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            title:
              'This contact is already associated with an account. We currently do not support contacts on multiple accounts.',
            code: 'field_invalid',
          },
        ],
      },
    });
    expect(
      (await vendor.post('accountContacts', { accountContact: { contact: 1 } })).body['errors'],
    ).toMatchObject([{ code: 'field_missing', source: { pointer: '/data/attributes/account' } }]);
  });

  test('is found by contact or account, changed, and taken away', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.contact('c@b.test');
    for (const name of ['Acme', 'Other']) await vendor.post('accounts', { account: { name } });
    for (const contact of [1, 2])
      await vendor.post('accountContacts', { accountContact: { contact, account: 1 } });
    expect((await vendor.get('accountContacts?filters[contact]=2')).body).toMatchObject({
      accountContacts: [{ id: '2', contact: '2', account: '1' }],
      meta: { total: '1' },
    });
    expect((await vendor.get('accountContacts?filters[account]=1')).body['meta']).toEqual({ total: '2' });
    const moved = await vendor.put('accountContacts/2', { accountContact: { account: 2, jobTitle: 'CEO' } });
    expect(moved.body['accountContact']).toMatchObject({ id: '2', account: '2', jobTitle: 'CEO' });
    await vendor.delete('accountContacts/2');
    expect((await vendor.get('contacts/2/accountContacts')).body).toEqual({ accountContacts: [] });
    expect(await vendor.get('accountContacts/2')).toMatchObject({
      status: 404,
      body: { message: 'No Result found for CustomerAccountSubscriber with id 2' },
    });
  });
});

describe('custom fields of accounts', () => {
  test('are created with 200, or refused with a code that is a number', async () => {
    const vendor = await openVendor();
    const field = { fieldLabel: 'Tier', fieldType: 'dropdown', fieldOptions: ['A', 'B'], isFormVisible: 1 };
    expect(await vendor.post('accountCustomFieldMeta', { accountCustomFieldMetum: field })).toMatchObject({
      status: 200,
      body: { accountCustomFieldMetum: { id: '7', ...field, createdTimestamp: '2026-03-02 09:00:00' } },
    });
    expect(
      await vendor.post('accountCustomFieldMeta', { accountCustomFieldMetum: { fieldLabel: 'X' } }),
    ).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'The field type field is required.', code: 422 }] },
    });
    expect(
      (await vendor.get('accountCustomFieldMeta?limit=100')).body['accountCustomFieldMeta'],
    ).toHaveLength(7);
  });

  test('are set with the account, money in cents and several options as a list', async () => {
    const vendor = await openVendor();
    const { body } = await vendor.post('accounts', {
      account: {
        name: 'Acme',
        fields: [
          { customFieldId: 3, fieldValue: 123456, fieldCurrency: 'GBP' },
          { customFieldId: 5, fieldValue: ['Sensors', 'Service'] },
          { customFieldId: 99, fieldValue: 'nowhere' },
        ],
      },
    });
    expect(body['account']?.['fields']).toEqual([
      { customFieldId: 3, fieldValue: 123456, fieldCurrency: 'GBP', accountId: '1' },
      { customFieldId: 5, fieldValue: ['Sensors', 'Service'], accountId: '1' },
    ]);
    expect((await vendor.get('accountCustomFieldData?filters[customerAccountId]=1')).body).toMatchObject({
      accountCustomFieldData: [
        { accountId: 1, customFieldId: 3, fieldValue: 123456, fieldCurrency: 'gbp' },
        { accountId: 1, customFieldId: 5, fieldValue: ['Sensors', 'Service'] },
      ],
      meta: { total: '2' },
    });
  });

  test('are written one by one or in bulk, each account and field keeping one row', async () => {
    const vendor = await openVendor();
    for (const name of ['A', 'B']) await vendor.post('accounts', { account: { name } });
    const first = await vendor.post('accountCustomFieldData', {
      accountCustomFieldDatum: { customerAccountId: '1', customFieldId: '1', fieldValue: 'x' },
    });
    expect(first.body['accountCustomFieldDatum']).toMatchObject({ id: '1', fieldValue: 'x' });
    const bulk = [
      { accountId: '1', customFieldId: '1', fieldValue: 'y' },
      { accountId: '2', customFieldId: '2', fieldValue: '100' },
    ];
    expect(await vendor.post('accountCustomFieldData/bulkCreate', bulk)).toMatchObject({
      status: 200,
      body: { message: 'the bulk insert was successful' },
    });
    const update = [{ id: '2', fieldValue: '200' }];
    expect((await vendor.patch('accountCustomFieldData/bulkUpdate', update)).body).toEqual({
      message: 'AccountCustomFieldDatas with ID(s): 2 successfully bulk updated.',
    });
    await vendor.put('accountCustomFieldData/1', { accountCustomFieldDatum: { fieldValue: 'z' } });
    expect((await vendor.get('accountCustomFieldData')).body['accountCustomFieldData']).toMatchObject([
      { id: '1', accountId: 1, fieldValue: 'z' },
      { id: '2', accountId: 2, fieldValue: '200' },
    ]);
    expect((await vendor.delete('accountCustomFieldData/1')).body).toEqual({
      message: 'AccountCustomFieldData deleted.',
    });
    expect(await vendor.get('accountCustomFieldData/1')).toMatchObject({
      status: 404,
      body: { errors: [{ status: 404, title: 'Not Found' }] },
    });
  });

  test("move the account's update time", async () => {
    const vendor = await openVendor();
    await vendor.post('accounts', { account: { name: 'A' } });
    vendor.clock.advance(60_000);
    await vendor.post('accountCustomFieldData', {
      accountCustomFieldDatum: { customerAccountId: 1, customFieldId: 1, fieldValue: 'x' },
    });
    expect((await vendor.get('accounts/1')).body['account']).toMatchObject({
      updatedTimestamp: '2026-03-02T09:01:00-06:00',
    });
  });
});
