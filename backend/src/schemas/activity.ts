import { z } from 'zod';

const campaignSchema = z.object({ id: z.string(), name: z.string().describe('Empty when it is not known.') });
const automationSchema = z.object({ id: z.string(), name: z.string(), url: z.string() });
const at = z.iso.datetime();

const activitySchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('campaign_sent'), at, campaign: campaignSchema, subject: z.string() }),
    z.object({
      type: z.literal('campaign_opened'),
      at,
      campaign: campaignSchema,
      webCopyUrl: z.string().describe('Where the mail can be read in a browser.'),
    }),
    z.object({
      type: z.literal('campaign_replied'),
      at,
      campaign: campaignSchema.nullable(),
      subject: z.string(),
      body: z.string(),
    }),
    z.object({ type: z.literal('link_clicked'), at, campaign: campaignSchema, url: z.string() }),
    z.object({ type: z.literal('automation_entered'), at, automation: automationSchema }),
    z.object({ type: z.literal('automation_completed'), at, automation: automationSchema }),
    z.object({ type: z.literal('site_visit'), at, url: z.string() }),
    z.object({ type: z.literal('event'), at, name: z.string(), data: z.string() }),
  ])
  .meta({ id: 'Activity' });

export const activitiesSchema = z
  .object({
    platformId: z.string(),
    activities: z.array(activitySchema).describe('The newest first.'),
    more: z.boolean().describe('Whether there are older ones.'),
    missing: z
      .array(z.string())
      .describe('What the platform did not let us read: not in its plan, or not for the key’s user.'),
  })
  .meta({ id: 'Activities' });
