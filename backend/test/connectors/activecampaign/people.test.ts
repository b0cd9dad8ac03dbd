import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { openPlatform, write } from './fixture.ts';

const LIVE = { backfill: false };

async function openWithHistory() {
  const platform = await openPlatform();
  const { connector, door, server } = platform;
  await connector.writeContacts([write('ana@example.com')], LIVE);
  const [campaign] = server.account.campaigns.campaigns.all();
  if (!campaign) throw new Error('The sandbox has no campaign.');
  const at = (minute: number) => `2026-03-02T14:${String(minute).padStart(2, '0')}:00Z`;
  await door('activities', [
    { contact: 1, type: 'sent', campaign: campaign.id, at: at(1) },
    { contact: 1, type: 'open', campaign: campaign.id, at: at(2) },
    { contact: 1, type: 'click', campaign: campaign.id, url: 'https://shop.test/offer', at: at(3) },
    { contact: 1, type: 'reply', campaign: campaign.id, subject: 'Re: Offer', body: 'Call me.', at: at(4) },
    { contact: 1, type: 'visit', url: 'https://shop.test/prices', at: at(5) },
    { contact: 1, type: 'event', event: 'trial', value: 'started', at: at(6) },
  ]);
  return { ...platform, campaign, at };
}

describe('a person’s activities', () => {
  test('come from all logs, each once, the newest first', async () => {
    const { connector, campaign, url, server } = await openWithHistory();
    const [automation] = server.account.automations.automations.all();
    await connector.addToAutomation('1', String(automation?.id));
    const { activities, missing } = await connector.activities('1', { limit: 20 });
    expect(missing).toEqual([]);
    const named = { id: String(campaign.id), name: campaign.name };
    const hash = createHash('md5').update(String(campaign.id)).digest('hex');
    const iso = (minute: number) => `2026-03-02T14:0${minute}:00.000Z`;
    expect(activities).toEqual([
      {
        type: 'automation_entered',
        at: '2026-03-02T15:00:00.000Z',
        automation: { id: '1', name: automation?.name, url: `${url}/series/1` },
      },
      { type: 'event', at: iso(6), name: 'trial', data: 'started' },
      { type: 'site_visit', at: iso(5), url: 'https://shop.test/prices' },
      { type: 'campaign_replied', at: iso(4), campaign: named, subject: 'Re: Offer', body: 'Call me.' },
      { type: 'link_clicked', at: iso(3), campaign: named, url: 'https://shop.test/offer' },
      {
        type: 'campaign_opened',
        at: iso(2),
        campaign: named,
        webCopyUrl: `${url}/index.php?action=social&chash=${hash}.${campaign.message}&nosocial=1`,
      },
      {
        type: 'campaign_sent',
        at: iso(1),
        campaign: named,
        subject: server.account.campaigns.messages.get(campaign.message)?.subject,
      },
    ]);
  });

  test('are as many as asked for', async () => {
    const { connector } = await openWithHistory();
    const { activities, more } = await connector.activities('1', { limit: 2 });
    expect(activities.map(({ type }) => type)).toEqual(['event', 'site_visit']);
    expect(more).toBe(true);
    expect((await connector.activities('1', { limit: 6 })).more).toBe(false);
  });

  test('reach behind the first page of a log as far as asked, and no further', async () => {
    const { connector, door, campaign, calls } = await openWithHistory();
    const before = (days: number) => new Date(Date.UTC(2026, 1, 1) - days * 86_400_000).toISOString();
    const opens = Array.from({ length: 250 }, (_, days) => ({
      contact: 1,
      type: 'open',
      campaign: campaign.id,
      at: before(days),
    }));
    await door('activities', opens);
    const pages = async () => (await calls())['GET /messageActivities'];
    const some = await connector.activities('1', { limit: 120 });
    expect(some.activities).toHaveLength(120);
    expect(some.activities.at(-1)?.at).toBe(before(113));
    expect(some.more).toBe(true);
    expect(await pages()).toBe(2);
    const all = await connector.activities('1', { limit: 500 });
    expect(all.activities).toHaveLength(256);
    expect(all.more).toBe(false);
    expect(await pages()).toBe(5);
  });

  test('come from those logs that the plan has', async () => {
    const { connector, door } = await openWithHistory();
    await door('faults', [
      { match: 'GET /api/3/messageActivities', status: 404 },
      { match: 'GET /api/3/linkData', status: 403 },
    ]);
    const { activities, missing } = await connector.activities('1', { limit: 20 });
    expect([...missing].sort()).toEqual(['linkData', 'messageActivities']);
    expect(activities.map(({ type }) => type)).toEqual([
      'event',
      'site_visit',
      'campaign_replied',
      'campaign_opened',
      'campaign_sent',
    ]);
  });

  test('show an automation that was gone through twice: entered and completed', async () => {
    const { connector, server, clock } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    const automation = server.account.automations.create(
      { name: 'Short', status: 1, trigger: null, steps: [{ kind: 'wait', seconds: 60 }] },
      clock.now(),
    );
    await connector.addToAutomation('1', String(automation.id));
    clock.advance(120_000);
    const { activities } = await connector.activities('1', { limit: 20 });
    expect(activities).toMatchObject([
      { type: 'automation_completed', at: '2026-03-02T15:01:00.000Z', automation: { name: 'Short' } },
      { type: 'automation_entered', at: '2026-03-02T15:00:00.000Z' },
    ]);
  });

  test('of someone who is gone are refused', async () => {
    const { connector } = await openPlatform();
    await expect(connector.activities('99', { limit: 20 })).rejects.toMatchObject({
      code: 'SYNC_RECORD_GONE',
    });
  });
});

