import { z } from 'zod';
import { ApiError } from '../org/types.ts';

/** A request's JSON body in its shape. @throws ApiError 400 JSON_PARSER_ERROR */
export function parseBody<Shape>(schema: z.ZodType<Shape>, body: unknown): Shape {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiError(400, 'JSON_PARSER_ERROR', z.prettifyError(parsed.error));
}
