import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const database = await createTestDatabase();
const org = await createConnectedOrg(database);
const hooksSchema = z.object({
  createLeadUrl: z.string(),
  createContactUrl: z.string(),
  changesUrl: z.string(),
  registered: z.boolean(),
});

async function path(name: 'createLeadUrl' | 'createContactUrl' | 'changesUrl'): Promise<string> {
  return new URL(hooksSchema.parse((await org.call('GET', '/v1/hooks')).json)[name]).pathname;
}

function post(to: string, body: string, type = 'application/x-www-form-urlencoded') {
  return org.service.call('POST', to, { raw: body, headers: { 'content-type': type } });
}

async function newContact(email: string): Promise<string> {
  const created = await org.onPlatform('POST', '/contacts', {
    contact: { email, firstName: 'Eva', lastName: 'Gil' },
  });
  return z.object({ contact: z.object({ id: z.string() }) }).parse(created).contact.id;
}

describe('webhooks of the platform', () => {
  test('the webhook step of an automation queues a lead, which the next inbound run creates', async () => {
    await org.setUp();
    const id = await newContact('eva@acme.example');
    const answer = await post(
      await path('createLeadUrl'),
      `contact[id]=${id}&contact[email]=eva%40acme.example&seriesid=3`,
    );
    expect(answer.status).toBe(202);
    expect((await org.run('inbound')).outcomes).toMatchObject([
      { object: 'Lead', kind: 'created', platformId: id },
    ]);
  });

  test('a request tag queues a contact', async () => {
    const id = await newContact('tagged@acme.example');
    await post(
      await path('changesUrl'),
      `type=contact_tag_added&contact[id]=${id}&tag=Create-Salesforce-Contact`,
    );
    expect((await org.run('inbound')).outcomes).toMatchObject([
      { object: 'Contact', kind: 'created', platformId: id },
    ]);
  });

  test('a change is only a hint: what counts is what the platform holds', async () => {
    const id = await newContact('hint@acme.example');
    await post(await path('createLeadUrl'), `contact[id]=${id}`);
    await org.run('inbound');
    await post(await path('changesUrl'), `type=update&contact[id]=${id}&contact[first_name]=Forged`);
    expect((await org.run('inbound')).outcomes).toEqual([]);
  });

  test('a wrong secret is refused', async () => {
    const answer = await post(`/v1/hooks/activecampaign/${'x'.repeat(43)}/create-lead`, 'contact[id]=1');
    expect([answer.status, answer.error?.code]).toEqual([401, 'SYNC_HOOK_SECRET_WRONG']);
    expect(org.service.log()).not.toContain(
      new URL(`http://x${await path('changesUrl')}`).pathname.split('/').at(-1),
    );
  });

  test.each([
    ['nothing', '', 'application/x-www-form-urlencoded'],
    ['no contact', 'type=update&list=0', 'application/x-www-form-urlencoded'],
    ['an id that is none', 'contact[id]=__proto__', 'application/x-www-form-urlencoded'],
  ])('a body with %s is refused with code and remedy', async (_what, body, type) => {
    const answer = await post(await path('createLeadUrl'), body, type);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.error).toMatchObject({ code: expect.stringMatching(/^SYNC_/), remedy: expect.any(String) });
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'a webhook of the type %s is refused with 415: the platform sends forms',
    async (type) => {
      const answer = await post(await path('changesUrl'), '{"contact":{"id":"3"}}', type);
      expect([answer.status, answer.error?.code]).toEqual([415, 'SYNC_MEDIA_TYPE_UNSUPPORTED']);
      expect(answer.error?.remedy).toContain('form-encoded');
    },
  );

  test('a body beyond the bound is refused before it is read', async () => {
    const answer = await post(await path('changesUrl'), `a=${'x'.repeat(300_000)}`);
    expect([answer.status, answer.error?.code]).toEqual([413, 'SYNC_BODY_TOO_LARGE']);
  });

  test('the platform reports changes by itself once registered', async () => {
    expect((await org.call('POST', '/v1/hooks/register')).json).toEqual({ registered: true });
    expect((await org.call('POST', '/v1/hooks/register')).json).toEqual({ registered: true });
    const { webhooks } = z
      .object({ webhooks: z.array(z.object({ url: z.string() })) })
      .parse(await org.onPlatform('GET', '/webhooks'));
    expect(
      webhooks.filter(
        (hook) => hook.url.endsWith(new URL(hook.url).pathname) && hook.url.includes('/v1/hooks/'),
      ),
    ).toHaveLength(1);
  });
});
