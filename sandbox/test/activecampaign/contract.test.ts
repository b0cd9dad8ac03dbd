import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { answers, refusals } from './contract.ts';
import { idOf, openVendor, settled } from './vendor.ts';
import type { Answer, Vendor } from './vendor.ts';

/** The answer has the status and exactly the shape. */
function expectAnswer(answer: Answer, status: number, shape: z.ZodType): void {
  expect({ status: answer.status, problems: shape.safeParse(answer.body).error?.issues ?? [] }).toEqual({
    status,
    problems: [],
  });
}

/** An account in which each list that is asked for has something in it. */
async function furnished(): Promise<Vendor> {
  const vendor = await openVendor();
  await vendor.post('accountCustomFieldMeta', {
    accountCustomFieldMetum: { fieldLabel: 'Region', fieldType: 'text' },
  });
  await vendor.post('accounts', {
    account: { name: 'Acme', fields: [{ customFieldId: 1, fieldValue: 'North' }] },
  });
  await vendor.contact('a@b.test', { fieldValues: [{ field: '1', value: 'x' }] });
  await vendor.post('accountContacts', { accountContact: { contact: 1, account: 1 } });
  await vendor.post('contactAutomations', { contactAutomation: { contact: '1', automation: '1' } });
  return vendor;
}

