import { z } from 'zod';
import { toLongId } from '../lib/salesforce-id.ts';
import { personSchema } from './selection.ts';

/** A record's id of 15 or 18 characters, answered as 18. */
export const salesforceIdSchema = z.string().transform((text, context) => {
  const id = toLongId(text);
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom', message: 'is no Salesforce record id' });
  return z.NEVER;
});

/** The Lead or Contact of a record page. */
export const recordPageSchema = z.object({ object: personSchema, salesforceId: salesforceIdSchema });

export const actionInputSchema = recordPageSchema
  .extend({
    confirm: z
      .boolean()
      .default(false)
      .describe('Do it although the same was done for this person less than a minute ago.'),
  })
  .strict();

export const actionDoneSchema = z.object({ doneAt: z.iso.datetime() }).meta({ id: 'ActionDone' });

export const targetParamsSchema = z.object({ id: z.string().regex(/^\d{1,20}$/) });
