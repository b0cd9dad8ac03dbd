import { z } from 'zod';
import { toLongId } from '../lib/salesforce-id.ts';

/** A Salesforce id of 15 or 18 characters, made 18. */
function salesforceId(prefix: string, what: string) {
  return z
    .string()
    .refine(
      (id) => id.startsWith(prefix) && toLongId(id) !== undefined,
      `is no ${what} id of 15 or 18 characters`,
    )
    .overwrite((id) => toLongId(id) ?? id);
}

export const setupRequestSchema = z
  .strictObject({
    orgId: salesforceId('00D', 'organization'),
    instanceUrl: z.url().max(300).describe('The org’s My Domain URL.'),
    packageVersion: z.string().max(40).optional(),
    userId: salesforceId('005', 'user').optional(),
    adminEmail: z.email().max(254).optional(),
  })
  .meta({ id: 'SetupRequest' });

export const setupStartedSchema = z
  .object({
    setupSessionId: z.uuid(),
    token: z
      .string()
      .describe(
        'Serves the set-up now and becomes the org’s API token once Salesforce has proven the org. Shown once.',
      ),
    expiresAt: z.iso.datetime().describe('Until when the org must be proven.'),
  })
  .meta({ id: 'SetupStarted' });

const setupStepSchema = z.object({
  id: z.enum(['connect', 'mapping', 'selection', 'automation']),
  done: z.boolean(),
  /** The step's own parts, by name. */
  parts: z.record(z.string(), z.boolean()),
});

export const setupStateSchema = z
  .object({
    setupSessionId: z.uuid().nullable(),
    state: z.enum(['pending', 'active']).describe('Active once Salesforce has proven the org.'),
    orgId: z.string(),
    instanceUrl: z.string(),
    packageVersion: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    mappingUnseenSince: z.iso
      .datetime()
      .nullable()
      .describe('When a mapping was last saved that no batch has used and no dry run has shown yet.'),
    steps: z.array(setupStepSchema).describe('In the order of the Setup Assistant.'),
  })
  .meta({ id: 'SetupState' });

export type SetupState = z.infer<typeof setupStateSchema>;
