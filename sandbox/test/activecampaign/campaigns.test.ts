import { describe, expect, test } from '@jest/globals';
import { column, openReceiver, openVendor, settled } from './vendor.ts';
import type { Vendor } from './vendor.ts';

const MD5_OF_2 = 'c81e728d9d4c2f636f067f89cc14862c';

const names = (body: unknown) =>
  (body as { campaigns: { name: string }[] }).campaigns.map(({ name }) => name);

describe('campaigns', () => {
  test('are listed with counters as text, filtered, and ordered by sending', async () => {
    const vendor = await openVendor();
    const { body } = await vendor.get('campaigns');
    expect(body['meta']).toEqual({ total: '5' });
    expect(names(body).filter((name) => /salesforce/i.test(name))).toHaveLength(2);
    expect(body['campaigns']).toMatchObject([
      { id: '1', status: '5', send_amt: '0', opens: '0', automation: null },
      {},
      {},
      {},
      {},
    ]);
    expect(names((await vendor.get('campaigns?filters[status]=0')).body)).toEqual(['Autumn sale (draft)']);
    expect(names((await vendor.get('campaigns?filters[name]=sensor')).body)).toEqual(['Sensor launch']);
    expect(names((await vendor.get('campaigns?filters[label]=salesforce')).body)).toHaveLength(5);
    vendor.clock.advance(60_000);
    await vendor.door('campaigns', { name: 'Latest', subject: 's' });
    expect(names((await vendor.get('campaigns?orders[sdate]=DESC&limit=1')).body)).toEqual(['Latest']);
  });

  test('have one message and its links, the read tracker among them', async () => {
    const vendor = await openVendor();
    expect((await vendor.get('campaigns/2')).body['campaign']).toMatchObject({ id: '2', type: 'single' });
    expect((await vendor.get('campaigns/2/campaignMessages')).body['campaignMessages']).toMatchObject([
      { campaignid: '2', messageid: '2', subject: 'The prices you asked for' },
    ]);
    expect((await vendor.get('campaigns/2/links')).body['links']).toMatchObject([
      { link: 'open', name: 'Read Tracker' },
      { link: 'https://harbourfield.example/pricing', messageid: '2' },
      { link: 'https://harbourfield.example/contact' },
    ]);
    expect((await vendor.get('messages/2')).body['message']).toMatchObject({
      subject: 'The prices you asked for',
      html: expect.stringContaining('<html>'),
    });
    expect((await vendor.get('messages')).body['meta']).toEqual({ total: '5' });
    expect((await vendor.get('campaigns/77')).body).toEqual({
      message: 'No Result found for Campaign with id 77',
    });
  });

  test('can be read in the browser by anyone who has the address in a mail', async () => {
    const { base } = await openVendor();
    const read = (query: string) => fetch(`${base}/index.php?${query}`);
    const page = await read(`action=social&chash=${MD5_OF_2}.2&nosocial=1`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('The prices you asked for');
    expect((await read(`action=social&chash=${MD5_OF_2}.3`)).status).toBe(404);
    expect((await read('action=social&chash=2.2')).status).toBe(404);
    expect((await read(`chash=${MD5_OF_2}.2`)).status).toBe(404);
  });
});

describe('sending a campaign to one contact', () => {
  const send = (vendor: Vendor, more: Record<string, string>) =>
    vendor.get(
      `/admin/api.php?${new URLSearchParams({
        api_action: 'campaign_send',
        api_output: 'json',
        email: 'a@b.test',
        campaignid: '2',
        messageid: '2',
        type: 'html',
        action: 'send',
        ...more,
      }).toString()}`,
    );
  const sent = async (vendor: Vendor) =>
    (await vendor.get('emailActivities?filters[subscriberid]=1')).body['emailActivities'];

  test('goes through the old API, counts, and repeats when repeated', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect(await send(vendor, {})).toMatchObject({
      status: 200,
      body: { result: true, result_code: 1, result_message: 'Message sent' },
    });
    await send(vendor, {});
    expect(await sent(vendor)).toMatchObject([
      { campaignid: '2', subject: 'The prices you asked for', automation_name: null },
      { campaignid: '2' },
    ]);
    expect((await vendor.get('campaigns/2')).body['campaign']).toMatchObject({ send_amt: '2' });
  });

  test('as a copy leaves the campaign as it was; other actions send nothing', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await send(vendor, { action: 'copy' });
    for (const action of ['test', 'preview', 'spamcheck']) {
      expect((await send(vendor, { action })).body['result_code']).toBe(1);
    }
    expect(await sent(vendor)).toHaveLength(1);
    expect((await vendor.get('campaigns/2')).body['campaign']).toMatchObject({ send_amt: '0' });
  });

  test('fails in its own shape, with 200', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    for (const more of [
      { email: 'no@b.test' },
      { campaignid: '77' },
      { messageid: '3' },
      { action: 'shout' },
    ]) {
      expect(await send(vendor, more)).toMatchObject({
        status: 200,
        body: { result: false, result_code: 0 },
      });
    }
    expect((await send(vendor, { api_action: 'contact_add' })).body['result_code']).toBe(0);
  });

  test('drops people who bounced or left every list, and does not say so', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.post('contactLists', { contactList: { contact: 1, list: 1, status: 2 } });
    expect((await send(vendor, {})).body['result_code']).toBe(1);
    expect(await sent(vendor)).toEqual([]);
    await vendor.post('contactLists', { contactList: { contact: 1, list: 2, status: 1 } });
    await send(vendor, {});
    expect(await sent(vendor)).toHaveLength(1);
  });

  test('takes form bodies but no JSON, and answers XML unless asked', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    const given = { email: 'a@b.test', campaignid: '2', messageid: '2', action: 'send' };
    const url = '/admin/api.php?api_action=campaign_send&api_output=json';
    expect((await vendor.post(url, given)).body['result_code']).toBe(0);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await vendor.post(url, new URLSearchParams(given).toString(), form)).body['result_code']).toBe(1);
    expect((await send(vendor, { api_output: '' })).text).toContain('<result_code>1</result_code>');
  });
});

