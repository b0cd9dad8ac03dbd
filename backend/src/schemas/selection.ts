import { z } from 'zod';
import type { Selection } from '../sync/selection.ts';
import { problemSchema } from './mapping.ts';
import { operatorSchema } from './operator.ts';

export const personSchema = z.enum(['Lead', 'Contact']);

const ruleSchema = z
  .object({
    field: z.string().min(1).max(255),
    operator: operatorSchema,
    value: z
      .union([
        z.string().max(1000),
        z.number(),
        z.boolean(),
        z.array(z.union([z.string().max(1000), z.number()])).max(200),
        z.null(),
      ])
      .default(null),
  })
  .strict()
  .meta({ id: 'SelectionRule' });

/** Which unlinked Salesforce records enter the sync (A8). */
export const selectionSchema = z
  .discriminatedUnion('mode', [
    z.object({ mode: z.literal('none') }).strict(),
    z.object({ mode: z.literal('created'), since: z.iso.datetime({ offset: true }).optional() }).strict(),
    z.object({ mode: z.literal('flagged') }).strict(),
    z
      .object({
        mode: z.literal('criteria'),
        match: z.enum(['all', 'any']),
        rules: z.array(ruleSchema).min(1).max(50),
      })
      .strict(),
  ])
  .meta({ id: 'Selection' });

export const previewSchema = z
  .object({
    count: z.number().describe('Records that match now.'),
    soql: z.string().nullable().describe('The condition as Salesforce is asked; null selects nothing.'),
    sample: z.array(z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })),
    problems: z.array(problemSchema),
  })
  .meta({ id: 'SelectionPreview' });

/** A time that is left out means "from now on". */
export function toSelection(input: z.infer<typeof selectionSchema>, now: number): Selection {
  return input.mode === 'created'
    ? { mode: 'created', since: input.since ?? new Date(now).toISOString() }
    : input;
}

export const scheduleSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('continuous') }).strict(),
    z
      .object({
        kind: z.literal('hourly'),
        every: z.union([
          z.literal(1),
          z.literal(2),
          z.literal(3),
          z.literal(4),
          z.literal(6),
          z.literal(8),
          z.literal(12),
        ]),
      })
      .strict(),
    z
      .object({
        kind: z.literal('daily'),
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'),
      })
      .strict(),
  ])
  .meta({ id: 'Schedule' });

export const scheduleStateSchema = z
  .object({
    direction: z.enum(['outbound', 'inbound']),
    schedule: scheduleSchema.nullable().describe('Null: no job is scheduled.'),
    timeZone: z.string(),
    paused: z.boolean(),
    nextRunAt: z.iso.datetime().nullable(),
    lastRunAt: z.iso.datetime().nullable(),
    waiting: z.number().describe('Records that wait for the next run.'),
  })
  .meta({ id: 'ScheduleState' });
