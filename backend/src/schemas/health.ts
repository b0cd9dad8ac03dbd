import { z } from 'zod';
import { objectSchema } from './mapping.ts';
import { causeSchema } from './record.ts';
import { directionSchema, runSchema } from './run.ts';

const timeSchema = z.iso.datetime().nullable();
const platformSchema = z.enum(['salesforce', 'activecampaign', 'klaviyo', 'hubspot']);

const connectionHealthSchema = z
  .object({
    platform: platformSchema,
    state: z.enum(['connected', 'error', 'disconnected']),
    since: timeSchema,
    accountName: z.string().nullable(),
    code: z.string().nullable().describe('Of the error catalogue, while the state is error.'),
  })
  .meta({ id: 'ConnectionHealth' });

const directionHealthSchema = z
  .object({
    direction: directionSchema,
    scheduled: z.boolean(),
    paused: z.boolean(),
    nextRunAt: timeSchema,
    lastRun: runSchema.nullable().describe('The newest one that has ended.'),
    runNow: runSchema.nullable().describe('The one that is running or queued.'),
    backlog: z.number().describe('Records that wait.'),
    recordsPerMinute: z.number().nullable().describe('Of recent runs; null: nothing was done lately.'),
    doneBy: timeSchema.describe(
      'When the backlog will be worked off at that pace; null: unknown, or nothing waits.',
    ),
  })
  .meta({ id: 'DirectionHealth' });

const budgetSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('daily'),
      vendor: platformSchema,
      used: z.number().describe('Calls of sync in the last 24 hours, counted by the hour.'),
      limit: z.number().nullable().describe('Calls that the org has in 24 hours; null: not known yet.'),
      share: z.number().describe('The part of the limit that sync may use, 0 to 0.8.'),
      allowed: z.number().nullable().describe('Calls that the share comes to.'),
      usedByAll: z.number().nullable().describe('Calls of everything in the org in the last 24 hours.'),
    }),
    z.object({
      kind: z.literal('rate'),
      vendor: platformSchema,
      used: z.number().describe('Calls of sync in the last 24 hours.'),
      perSecond: z.number().describe('Calls a second that the account allows.'),
      heldUntil: timeSchema.describe('The platform asked to wait until then.'),
    }),
  ])
  .meta({ id: 'Budget' });

export const healthSchema = z
  .object({
    state: z.enum(['fine', 'waiting', 'paused', 'connection_lost']),
    sentence: z.string(),
    code: z.string().nullable().describe('Of the error catalogue, where something is wrong.'),
    remedy: z.string().nullable(),
    connections: z.array(connectionHealthSchema),
    directions: z.array(directionHealthSchema),
    budgets: z.array(budgetSchema),
    links: z.array(
      z.object({
        object: objectSchema,
        state: z.enum(['candidate', 'linked', 'superseded', 'stopped']),
        count: z.number(),
      }),
    ),
    problems: z.array(causeSchema).describe('By cause, the most frequent first.'),
    openConflicts: z.number(),
  })
  .meta({ id: 'Health' });

export const historySchema = z.object({
  hours: z
    .array(
      z.object({
        hour: z.iso.datetime().describe('When the hour began.'),
        direction: directionSchema,
        runs: z.number(),
        written: z.number().describe('Records created, updated or linked.'),
        failed: z.number(),
        conflicts: z.number(),
        calls: z.object({ salesforce: z.number(), platform: z.number() }),
      }),
    )
    .describe('Hours in which no run ended are left out.'),
});
