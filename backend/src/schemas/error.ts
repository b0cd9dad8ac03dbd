import { z } from 'zod';

/** A code of the catalogue with what it means and what to do. */
export const explainedSchema = z
  .object({ code: z.string(), meaning: z.string(), remedy: z.string() })
  .meta({ id: 'Explained' });

/** The body of every answer from status 400 up. */
export const errorBodySchema = z
  .object({
    error: z.object({
      code: z.string().describe('Stable; listed in docs/errors.md.'),
      message: z.string().describe('What happened this time.'),
      meaning: z.string(),
      action: z.string().describe('What the service did about it.'),
      remedy: z.string().describe('What the reader can do.'),
      retryable: z.boolean(),
      details: z.record(z.string(), z.unknown()),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' });

export type ErrorBody = z.infer<typeof errorBodySchema>;
