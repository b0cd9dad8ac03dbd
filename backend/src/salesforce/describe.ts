import { z } from 'zod';
import type { SalesforceField } from '../sync/types.ts';

const fieldSchema: z.ZodType<SalesforceField> = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  nillable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  calculated: z.boolean(),
  autoNumber: z.boolean().optional(),
  custom: z.boolean(),
  filterable: z.boolean(),
  restrictedPicklist: z.boolean(),
  picklistValues: z
    .array(z.object({ active: z.boolean(), value: z.string() }))
    .nullish()
    .transform((values) => (values ?? []).filter(({ active }) => active).map(({ value }) => value)),
});

/** The answer of sObject Describe, cut down; only fields that the user may see are in it, and only active options. */
export const describeSchema = z.object({ fields: z.array(fieldSchema) });
