import { beforeAll, describe, expect, test } from '@jest/globals';
import { createConnectedOrg } from '../../support/connected.ts';
import { createTestDatabase } from '../../support/database.ts';

const org = await createConnectedOrg(await createTestDatabase());
const { call, lead, run, platform } = org;

interface Named {
  readonly id: string;
  readonly name: string;
  readonly offered: boolean;
}

let ana = '';
let unsynced = '';
let campaigns: Named[] = [];
let automations: Named[] = [];

const list = async (noun: 'campaigns' | 'automations'): Promise<Named[]> =>
  ((await call('GET', `/v1/${noun}`)).json as Record<typeof noun, Named[]>)[noun];

const idOf = (items: readonly Named[], name: string): string =>
  items.find((item) => item.name === name)?.id ?? '';

const offer = (choice: Record<string, unknown>) =>
  call('PUT', '/v1/automations/offer', {
    enabled: true,
    campaignIds: null,
    automationIds: null,
    ...choice,
  });

const page = (salesforceId: string, more: Record<string, unknown> = {}) => ({
  object: 'Lead',
  salesforceId,
  ...more,
});

beforeAll(async () => {
  await org.setUp();
  ana = await lead({ FirstName: 'Ana', Email: 'ana@acme.example' });
  await run('outbound');
  unsynced = await lead({ FirstName: 'Nobody' });
  campaigns = await list('campaigns');
  automations = await list('automations');
});

