import { describe, expect, test } from '@jest/globals';
import { column, idOf, openVendor } from './vendor.ts';

describe('custom fields', () => {
  test('of every type are there from the start, with options and relations beside them', async () => {
    const vendor = await openVendor();
    const { body } = await vendor.get('fields');
    const types = new Set(column(body['fields'], 'type'));
    expect([...types].sort()).toEqual(
      ['checkbox', 'date', 'datetime', 'dropdown', 'hidden', 'listbox', 'radio', 'text', 'textarea'].sort(),
    );
    expect(body['fieldOptions']).toContainEqual(
      expect.objectContaining({ value: 'true', label: 'true', field: '7', isdefault: '0' }),
    );
    expect(body['fieldRels']).toContainEqual(expect.objectContaining({ field: '1', relid: '0' }));
    expect(body['meta']).toEqual({ total: '12' });
  });

  test('are created with 201 and a tag in capitals; a title is unique', async () => {
    const vendor = await openVendor();
    const created = await vendor.post('fields', {
      field: { title: 'Shoe size (EU)', type: 'text', descript: 'd', visible: 1, ordernum: 9 },
    });
    expect(created).toMatchObject({
      status: 201,
      body: {
        field: { id: '13', title: 'Shoe size (EU)', perstag: 'SHOE_SIZE_EU', descript: 'd', ordernum: '9' },
      },
    });
    expect(await vendor.post('fields', { field: { title: 'SHOE size (eu)', type: 'text' } })).toMatchObject({
      status: 422,
      body: { errors: [{ title: 'There is already a field with this title', code: 'duplicate' }] },
    });
    expect(await vendor.post('fields', { field: { type: 'text' } })).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'field_missing' }] },
    });
    expect((await vendor.get('fields?filters[perstag]=SHOE_SIZE_EU')).body['fields']).toMatchObject([
      { id: '13' },
    ]);
  });

  test('get options in bulk, and a relation that makes them visible', async () => {
    const vendor = await openVendor();
    const { body } = await vendor.post('fields', { field: { title: 'Size', type: 'dropdown' } });
    const field = idOf(body['field']);
    expect(body['field']).toMatchObject({ options: [], relations: [] });
    const options = [
      { orderid: 2, value: 'L', label: 'Large', isdefault: false, field },
      { orderid: 1, value: 'S', label: 'Small', isdefault: true, field },
    ];
    expect((await vendor.post('fieldOption/bulk', { fieldOptions: options })).status).toBe(201);
    expect(await vendor.post('fieldOption/bulk', { options })).toMatchObject({
      status: 422,
      body: {
        errors: 'Bulk operation failed. Request must contain an array of fieldOption objects.',
      },
    });
    expect((await vendor.get(`fields/${field}/options`)).body['fieldOptions']).toMatchObject([
      { value: 'S', label: 'Small', isdefault: '1' },
      { value: 'L', label: 'Large' },
    ]);
    const relation = await vendor.post('fieldRels', { fieldRel: { field: 13, relid: 0 } });
    expect(relation).toMatchObject({ status: 201, body: { fieldRel: { field: 13, relid: 0 } } });
    const member = await vendor.post('groupMembers', { groupMember: { rel_id: field, group_id: '1' } });
    expect(member.body['groupMember']).toMatchObject({ rel_id: 13, group_id: 1 });
    expect(
      (await vendor.post('groupMembers', { groupMember: { rel_id: field, group_id: 94 } })).body,
    ).toEqual({
      message: 'No Result found for GroupDefinition with id 94',
    });
    expect((await vendor.get(`fields/${field}`)).body['field']).toMatchObject({
      options: expect.arrayContaining([expect.any(String)]),
      relations: [expect.any(String)],
    });
  });

  test('are changed and deleted', async () => {
    const vendor = await openVendor();
    expect(
      (await vendor.put('fields/1', { field: { title: 'Role', perstag: 'My role' } })).body['field'],
    ).toMatchObject({ title: 'Role', perstag: 'MY_ROLE', type: 'text' });
    expect((await vendor.put('fields/1', { field: { title: 'About' } })).status).toBe(422);
    expect((await vendor.delete('fields/1')).body).toEqual({});
    expect(await vendor.get('fields/1')).toMatchObject({
      status: 404,
      body: { message: 'No Result found for Field with id 1' },
    });
  });
});