describe('what a contact did', () => {
  async function withHistory() {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    await vendor.door('activities', [
      { contact: 'a@b.test', type: 'sent', campaign: 2, at: '2026-03-01T10:00:00Z' },
      { contact: 1, type: 'open', campaign: 2, at: '2026-03-01T11:00:00Z' },
      {
        contact: 1,
        type: 'click',
        campaign: 2,
        url: 'https://harbourfield.example/pricing',
        at: '2026-03-01T11:01:00Z',
      },
      {
        contact: 1,
        type: 'reply',
        campaign: 2,
        subject: 'Re: prices',
        body: 'Call me',
        at: '2026-03-01T12:00:00Z',
      },
      { contact: 1, type: 'visit', url: 'https://harbourfield.example/sensor', at: '2026-03-01T13:00:00Z' },
    ]);
    return vendor;
  }

  test('is in its stream only once it has been read by id, up to that moment', async () => {
    const vendor = await withHistory();
    expect((await vendor.get('activities?contact=1')).body['activities']).toEqual([]);
    await vendor.get('contacts/1');
    expect((await vendor.get('activities?contact=1')).body['activities']).toHaveLength(3);
    vendor.clock.advance(60_000);
    await vendor.door('activities', [{ contact: 1, type: 'open', campaign: 1 }]);
    expect((await vendor.get('activities?contact=1')).body['meta']).toEqual({ total: '3' });
    await vendor.get('contacts/1');
    expect((await vendor.get('activities?contact=1')).body['meta']).toEqual({ total: '4' });
  });

  test('is named oddly in the stream: openings are link data, clicks are missing, filters do nothing', async () => {
    const vendor = await withHistory();
    await vendor.get('contacts/1');
    const models = async (query: string) =>
      column((await vendor.get(`activities?contact=1${query}`)).body['activities'], 'referenceModelName');
    expect(await models('')).toEqual(['log', 'link-data', 'contact-email']);
    expect(await models('&orders[tstamp]=DESC')).toEqual(['contact-email', 'link-data', 'log']);
    expect(await models('&after=2026-03-01T10:30:00Z')).toEqual(['link-data', 'contact-email']);
    expect(await models('&filters[referenceModelName]=log')).toHaveLength(3);
    expect((await vendor.get('activities')).status).toBe(422);
  });

  test('brings along what it refers to', async () => {
    const vendor = await withHistory();
    await vendor.get('contacts/1');
    const include =
      'reference,reference.campaign,reference.campaign.campaignMessage,reference.message,reference.link';
    const { body } = await vendor.get(`activities?contact=1&include=${include}`);
    expect(body).toMatchObject({
      contacts: [{ id: '1' }],
      logs: [{ id: '1', campaign: '2', message: '2', successful: '1' }],
      linkData: [{ id: '2', campaign: '2' }],
      contactEmails: [{ id: '4', subject: 'Re: prices', message: 'Call me', campaign: '2' }],
      campaigns: [{ id: '2', replies: '1', opens: '1', linkclicks: '1' }],
      campaignMessages: [{ campaign: '2' }],
      messages: [{ id: '2' }],
      links: [{ link: 'open' }],
      activities: [{ reference: { type: 'log', id: '1' } }, {}, {}],
    });
  });

  test('is in the logs of mail: openings and clicks, and clicks alone', async () => {
    const vendor = await withHistory();
    expect(
      (await vendor.get('messageActivities?filters[subscriberid]=1')).body['messageActivities'],
    ).toMatchObject([
      { event: 'open', contact: '1', campaign: '2', email: 'a@b.test' },
      { event: 'click', contact: '1', campaign: '2' },
    ]);
    const { body } = await vendor.get('linkData?filters[subscriberid]=1&filters[tstamp][gt]=2030-01-01');
    expect(body['linkData']).toMatchObject([
      { contact: '1', campaign: '2', tstamp: '2026-03-01T05:01:00-06:00' },
    ]);
    expect((await vendor.get('contacts/1/contactLogs')).body['contactLogs']).toMatchObject([
      { campaign: '2' },
    ]);
  });

  test("tells webhooks, as the contact's own doing", async () => {
    const vendor = await openVendor();
    const { url, mails } = await openReceiver();
    await vendor.contact('a@b.test');
    const webhook = { name: 'W', url, events: ['open', 'click', 'reply', 'bounce'], sources: ['public'] };
    await vendor.post('webhooks', { webhook });
    for (const type of ['open', 'click', 'reply', 'bounce']) {
      await vendor.door('activities', [
        { contact: 1, type, campaign: 2, url: 'https://x.test/', body: 'Call me' },
      ]);
      await settled(vendor);
    }
    expect(mails.map(({ form }) => form)).toMatchObject([
      {
        type: 'open',
        initiated_from: 'public',
        'campaign[id]': '2',
        'campaign[webcopy_url]': `http://ac.test/index.php?action=social&chash=${MD5_OF_2}.2`,
      },
      { type: 'click', 'link[url]': 'https://x.test/' },
      { type: 'reply', message: 'Call me' },
      { type: 'bounce', 'bounce[type]': 'hard' },
    ]);
    expect((await vendor.get('contacts/1/bounceLogs')).body['bounceLogs']).toMatchObject([
      { email: 'a@b.test' },
    ]);
  });
});

