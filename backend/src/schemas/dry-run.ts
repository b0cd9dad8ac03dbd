import { z } from 'zod';
import { explainedSchema } from './error.ts';
import { objectSchema } from './mapping.ts';
import { canonicalSchema } from './record.ts';

const sampleSchema = z.object({
  kind: z.enum(['create', 'update', 'conflict', 'skip']),
  object: objectSchema,
  salesforceId: z.string().nullable().describe('Null: it would be created.'),
  platformId: z.string().nullable().describe('Null: it would be created.'),
  name: z.string().nullable(),
  fields: z.array(
    z.object({
      salesforceField: z.string(),
      salesforceLabel: z.string().nullable(),
      platformField: z.string(),
      platformLabel: z.string().nullable(),
      from: canonicalSchema,
      to: canonicalSchema,
    }),
  ),
  code: z.string().nullable().describe('Why it is left out, or waits; of the error catalogue.'),
});

const directionSchema = z
  .object({
    create: z.number(),
    update: z.number().describe('Changed, or linked to a record that is there.'),
    conflict: z
      .number()
      .describe(
        'Changed differently on both sides: decided for this direction, or waiting for a decision. Those decided are among the others, too.',
      ),
    skip: z.number(),
    unchanged: z.number(),
    skips: z
      .array(explainedSchema.extend({ count: z.number() }))
      .describe('Why records are left out, the most frequent first.'),
    samples: z.array(sampleSchema).describe('A few records of each kind.'),
  })
  .meta({ id: 'DryRunDirection' });

export const dryRunSchema = z
  .object({
    id: z.uuid(),
    state: z.enum(['running', 'succeeded', 'failed']),
    stage: z.string().nullable().describe('What it is doing now.'),
    requestedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    read: z.object({ salesforce: z.number(), platform: z.number() }).describe('Records read so far.'),
    outbound: directionSchema
      .nullable()
      .describe('What would be written to the platform; null until it is counted.'),
    inbound: directionSchema
      .nullable()
      .describe('What would be written to Salesforce; null until it is counted.'),
    error: explainedSchema.extend({ message: z.string() }).nullable(),
  })
  .meta({ id: 'DryRun' });

export const dryRunStartedSchema = z.object({ id: z.uuid() }).meta({ id: 'DryRunStarted' });