describe("answers have the shapes of the vendor's published API reference", () => {
  test('the key and the account', async () => {
    const vendor = await openVendor();
    expectAnswer(await vendor.get('users/me'), 200, answers.me);
    expectAnswer(await vendor.get('settings/account'), 200, answers.settings);
    expectAnswer(await vendor.get('users/me', { 'api-token': 'wrong' }), 403, refusals.message);
  });

  test('contacts', async () => {
    const vendor = await furnished();
    const page = 'contacts?limit=100&orders[id]=ASC&id_greater=0&include=fieldValues,accountContacts.account';
    expectAnswer(await vendor.get(page), 200, answers.contacts);
    expectAnswer(await vendor.get('contacts/1'), 200, answers.contact);
    expectAnswer(await vendor.get('contacts/99'), 404, refusals.message);
    const fieldValues = [{ field: '1', value: 'y' }];
    const sync = { contact: { email: 'new@b.test', firstName: 'N', fieldValues } };
    expectAnswer(await vendor.post('contact/sync', sync), 201, answers.synced);
    expectAnswer(await vendor.post('contact/sync', sync), 200, answers.synced);
    expectAnswer(await vendor.post('contact/sync', { contact: { firstName: 'N' } }), 400, refusals.titled);
    expectAnswer(await vendor.post('contact/sync', { contact: { email: 'no' } }), 422, refusals.email);
    expectAnswer(
      await vendor.put('contacts/1', { contact: { lastName: 'L', fieldValues } }),
      200,
      answers.changed,
    );
    expectAnswer(await vendor.put('contacts/1', { contact: { email: 'new@b.test' } }), 422, refusals.invalid);
  });

  test('custom fields', async () => {
    const vendor = await furnished();
    expectAnswer(await vendor.get('fields?limit=100'), 200, answers.fields);
    expectAnswer(await vendor.get('accountCustomFieldMeta'), 200, answers.accountFields);
  });

  test('accounts and whose contacts they are', async () => {
    const vendor = await furnished();
    expectAnswer(await vendor.get('accounts?limit=100'), 200, answers.accounts);
    const fields = [{ customFieldId: 1, fieldValue: 'South' }];
    expectAnswer(
      await vendor.post('accounts', { account: { name: 'New', fields } }),
      201,
      answers.savedAccount,
    );
    expectAnswer(
      await vendor.put('accounts/1', { account: { name: 'Acme 2', fields } }),
      200,
      answers.savedAccount,
    );
    expectAnswer(await vendor.post('accounts', { account: { name: 'New' } }), 422, refusals.invalid);
    expectAnswer(await vendor.post('accounts', { account: {} }), 422, refusals.invalid);
    expectAnswer(
      await vendor.get('accountCustomFieldData?filters[customerAccountId]=1'),
      200,
      answers.accountData,
    );
    expectAnswer(await vendor.get('accountContacts?filters[contact]=1'), 200, answers.relations);
    expectAnswer(
      await vendor.put('accountContacts/1', { accountContact: { account: 2 } }),
      200,
      answers.relation,
    );
    const relate = { accountContact: { contact: 1, account: 1 } };
    expectAnswer(await vendor.post('accountContacts', relate), 422, refusals.invalid);
    expectAnswer(await vendor.delete('accountContacts/1'), 200, answers.nothing);
    expectAnswer(await vendor.post('accountContacts', relate), 201, answers.related);
  });

  test('tags', async () => {
    const vendor = await furnished();
    const create = { tag: { tag: 'T', tagType: 'contact', description: '' } };
    expectAnswer(await vendor.post('tags', create), 201, answers.tag);
    expectAnswer(await vendor.get('tags?search=T'), 200, answers.tags);
    const attach = (contact: string | undefined, tag: string) =>
      vendor.post('contactTags', { contactTag: { contact, tag } });
    expectAnswer(await attach('1', '1'), 201, answers.tagged);
    expectAnswer(await attach('99', '1'), 404, refusals.titled);
    expectAnswer(await attach(undefined, '1'), 422, refusals.missing);
  });

  test('imports', async () => {
    const vendor = await openVendor();
    const imported = await vendor.post('import/bulk_import', { contacts: [{ email: 'i@b.test' }] });
    expectAnswer(imported, 200, answers.imported);
    vendor.clock.advance(600_000);
    await settled(vendor);
    const { batchId } = answers.imported.parse(imported.body);
    expectAnswer(await vendor.get(`import/info?batchId=${batchId}`), 200, answers.importInfo);
    expectAnswer(await vendor.get('import/info'), 400, refusals.importInfo);
    expectAnswer(
      await vendor.post('import/bulk_import', { contacts: [{ email: 'no' }] }),
      400,
      refusals.import,
    );
    expectAnswer(await vendor.post('import/bulk_import', {}), 400, refusals.import);
  });

  test('webhooks', async () => {
    const vendor = await openVendor();
    const hook = { name: 'H', url: 'https://hook.example/x', events: ['update'], sources: ['public'] };
    const created = await vendor.post('webhooks', { webhook: hook });
    expectAnswer(created, 201, answers.webhook);
    expectAnswer(await vendor.get('webhooks'), 200, answers.webhooks);
    expectAnswer(await vendor.delete(`webhooks/${idOf(created.body['webhook'])}`), 200, answers.nothing);
  });

  test('automations', async () => {
    const vendor = await furnished();
    expectAnswer(await vendor.get('automations'), 200, answers.automations);
    expectAnswer(await vendor.get('contacts/1/contactAutomations'), 200, answers.entries);
    const enter = (contact: string) =>
      vendor.post('contactAutomations', { contactAutomation: { contact, automation: '1' } });
    await vendor.contact('second@b.test');
    expectAnswer(await enter('2'), 201, answers.entered);
    expectAnswer(await enter('99'), 403, refusals.message);
  });

  test('campaigns and what contacts did with them', async () => {
    const vendor = await furnished();
    await vendor.door('campaigns', { name: 'C', subject: 'S', links: ['https://shop.example/x'] });
    for (const activity of [
      { type: 'sent', campaign: 1 },
      { type: 'open', campaign: 1 },
      { type: 'visit', url: 'https://shop.example/x' },
    ]) {
      const done = await vendor.door('activities', [{ contact: 1, ...activity }]);
      if (done.status >= 300) throw new Error(done.text);
    }
    expectAnswer(await vendor.get('campaigns'), 200, answers.campaigns);
    expectAnswer(await vendor.get('campaigns/1'), 200, answers.campaign);
    expectAnswer(await vendor.get('campaigns/1/links'), 200, answers.campaignLinks);
    // The stream is made when the contact is read.
    await vendor.get('contacts/1');
    expectAnswer(await vendor.get('activities?contact=1'), 200, answers.activities);
    expectAnswer(await vendor.get('contacts/1/trackingLogs'), 200, answers.trackingLogs);
    expectAnswer(await vendor.get('campaigns/99'), 404, refusals.message);
  });
});