describe('tracking', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const event = (vendor: Vendor, more: Record<string, string> = {}) =>
    vendor.post(
      '/event',
      new URLSearchParams({
        key: 'sandbox-event-key',
        actid: '1000001',
        event: 'signed up',
        eventdata: 'plan A',
        visit: JSON.stringify({ email: 'A@b.test' }),
        ...more,
      }).toString(),
      form,
    );
  const logs = async (vendor: Vendor) => (await vendor.get('contacts/1/trackingLogs')).body['trackingLogs'];

  test('takes events for a contact by email, and keeps their names', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect((await event(vendor)).body).toEqual({ success: 1, message: 'Event spawned' });
    await vendor.door('activities', [{ contact: 1, type: 'visit', url: 'https://x.test/page' }]);
    expect(await logs(vendor)).toMatchObject([
      { type: 'signed up', value: 'plan A', contact: '1', tstamp: '2026-03-02T09:00:00-06:00' },
      { type: '__pagevisit', value: 'https://x.test/page' },
    ]);
    expect((await vendor.get('eventTrackingEvents')).body).toEqual({
      eventTrackingEvents: [{ name: '__pagevisit' }, { name: '__redir' }, { name: 'signed up' }],
      meta: { total: 3 },
    });
    expect((await vendor.get('trackingLogs/1/contact')).body['contact']).toMatchObject({ id: '1' });
  });

  test('refuses a wrong key, an overlong name, or any event while it is off', async () => {
    const vendor = await openVendor();
    await vendor.contact('a@b.test');
    expect((await event(vendor, { key: 'x' })).body['success']).toBe(0);
    expect((await event(vendor, { event: 'x'.repeat(33) })).body['success']).toBe(0);
    await vendor.put('eventTracking', { eventTracking: { enabled: false } });
    expect((await event(vendor)).body['success']).toBe(0);
    expect((await vendor.get('eventTracking')).body).toEqual({ eventTracking: { enabled: false } });
    expect(await logs(vendor)).toEqual([]);
  });

  test('swallows events of people it does not know', async () => {
    const vendor = await openVendor();
    expect((await event(vendor)).body['success']).toBe(1);
    expect((await event(vendor, { visit: 'nonsense' })).body['success']).toBe(1);
  });
});
