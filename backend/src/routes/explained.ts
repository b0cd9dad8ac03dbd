import type { z } from 'zod';
import { explain } from '../lib/errors.ts';
import type { explainedSchema } from '../schemas/error.ts';

/** A stored code in the catalogue's words. */
export function toExplained(stored: string): z.infer<typeof explainedSchema> {
  const { code, meaning, remedy } = explain(stored);
  return { code, meaning, remedy };
}
