import { z } from 'zod';
import { policySchema } from './mapping.ts';
import { canonicalSchema, recordSummarySchema, sideSchema } from './record.ts';

export const conflictStateSchema = z.enum(['open', 'chosen', 'settled']);

export const conflictSchema = z
  .object({
    id: z.number(),
    record: recordSummarySchema.nullable().describe('Null: the record is not synced any more.'),
    salesforceField: z.string().nullable().describe('Null: it is not mapped any more.'),
    platformField: z.string(),
    policy: policySchema,
    agreed: canonicalSchema,
    salesforce: canonicalSchema,
    platform: canonicalSchema,
    winner: z.enum(['salesforce', 'platform', 'both']).nullable(),
    state: conflictStateSchema.describe('chosen: a person chose; the next run writes the value.'),
    reason: z
      .enum(['both_changed', 'oscillation', 'written_over'])
      .describe(
        'oscillation: the field went back and forth too often. written_over: a write went over an edit of the same moment.',
      ),
    detectedAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    settledBy: z.string().nullable(),
  })
  .meta({ id: 'Conflict' });

export const chooseSchema = z
  .object({
    winner: sideSchema.describe('Whose value stays.'),
    userId: z
      .string()
      .regex(/^005[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/)
      .optional()
      .describe('The Salesforce user who chose.'),
  })
  .strict();
