import { z } from 'zod';
import { operatorsFor } from '../sync/selection/rules.ts';
import { operatorSchema } from './operator.ts';
import type { PlatformField, SalesforceField } from '../sync/types.ts';

export const objectSchema = z.enum(['Lead', 'Contact', 'Account']);
export const policySchema = z.enum(['salesforce', 'platform', 'newest', 'union', 'most_restrictive', 'ask']);

const fieldMappingSchema = z
  .object({
    salesforce: z.string().min(1).max(255).describe('API name of the Salesforce field.'),
    platform: z.string().min(1).max(255).describe('Key of the platform field, as /v1/fields names it.'),
    direction: z.enum(['both', 'outbound', 'inbound']).default('both'),
    policy: policySchema.default('salesforce'),
    emptyWins: z.boolean().default(false).describe('Whether an empty value may win a conflict.'),
  })
  .strict()
  .meta({ id: 'FieldMapping' });

const accountNameFieldSchema = z
  .string()
  .min(1)
  .max(255)
  .nullable()
  .optional()
  .describe(
    'Of Account, where the plan has no accounts: key of the contact field that holds a Contact’s Account Name.',
  );

export const mappingInputSchema = z
  .object({
    enabled: z.boolean(),
    fields: z.array(fieldMappingSchema).max(500),
    accountNameField: accountNameFieldSchema,
  })
  .strict();

export const problemSchema = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    salesforce: z.string().nullable(),
    platform: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'SettingsProblem' });

export const mappingSchema = z
  .object({
    object: objectSchema,
    enabled: z.boolean(),
    saved: z.boolean().describe('False: this is the default that setup starts with.'),
    fields: z.array(fieldMappingSchema),
    accountNameField: accountNameFieldSchema,
    problems: z.array(problemSchema),
  })
  .meta({ id: 'Mapping' });

export const mappingPreviewInputSchema = z
  .object({
    object: objectSchema,
    fields: mappingInputSchema.shape.fields,
  })
  .strict();

export const mappingPreviewSchema = z
  .object({
    records: z
      .array(
        z.object({
          salesforceId: z.string(),
          name: z.string().nullable(),
          values: z
            .array(
              z.object({
                salesforceField: z.string(),
                salesforceValue: z.union([z.string(), z.number(), z.boolean(), z.null()]),
                platformField: z.string(),
                platformValue: z
                  .union([z.string(), z.array(z.string()).readonly(), z.null()])
                  .describe(
                    'What the platform would hold; null where that is nothing, or the row takes values from the platform only.',
                  ),
                problem: z
                  .object({
                    code: z.string(),
                    message: z.string().describe('What is wrong with this value.'),
                    meaning: z.string(),
                    remedy: z.string(),
                  })
                  .nullable(),
              }),
            )
            .describe('One for each row of the mapping, in its order.'),
        }),
      )
      .describe('Up to ten: those that the saved selection picks, else any; the last changed first.'),
  })
  .meta({ id: 'MappingPreview' });

const salesforceFieldSchema = z
  .object({
    name: z.string(),
    label: z.string(),
    type: z.string(),
    length: z.number(),
    custom: z.boolean(),
    calculated: z.boolean(),
    updateable: z.boolean(),
    filterable: z.boolean(),
    operators: z.array(operatorSchema).describe('By which a rule of a selection can compare it.'),
    picklistValues: z.array(z.string()),
  })
  .meta({ id: 'SalesforceField' });

const platformFieldSchema = z
  .object({
    key: z.string(),
    label: z.string(),
    type: z.string(),
    options: z.array(z.string()),
    custom: z.boolean(),
  })
  .meta({ id: 'PlatformField' });

export const fieldsSchema = z.object({
  salesforce: z.object({
    Lead: z.array(salesforceFieldSchema),
    Contact: z.array(salesforceFieldSchema),
    Account: z.array(salesforceFieldSchema),
  }),
  platform: z.object({
    contact: z.array(platformFieldSchema),
    account: z.array(platformFieldSchema).nullable().describe('Null: the plan has no accounts.'),
  }),
});

export const pairSchema = z
  .object({
    salesforce: z.string(),
    platform: z.string(),
    allowed: z.boolean(),
    direction: z.enum(['both', 'outbound']).nullable(),
    lossy: z.boolean(),
    defaultPolicy: policySchema.nullable(),
    reason: z
      .string()
      .nullable()
      .describe('Why the pair is refused, or what to know before it is chosen, in plain words.'),
  })
  .meta({ id: 'FieldPair' });

export function toSalesforceField(field: SalesforceField): z.infer<typeof salesforceFieldSchema> {
  const { name, label, type, length, custom, calculated, updateable, filterable, picklistValues } = field;
  return {
    name,
    label,
    type,
    length,
    custom,
    calculated,
    updateable,
    filterable,
    operators: [...operatorsFor(field)],
    picklistValues: [...picklistValues],
  };
}

export function toPlatformField(field: PlatformField): z.infer<typeof platformFieldSchema> {
  return { ...field, options: [...field.options] };
}