describe('campaigns and automations', () => {
  test('are listed whole', async () => {
    const { connector, server } = await openPlatform();
    for (let n = 0; n < 130; n += 1) {
      server.account.automations.create({ name: `A ${n}`, status: 2, trigger: null, steps: [] }, 0);
    }
    const automations = await connector.automations();
    expect(automations.filter(({ name }) => name.startsWith('A '))).toHaveLength(130);
    expect(automations.find(({ name }) => name === 'Welcome series')).toMatchObject({
      id: '1',
      active: true,
    });
    const campaigns = await connector.campaigns();
    expect(campaigns).toHaveLength(server.account.campaigns.campaigns.size);
    expect(campaigns[0]).toMatchObject({ status: 'completed', sentAt: expect.stringMatching(/Z$/) });
  });

  test('one campaign is sent to one person', async () => {
    const { connector, server } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    await connector.sendCampaign({ campaignId: '1', email: 'ana@example.com', kind: 'send' });
    expect(server.account.activities.of(1)).toMatchObject([{ kind: 'sent', campaign: 1 }]);
  });

  test('a sending that fails says why', async () => {
    const { connector, connect } = await openPlatform();
    const sending = { campaignId: '1', email: 'nobody@example.com', kind: 'send' } as const;
    await expect(connector.sendCampaign(sending)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_REFUSED',
      message: 'Contact not found',
    });
    await expect(connector.sendCampaign({ ...sending, campaignId: '99' })).rejects.toMatchObject({
      code: 'SYNC_RECORD_GONE',
    });
    await expect(connect({ canSendCampaigns: false }).sendCampaign(sending)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_FORBIDDEN',
    });
  });

  test('a sending whose answer was lost is not sent again', async () => {
    const { connector, door, server } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    await door('faults', [{ match: 'POST /admin/api.php', dropResponse: true }]);
    const sending = { campaignId: '1', email: 'ana@example.com', kind: 'send' } as const;
    await expect(connector.sendCampaign(sending)).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_UNREACHABLE',
    });
    expect(server.account.activities.of(1)).toHaveLength(1);
  });

  test('a person enters an automation once, even when the answer was lost', async () => {
    const { connector, door, server } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    await door('faults', [{ match: 'POST /api/3/contactAutomations', dropResponse: true, times: 1 }]);
    await connector.addToAutomation('1', '1');
    expect(server.account.automations.of(1)).toHaveLength(1);
  });

  test('an automation that is not active is refused', async () => {
    const { connector, server } = await openPlatform();
    await connector.writeContacts([write('ana@example.com')], LIVE);
    const resting = server.account.automations.create({ name: 'R', status: 2, trigger: null, steps: [] }, 0);
    await expect(connector.addToAutomation('1', String(resting.id))).rejects.toMatchObject({
      code: 'SYNC_PLATFORM_REFUSED',
    });
  });
});
