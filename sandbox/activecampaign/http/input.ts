import { z } from 'zod';
import { VendorError } from './errors.ts';

/** Text, however it was written: the vendor takes numbers and booleans for text, and null for the empty one. */
export const text = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (value === null ? '' : String(value)));

/** An id, as a number or as digits. */
export const id = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(Number);

/** An id where nonsense counts as none. */
export const maybeId = id.optional().catch(undefined);

/** The object under the resource's name, as `{"contact": {…}}`; unknown keys are passed over. */
export function unwrap<Shape extends z.ZodType>(body: unknown, key: string, shape: Shape): z.output<Shape> {
  const parsed = z.object({ [key]: shape }).safeParse(body);
  if (!parsed.success) {
    throw new VendorError(400, {
      errors: [{ status: 400, title: 'Bad Request', detail: z.prettifyError(parsed.error) }],
    });
  }
  // The wrapper has this one key, which the parse has just proved to be there.
  return (parsed.data as Record<string, z.output<Shape>>)[key] as z.output<Shape>;
}

/** The value as the caller wrote it, which several answers of the vendor repeat (2 stays 2, "2" stays "2"). */
export function asSent(body: unknown, key: string, attribute: string): unknown {
  const wrapper = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(body);
  return wrapper.success ? wrapper.data[key]?.[attribute] : undefined;
}

/** Custom field values inside a contact: entries that make no sense are passed over. */
export const fieldValueList = z
  .array(z.object({ field: id, value: text }).nullable().catch(null))
  .optional()
  .catch(undefined)
  .transform((list) => (list ?? []).filter((entry) => entry !== null));
