import { z } from 'zod';
import { objectSchema, policySchema } from './mapping.ts';
import { salesforceIdSchema } from './person.ts';
import { runSchema } from './run.ts';

const timeSchema = z.iso.datetime().nullable();
export const sideSchema = z.enum(['salesforce', 'platform']);

/** A value in the form in which both systems are compared. */
export const canonicalSchema = z
  .union([z.string(), z.boolean(), z.array(z.string()).readonly(), z.null()])
  .meta({ id: 'Value' });

export const causeSchema = z
  .object({
    code: z.string(),
    meaning: z.string(),
    action: z.string(),
    remedy: z.string(),
    retryable: z.boolean(),
    count: z.number(),
  })
  .meta({ id: 'Cause' });

const recordProblemSchema = z
  .object({
    code: z.string(),
    message: z.string().describe('What happened this time.'),
    meaning: z.string(),
    action: z.string(),
    remedy: z.string(),
    side: sideSchema,
    field: z.string().nullable().describe('Platform field key.'),
  })
  .meta({ id: 'RecordProblem' });

export const recordSummarySchema = z
  .object({
    object: objectSchema,
    salesforceId: z.string().nullable(),
    platformId: z.string().nullable(),
    name: z.string().nullable(),
    state: z
      .enum(['candidate', 'linked', 'superseded', 'stopped'])
      .describe(
        'candidate: to be created on the other side; superseded: the person’s Contact carries on; stopped: deleted on a side.',
      ),
    status: z.string().describe('In words, as the package’s status field has them.'),
    problem: recordProblemSchema.nullable(),
    outboundDue: timeSchema.describe('When it is to be written to the platform; null: nothing to write.'),
    inboundDue: timeSchema.describe('When it is to be written to Salesforce; null: nothing to write.'),
  })
  .meta({ id: 'RecordSummary' });

const fieldViewSchema = z
  .object({
    salesforceField: z.string(),
    salesforceLabel: z.string().nullable(),
    platformField: z.string(),
    platformLabel: z.string().nullable(),
    direction: z.enum(['both', 'outbound', 'inbound']),
    policy: policySchema,
    salesforce: canonicalSchema
      .optional()
      .describe('As last seen. Absent: not known, or not valid for the field; null: empty.'),
    agreed: canonicalSchema.optional().describe('What both systems last held. Absent: they never agreed.'),
    platform: canonicalSchema.optional(),
    lastWriter: z
      .object({
        side: sideSchema,
        at: timeSchema,
        reason: z
          .enum(['edit', 'policy', 'choice'])
          .describe(
            'edit: changed there; policy: both sides changed it and the mapping’s policy decided; choice: a person did.',
          ),
        chosenBy: z.string().nullable().describe('Who chose: a Salesforce user’s id, or a token.'),
      })
      .nullable()
      .describe('Where the last known change was made; null: not known.'),
    conflictId: z.number().nullable().describe('The conflict about it that waits for a decision.'),
  })
  .meta({ id: 'RecordField' });

export const recordSchema = recordSummarySchema
  .extend({
    stateReason: z.string().nullable(),
    salesforceChangedAt: timeSchema,
    platformChangedAt: timeSchema,
    fields: z.array(fieldViewSchema),
  })
  .meta({ id: 'Record' });

export const recordQuerySchema = z
  .object({
    object: objectSchema
      .optional()
      .describe('Needed with salesforceId; with platformId, "Account" means an account.'),
    salesforceId: salesforceIdSchema.optional(),
    platformId: z.string().min(1).max(64).optional(),
    connectionId: z.uuid().optional(),
  })
  .refine((query) => (query.salesforceId === undefined) !== (query.platformId === undefined), {
    message: 'name either salesforceId or platformId',
  })
  .refine((query) => query.salesforceId === undefined || query.object !== undefined, {
    message: 'name the object of salesforceId',
    path: ['object'],
  });

/** What the ids of an object's records begin with (Salesforce Help, "Standard Field Record ID Prefix Decoder"). */
const prefixes = { Lead: '00Q', Contact: '003', Account: '001' } as const;

export const syncNowSchema = z
  .object({ object: objectSchema, salesforceId: salesforceIdSchema })
  .strict()
  .refine(({ object, salesforceId }) => salesforceId.startsWith(prefixes[object]), {
    message: 'is the id of another kind of record',
    path: ['salesforceId'],
  });

export const startedSchema = z.object({
  runs: z.array(runSchema).describe('One for each direction; some may have been waiting already.'),
});

export const retrySchema = z.object({ code: z.string().min(1).max(100) }).strict();
export const retriedSchema = startedSchema.extend({
  retried: z.number().describe('Records that get another try.'),
});
