import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { parseWebhook } from '../../../src/connectors/activecampaign/webhooks.ts';
import { openPlatform, write, writes } from './fixture.ts';

const FORM = 'application/x-www-form-urlencoded';
const LIVE = { backfill: false };

async function receiver() {
  const heard: { contentType: string | undefined; body: string }[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ contentType: request.headers['content-type'], body: Buffer.concat(chunks).toString() });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { heard, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
}

describe('webhooks of an account', () => {
  test('are registered once, found and removed', async () => {
    const { connector, server } = await openPlatform();
    for (let n = 0; n < 110; n += 1) await connector.webhooks.register('other', `https://other.test/${n}`);
    const id = await connector.webhooks.register('Syncline', 'https://hooks.test/ac');
    expect(await connector.webhooks.register('Syncline', 'https://hooks.test/ac')).toBe(id);
    expect(await connector.webhooks.at('https://hooks.test/ac')).toEqual([id]);
    await connector.webhooks.remove('https://hooks.test/ac');
    expect(await connector.webhooks.at('https://hooks.test/ac')).toEqual([]);
    expect(server.account.webhooks.webhooks.size).toBe(110);
  });

  test('tell of what people change, and not of what we write ourselves', async () => {
    const { connector, server } = await openPlatform();
    const { heard, url, close } = await receiver();
    await connector.webhooks.register('Syncline', url);
    await connector.writeContacts([write('ana@example.com')], LIVE);
    await connector.writeContacts(writes(20), LIVE);
    await server.account.deliveries.outbox.idle();
    expect(heard).toEqual([]);
    const contact = server.account.contacts.get(1);
    if (!contact) throw new Error('There is no contact.');
    server.account.people.update(contact, { phone: '1' }, { source: 'admin' });
    server.account.people.tagNamed(contact, 'create in salesforce', { source: 'system' });
    server.account.companies.create({ name: 'Acme', url: null, owner: 1 }, 0, { source: 'admin' });
    await server.account.deliveries.outbox.idle();
    close();
    const none = { contactId: null, email: null, tag: null, automationId: null, accountId: null };
    const hints = heard.map(({ contentType, body }) => parseWebhook(contentType, body));
    expect(hints.sort((a, b) => String(a.type).localeCompare(String(b.type)))).toEqual([
      { ...none, type: 'account_add', accountId: '1' },
      {
        ...none,
        type: 'contact_tag_added',
        contactId: '1',
        email: 'ana@example.com',
        tag: 'create in salesforce',
      },
      { ...none, type: 'update', contactId: '1', email: 'ana@example.com' },
    ]);
  });

  test('of an automation’s step name the automation and no type', async () => {
    const { connector, server, door } = await openPlatform();
    const { heard, url, close } = await receiver();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    await door('automations', { name: 'Create a lead', steps: [{ webhook: { url } }] });
    const automation = server.account.automations.automations.find(({ name }) => name === 'Create a lead');
    await connector.addToAutomation('1', String(automation?.id));
    server.account.agenda.run();
    await server.account.deliveries.outbox.idle();
    close();
    expect(heard.map(({ contentType, body }) => parseWebhook(contentType, body))).toEqual([
      {
        type: null,
        contactId: '1',
        email: 'ana@example.com',
        tag: null,
        automationId: String(automation?.id),
        accountId: null,
      },
    ]);
  });
});

describe('reading a delivery', () => {
  test('keeps ids and ignores everything else', () => {
    const body =
      'type=update&contact%5Bid%5D=3&contact%5Bemail%5D=A%40B.test&contact%5Bfields%5D%5B99999999%5D=x' +
      '&customer_acct_id=0&contact[tags]=a, b';
    expect(parseWebhook(`${FORM}; charset=UTF-8`, Buffer.from(body))).toEqual({
      type: 'update',
      contactId: '3',
      email: 'a@b.test',
      tag: null,
      automationId: null,
      accountId: null,
    });
  });

  test.each([
    ['JSON', 'application/json', '{"contact":{"id":"3"}}'],
    ['no content type', undefined, 'contact[id]=3'],
  ])('refuses %s as no form', (_name, contentType, body) => {
    expect(() => parseWebhook(contentType, body)).toThrow(
      expect.objectContaining({ code: 'SYNC_MEDIA_TYPE_UNSUPPORTED' }),
    );
  });

  test.each([
    ['nothing', FORM, ''],
    ['an id that is none', FORM, 'contact[id]=3;drop'],
    ['a contact that is no object', FORM, 'contact=3'],
    ['several ids', FORM, 'contact[id][]=3&contact[id][]=4'],
  ])('refuses %s', (_name, contentType, body) => {
    expect(() => parseWebhook(contentType, body)).toThrow(
      expect.objectContaining({ code: 'SYNC_HOOK_MALFORMED' }),
    );
  });

  test('cannot be made to change the prototype of anything', () => {
    const body =
      'contact[id]=3&__proto__[polluted]=1&contact[__proto__][polluted]=1&constructor[prototype][polluted]=1';
    expect(parseWebhook(FORM, body).contactId).toBe('3');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
