import { beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createTestDatabase } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const world = await createWorld(await createTestDatabase());
beforeEach(() => world.reset());

const tagSchema = z.object({ tag: z.object({ id: z.coerce.string() }) });
const contactTagSchema = z.object({ contactTag: z.object({ id: z.coerce.string() }) });

/** Tags a contact by the API, of which no webhook tells. @returns the id of the tag on the contact */
async function tag(contact: string, name: string): Promise<string> {
  const made = await world.onPlatform('POST', '/tags', { tag: { tag: name, tagType: 'contact' } });
  const { id } = tagSchema.parse(made).tag;
  const put = await world.onPlatform('POST', '/contactTags', { contactTag: { contact, tag: id } });
  return contactTagSchema.parse(put).contactTag.id;
}

test('a contact that is tagged by the API is created in Salesforce, once', async () => {
  const contact = await world.createPerson({ email: 'ana@acme.example', lastName: 'Gil' });
  await world.run('inbound');
  expect(await world.query('SELECT Id FROM Lead')).toEqual([]);
  await tag(contact, 'Create-Salesforce-Lead');
  await world.run('inbound');
  const [lead] = await world.query('SELECT Id, LastName FROM Lead');
  expect(lead).toMatchObject({ LastName: 'Gil' });
  // The tag stays: neither an edit of the contact nor the deletion of its Lead is another request.
  await world.changePerson(contact, { phone: '2' });
  expect((await world.run('inbound')).outcomes).toMatchObject([{ kind: 'updated', written: ['phone'] }]);
  await world.inSalesforce('DELETE', `/sobjects/Lead/${String(lead?.Id)}`);
  await world.changePerson(contact, { phone: '3' });
  await world.run('inbound');
  expect(await world.query('SELECT Id FROM Lead')).toEqual([]);
});

test('requests by tag cost the platform no call of their own', async () => {
  await world.run('inbound');
  await world.platform.forgetCalls();
  await world.run('inbound');
  const idle = await world.platform.calls();
  const contact = await world.createPerson({ email: 'ana@acme.example', lastName: 'Gil' });
  await tag(contact, 'create-salesforce-contact');
  await world.platform.forgetCalls();
  await world.run('inbound');
  const reads = Object.entries(await world.platform.calls()).filter(
    ([route]) => route === 'GET /api/3/contacts',
  );
  expect(reads).toEqual(Object.entries(idle).filter(([route]) => route === 'GET /api/3/contacts'));
  expect(await world.query('SELECT LastName FROM Contact')).toMatchObject([{ LastName: 'Gil' }]);
});

test('a tag that is taken off and put on again asks again', async () => {
  const contact = await world.createPerson({ email: 'ana@acme.example', lastName: 'Gil' });
  const first = await tag(contact, 'create-salesforce-lead');
  await world.run('inbound');
  const [lead] = await world.query('SELECT Id FROM Lead');
  await world.inSalesforce('DELETE', `/sobjects/Lead/${String(lead?.Id)}`);
  await world.run('inbound');
  await world.onPlatform('DELETE', `/contactTags/${first}`);
  await tag(contact, 'create-salesforce-lead');
  await world.run('inbound');
  expect(await world.query('SELECT LastName FROM Lead')).toMatchObject([{ LastName: 'Gil' }]);
});
