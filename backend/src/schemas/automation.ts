import { z } from 'zod';

const offered = z.boolean().describe('Whether record pages offer it.');

export const campaignsSchema = z.object({
  enabled: z.boolean().describe('Whether record pages offer anything at all.'),
  campaigns: z.array(
    z
      .object({
        id: z.string(),
        name: z.string(),
        type: z.string(),
        status: z.enum(['draft', 'scheduled', 'sending', 'paused', 'stopped', 'completed', 'unknown']),
        sentAt: z.iso.datetime().nullable(),
        offered,
      })
      .meta({ id: 'Campaign' }),
  ),
});

export const automationsSchema = z.object({
  enabled: z.boolean().describe('Whether record pages offer anything at all.'),
  automations: z.array(
    z.object({ id: z.string(), name: z.string(), active: z.boolean(), offered }).meta({ id: 'Automation' }),
  ),
});

const chosenIds = z
  .array(z.string().regex(/^\d{1,20}$/))
  .max(1000)
  .nullable()
  .describe('Null: those whose name holds "Salesforce", in any letter case.');

export const offerSchema = z
  .object({ enabled: z.boolean(), campaignIds: chosenIds, automationIds: chosenIds })
  .strict()
  .meta({ id: 'AutomationOffer' });