describe('a field value', () => {
  test('is an upsert by contact and field: the id stays, and ids come back as they were sent', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    const first = await vendor.post('fieldValues', { fieldValue: { contact: 1, field: '1', value: 'x' } });
    expect(first).toMatchObject({
      status: 200,
      body: { contacts: [{ id: '1' }], fieldValue: { id: '1', contact: 1, field: '1', value: 'x' } },
    });
    const second = await vendor.post('fieldValues', { fieldValue: { contact: '1', field: 1, value: 'y' } });
    expect(second.body['fieldValue']).toMatchObject({ id: '1', contact: '1', field: 1, value: 'y' });
    const third = await vendor.put('fieldValues/1', { fieldValue: { contact: 1, field: 1, value: '' } });
    expect(third.body['fieldValue']).toMatchObject({ id: '1', value: '' });
    expect((await vendor.get('fieldValues/1')).body['fieldValue']).toMatchObject({ contact: '1', value: '' });
  });

  test('is refused for a personalisation tag in place of the id', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect(
      await vendor.post('fieldValues', { fieldValue: { contact: 1, field: 'JOB_TITLE', value: 'x' } }),
    ).toMatchObject({ status: 422, body: { errors: [{ title: 'Field id not valid' }] } });
    expect(
      (await vendor.post('fieldValues', { fieldValue: { contact: 9, field: 1, value: 'x' } })).status,
    ).toBe(403);
  });

  test('that is not there is 403, not 404', async () => {
    const vendor = await openVendor();
    expect(await vendor.get('fieldValues/10')).toMatchObject({
      status: 403,
      body: { message: 'No Result found for FieldValue with id 10' },
    });
  });

  test('is listed and filtered', async () => {
    const vendor = await openVendor();
    for (const value of ['x', 'y']) {
      await vendor.contact(`${value}@b.test`, {
        fieldValues: [
          { field: '1', value },
          { field: '2', value: 'z' },
        ],
      });
    }
    const { body } = await vendor.get('fieldValues?filters[fieldid]=1&filters[val]=y');
    expect(body).toMatchObject({ fieldValues: [{ contact: '2', value: 'y' }], meta: { total: '1' } });
    await vendor.delete('fieldValues/1');
    expect((await vendor.get('fieldValues?filters[fieldid]=1')).body['meta']).toEqual({ total: '1' });
  });

  test.each([
    ['a day', 8, '2026-05-01', '2026-05-01'],
    ['a day, from a moment', 8, '2026-05-01T10:00:00Z', '2026-05-01'],
    ['a moment, in the account offset', 9, '2026-05-01T10:00:00Z', '2026-05-01T05:00:00-05:00'],
    ['several options', 6, '||Sensors||Service||', '||Sensors||Service||'],
    ['a check', 7, '||true||', '||true||'],
    ['a number, as text', 10, 12.5, '12.5'],
    ['an unknown option, as sent', 4, 'Nothing', 'Nothing'],
    ['null, as empty', 1, null, ''],
  ])('of %s is kept so', async (_name, field, value, kept) => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test', { fieldValues: [{ field, value }] });
    expect((await vendor.get('contacts/1')).body['fieldValues']).toMatchObject([{ value: kept }]);
  });

  test('that is no day is not kept', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test', { fieldValues: [{ field: 8, value: '05/01/2026' }] });
    expect((await vendor.get('contacts/1')).body['fieldValues']).toEqual([]);
    expect(
      (await vendor.post('fieldValues', { fieldValue: { contact: 1, field: 8, value: 'soon' } })).status,
    ).toBe(422);
  });
});
