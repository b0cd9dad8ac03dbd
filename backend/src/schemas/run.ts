import { z } from 'zod';
import { explainedSchema } from './error.ts';

export const directionSchema = z
  .enum(['outbound', 'inbound'])
  .meta({ description: 'outbound: Salesforce to the platform.' });
const timeSchema = z.iso.datetime().nullable();

export const startRunSchema = z.object({
  direction: directionSchema,
  connectionId: z.uuid().optional().describe('The platform connection; may be left out where there is one.'),
});

export const outcomeKindSchema = z.enum([
  'created',
  'updated',
  'linked',
  'unchanged',
  'skipped',
  'failed',
  'stopped',
]);

export const outcomeSchema = z.object({
  id: z.number(),
  object: z.enum(['Lead', 'Contact', 'Account']),
  salesforceId: z.string().nullable(),
  platformId: z.string().nullable(),
  kind: outcomeKindSchema,
  code: z.string().nullable().describe('Of the error catalogue, where something is to be told.'),
  meaning: z.string().nullable(),
  remedy: z.string().nullable(),
  message: z.string().nullable().describe('What happened this time.'),
  written: z.array(z.string()).describe('Platform field keys.'),
  issues: z.array(
    explainedSchema.extend({
      field: z.string(),
      side: z.enum(['salesforce', 'platform']),
      message: z.string(),
    }),
  ),
  at: z.iso.datetime(),
});

const countsSchema = z.object({
  observed: z.object({ salesforce: z.number(), platform: z.number() }),
  created: z.number(),
  updated: z.number(),
  linked: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  failed: z.number(),
  stopped: z.number(),
  conflicts: z.number(),
});

export const runSchema = z
  .object({
    id: z.uuid(),
    connectionId: z.uuid(),
    direction: directionSchema,
    trigger: z.enum(['schedule', 'threshold', 'manual', 'notice', 'dry_run']),
    state: z.enum(['queued', 'running', 'succeeded', 'failed', 'paused']),
    stage: z.string().nullable(),
    counts: countsSchema,
    calls: z.object({ salesforce: z.number(), platform: z.number() }).describe('Calls used of each vendor.'),
    progress: z
      .object({
        done: z.number().describe('Records of which it is known what became of them.'),
        total: z
          .number()
          .nullable()
          .describe(
            'Records that the run is about: counted at the start of a first sync, exact once it writes.',
          ),
        recordsPerSecond: z.number().nullable().describe('Since it began to write.'),
        secondsLeft: z.number().nullable(),
      })
      .meta({ id: 'RunProgress' })
      .describe('Null: not known now.'),
    error: explainedSchema
      .extend({ message: z.string().describe('What happened this time.') })
      .nullable()
      .describe('Why it did not succeed; of one that did, what it had to do without.'),
    queuedAt: z.iso.datetime(),
    startedAt: timeSchema,
    finishedAt: timeSchema,
  })
  .meta({ id: 'Run' });

export const runWithOutcomesSchema = runSchema
  .extend({
    outcomes: z.array(outcomeSchema).describe('The first hundred; `/outcomes` pages through all.'),
  })
  .meta({ id: 'RunWithOutcomes' });
