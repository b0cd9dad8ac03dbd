import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ControlError, installDoors } from '../common/control.ts';
import type { Site } from './http/site.ts';
import { seedDemo } from './seedDemo.ts';
import { activityKinds } from './state/activities.ts';
import { sources, system } from './state/actor.ts';
import type { Campaign } from './state/campaigns.ts';
import type { Contact } from './state/contacts.ts';
import type { Step } from './state/automations.ts';
import { parseTime } from './state/time.ts';
import { PAGE_VISIT } from './state/tracking.ts';
import { automationView } from './views/automation.ts';
import { campaignView } from './views/activity.ts';

const stepSchema = z.union([
  z
    .strictObject({ webhook: z.strictObject({ url: z.url() }) })
    .transform(({ webhook }): Step => ({ kind: 'webhook', url: webhook.url })),
  z.strictObject({ tag: z.string().min(1) }).transform(({ tag }): Step => ({ kind: 'tag', tag })),
  z
    .strictObject({ wait: z.number().min(0) })
    .transform(({ wait }): Step => ({ kind: 'wait', seconds: wait })),
]);

const automationSchema = z.strictObject({
  name: z.string().min(1),
  active: z.boolean().default(true),
  trigger: z
    .union([
      z.strictObject({ tag: z.string().min(1) }).transform(({ tag }) => ({ kind: 'tag' as const, tag })),
      z.strictObject({ list: z.int() }).transform(({ list }) => ({ kind: 'list' as const, list })),
    ])
    .optional(),
  steps: z.array(stepSchema),
});

const campaignSchema = z.strictObject({
  name: z.string().min(1),
  subject: z.string().default(''),
  body: z.string().default(''),
  links: z.array(z.url()).default([]),
});

const activitySchema = z.strictObject({
  /** Id or email. */
  contact: z.union([z.int(), z.string()]),
  type: z.enum([...activityKinds, 'visit', 'event']),
  /** Id; without it, the account's first campaign. */
  campaign: z.int().optional(),
  url: z.string().optional(),
  subject: z.string().optional(),
  body: z.string().optional(),
  event: z.string().max(32).optional(),
  value: z.string().optional(),
  /** ISO; without it, now. */
  at: z.string().optional(),
});

/** What in the vendor's app, or out in the world, a person or a mail program does; see the README for each. */
export function activeCampaignDoors(app: FastifyInstance, site: Site): void {
  installDoors(app, (doors) => {
    doors.post('/seed', async () => {
      seedDemo(site.account);
      return site.account.records();
    });

    doors.post('/as', async (request) => {
      const { source } = z.strictObject({ source: z.enum(sources) }).parse(request.body);
      site.account.standingSource = source;
      return { source };
    });

    doors.post('/automations', async (request) => {
      const { name, active, trigger, steps } = automationSchema.parse(request.body);
      const automation = site.account.automations.create(
        { name, status: active ? 1 : 2, trigger: trigger ?? null, steps },
        site.account.time.now(),
      );
      return { automation: automationView(automation, site.base) };
    });

    doors.post('/campaigns', async (request) => {
      const input = campaignSchema.parse(request.body);
      const campaign = site.account.campaigns.create({ ...input, status: 5 }, site.account.time.now());
      return { campaign: campaignView(campaign, site.base) };
    });

    doors.post('/exclusions', async (request) => {
      const { emails } = z.strictObject({ emails: z.array(z.string()) }).parse(request.body);
      for (const email of emails) site.account.exclusions.add(email.toLowerCase());
      return { exclusions: [...site.account.exclusions] };
    });

    doors.post('/activities', async (request) => {
      const activities = z.array(activitySchema).parse(request.body);
      for (const activity of activities) happen(site, activity);
      return { activities: activities.length };
    });

    // Waits for what is on its way, so that the answer is complete.
    doors.get('/deliveries', async () => {
      await site.account.deliveries.outbox.idle();
      return { deliveries: site.account.deliveries.outbox.log };
    });
  });
}

function happen(site: Site, activity: z.output<typeof activitySchema>): void {
  const contact = contactBy(site, activity.contact);
  const at = activity.at === undefined ? site.account.time.now() : parseTime(activity.at);
  if (at === undefined) throw new ControlError(`"${activity.at ?? ''}" is not a time.`);
  const { type, url, subject, body } = activity;
  if (type === 'visit' || type === 'event') {
    const event = type === 'visit' ? PAGE_VISIT : (activity.event ?? 'event');
    site.account.tracking.add({ contact: contact.id, event, value: activity.value ?? url ?? '', at });
    return;
  }
  const campaign = campaignBy(site, activity.campaign);
  site.account.activities.add(
    contact,
    {
      kind: type,
      campaign,
      at,
      ...(url === undefined ? {} : { url }),
      ...(subject === undefined ? {} : { subject }),
      ...(body === undefined ? {} : { body }),
    },
    type === 'sent' ? system : { source: 'public' },
  );
}

function contactBy({ account }: Site, key: number | string): Contact {
  const contact = typeof key === 'number' ? account.contacts.get(key) : account.contacts.byEmail(key);
  if (contact === undefined) throw new ControlError(`There is no contact ${key}.`);
  return contact;
}

function campaignBy({ account }: Site, id: number | undefined): Campaign {
  const { campaigns } = account.campaigns;
  const campaign = id === undefined ? campaigns.find(() => true) : campaigns.get(id);
  if (campaign === undefined) throw new ControlError(`There is no campaign ${id ?? ''}.`);
  return campaign;
}