describe('activities', () => {
  test('are the most recent ones of every kind, the newest first', async () => {
    const campaign = Number(campaigns[0]?.id);
    const happened = [
      { type: 'sent', at: '2026-01-01T10:00:00Z' },
      { type: 'open', at: '2026-01-01T11:00:00Z' },
      { type: 'click', at: '2026-01-01T12:00:00Z', url: 'https://acme.example/offer' },
      { type: 'reply', at: '2026-01-01T13:00:00Z', subject: 'Re: hello', body: 'Call me.' },
      { type: 'visit', at: '2026-01-01T14:00:00Z', url: 'https://acme.example/prices' },
      { type: 'event', at: '2026-01-01T15:00:00Z', event: 'demo-booked', value: 'Tuesday' },
    ];
    await platform.control(
      'activities',
      happened.map((activity) => ({ contact: 'ana@acme.example', campaign, ...activity })),
    );
    const answer = await call('GET', `/v1/activities?object=Lead&salesforceId=${ana.slice(0, 15)}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      missing: [],
      more: false,
      activities: [
        { type: 'event', at: '2026-01-01T15:00:00.000Z', name: 'demo-booked', data: 'Tuesday' },
        { type: 'site_visit', url: 'https://acme.example/prices' },
        { type: 'campaign_replied', subject: 'Re: hello', body: 'Call me.' },
        { type: 'link_clicked', url: 'https://acme.example/offer' },
        {
          type: 'campaign_opened',
          campaign: { id: campaigns[0]?.id },
          webCopyUrl: expect.stringMatching(/^http/),
        },
        { type: 'campaign_sent', campaign: { name: campaigns[0]?.name } },
      ],
    });
    const two = await call('GET', `/v1/activities?object=Lead&salesforceId=${ana}&limit=2`);
    expect(two.json).toMatchObject({ activities: [{ type: 'event' }, { type: 'site_visit' }], more: true });
  });

  test('of a record that is not synced are refused with what helps', async () => {
    const answer = await call('GET', `/v1/activities?object=Lead&salesforceId=${unsynced}`);
    expect(answer.status).toBe(404);
    expect(answer.error).toMatchObject({
      code: 'SYNC_RECORD_NOT_SYNCED',
      remedy: expect.stringMatching(/email/),
    });
  });

  test.each(['limit=0', 'limit=501', 'limit=many'])('with %s are refused', async (limit) => {
    const answer = await call('GET', `/v1/activities?object=Lead&salesforceId=${ana}&${limit}`);
    expect(answer.status).toBe(400);
  });
});

describe('what is offered', () => {
  test('is nothing until an admin enables it', async () => {
    expect((await call('GET', '/v1/automations/offer')).json).toEqual({
      enabled: false,
      campaignIds: null,
      automationIds: null,
    });
    expect((await call('GET', '/v1/campaigns')).json).toMatchObject({ enabled: false });
    const id = idOf(campaigns, 'Salesforce follow-up: pricing');
    const answer = await call('POST', `/v1/campaigns/${id}/send`, page(ana));
    expect(answer.status).toBe(403);
    expect(answer.error?.code).toBe('SYNC_AUTOMATION_OFF');
  });

  test('is by default what is named with "Salesforce" in any letter case', async () => {
    await platform.control('campaigns', { name: 'for sAlEsFoRcE people' });
    const found = await list('campaigns');
    expect(found.filter(({ offered }) => offered).map(({ name }) => name)).toEqual(
      found.map(({ name }) => name).filter((name) => name.toLowerCase().includes('salesforce')),
    );
    expect(found.find(({ name }) => name === 'for sAlEsFoRcE people')?.offered).toBe(true);
    expect(found.some(({ offered }) => !offered)).toBe(true);
  });

  test('is the admin’s own choice where there is one', async () => {
    const other = campaigns.find(({ offered }) => !offered);
    const answer = await offer({ campaignIds: [other?.id], automationIds: [] });
    expect(answer.json).toEqual({ enabled: true, campaignIds: [other?.id], automationIds: [] });
    expect((await list('campaigns')).filter(({ offered }) => offered)).toMatchObject([{ id: other?.id }]);
    expect((await list('automations')).filter(({ offered }) => offered)).toEqual([]);
    const automation = idOf(automations, 'Salesforce: nurture new leads');
    const refused = await call('POST', `/v1/automations/${automation}/add`, page(ana));
    expect(refused.status).toBe(403);
    expect(refused.error).toMatchObject({ code: 'SYNC_NOT_OFFERED', remedy: expect.stringMatching(/admin/) });
    await offer({});
  });

  test.each([
    ['no choice', { enabled: true }],
    ['names for ids', { enabled: true, campaignIds: ['Pricing'], automationIds: null }],
    ['an unknown field', { enabled: true, campaignIds: null, automationIds: null, all: true }],
  ])('cannot be set with %s', async (_name, body) => {
    expect((await call('PUT', '/v1/automations/offer', body)).error?.code).toBe('SYNC_REQUEST_INVALID');
  });
});

describe('an action', () => {
  beforeAll(async () => {
    await offer({});
  });

  const sent = async (): Promise<number> => {
    const { contacts } = (await org.onPlatform('GET', '/contacts?email=ana%40acme.example')) as {
      contacts: { id: string }[];
    };
    const { emailActivities } = (await org.onPlatform(
      'GET',
      `/emailActivities?filters[subscriberid]=${contacts[0]?.id}&limit=100`,
    )) as { emailActivities: unknown[] };
    return emailActivities.length;
  };

  test('sends a campaign to the person, once in a minute unless the repeat is confirmed', async () => {
    const path = `/v1/campaigns/${idOf(campaigns, 'Salesforce follow-up: pricing')}/send`;
    const before = await sent();
    const first = await call('POST', path, page(ana.slice(0, 15)));
    expect(first.status).toBe(200);
    expect(first.json).toEqual({ doneAt: expect.stringMatching(/Z$/) });
    expect(await sent()).toBe(before + 1);

    const repeat = await call('POST', path, page(ana));
    expect(repeat.status).toBe(409);
    expect(repeat.error?.code).toBe('SYNC_REPEAT_UNCONFIRMED');
    expect(await sent()).toBe(before + 1);

    expect((await call('POST', path, page(ana, { confirm: true }))).status).toBe(200);
    org.pass(61_000);
    expect((await call('POST', path, page(ana))).status).toBe(200);
    expect(await sent()).toBe(before + 3);
  });

  test('that two people click at once happens once', async () => {
    const path = `/v1/campaigns/${idOf(campaigns, 'SALESFORCE webinar invitation')}/send`;
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', path, page(ana))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('adds the person to an automation', async () => {
    const id = idOf(automations, 'Salesforce: nurture new leads');
    expect((await call('POST', `/v1/automations/${id}/add`, page(ana))).status).toBe(200);
    const { activities } = (await call('GET', `/v1/activities?object=Lead&salesforceId=${ana}`)).json as {
      activities: { type: string }[];
    };
    expect(activities).toContainEqual(
      expect.objectContaining({
        type: 'automation_entered',
        automation: expect.objectContaining({ id, name: 'Salesforce: nurture new leads' }),
      }),
    );
    expect((await call('POST', `/v1/automations/${id}/add`, page(ana))).error?.code).toBe(
      'SYNC_REPEAT_UNCONFIRMED',
    );
  });

  test('that the platform refused may be tried again at once', async () => {
    const { automation } = (await platform.control('automations', {
      name: 'Salesforce: asleep',
      active: false,
      steps: [],
    })) as { automation: { id: string } };
    const path = `/v1/automations/${automation.id}/add`;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const answer = await call('POST', path, page(ana));
      expect(answer.status).toBe(422);
      expect(answer.error?.code).toBe('SYNC_PLATFORM_REFUSED');
    }
  });

  test('whose answer was lost counts as done', async () => {
    org.pass(61_000);
    const path = `/v1/campaigns/${idOf(campaigns, 'Salesforce follow-up: pricing')}/send`;
    const before = await sent();
    await platform.control('faults', [
      { match: 'POST /admin/api.php', dropResponse: true, every: 1, times: 1 },
    ]);
    const lost = await call('POST', path, page(ana));
    expect(lost.status).toBe(502);
    expect(await sent()).toBe(before + 1);
    expect((await call('POST', path, page(ana))).error?.code).toBe('SYNC_REPEAT_UNCONFIRMED');
    expect(await sent()).toBe(before + 1);
  });

  test.each([
    ['for a record that is not synced', '1', () => page(unsynced), 404, 'SYNC_RECORD_NOT_SYNCED'],
    ['with an id that is none', 'pricing', () => page(ana), 400, 'SYNC_REQUEST_INVALID'],
    ['for an account', '1', () => ({ ...page(ana), object: 'Account' }), 400, 'SYNC_REQUEST_INVALID'],
    ['without a person', '1', () => ({ object: 'Lead' }), 400, 'SYNC_REQUEST_INVALID'],
    ['of a campaign that does not exist', '987654', () => page(ana), 403, 'SYNC_NOT_OFFERED'],
  ])('%s is refused', async (_name, id, body, status, code) => {
    const answer = await call('POST', `/v1/campaigns/${id}/send`, body());
    expect(answer.status).toBe(status);
    expect(answer.error?.code).toBe(code);
  });
});

test('a Lead whose person is synced as a Contact shows that person', async () => {
  const { id } = (await org.inSalesforce('POST', '/sobjects/Contact', {
    LastName: 'Ruiz',
    Email: 'ana@acme.example',
  })) as { id: string };
  await run('outbound');
  const asLead = await call('GET', `/v1/activities?object=Lead&salesforceId=${ana}`);
  const asContact = await call('GET', `/v1/activities?object=Contact&salesforceId=${id}`);
  expect(asContact.status).toBe(200);
  expect(asLead.json).toEqual(asContact.json);
  expect((await call('GET', `/v1/records?object=Lead&salesforceId=${ana}`)).json).toMatchObject({
    state: 'superseded',
    status: 'Synced as a Contact',
  });
});
