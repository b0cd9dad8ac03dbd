import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkVersion } from '../rest/versions.ts';

const pathSchema = z.object({ version: z.string(), id: z.string().default('') });

/** The API version of a request's path, `67.0`. @throws ApiError GONE, NOT_FOUND */
export function apiVersionOf(request: FastifyRequest): string {
  const { version } = pathSchema.parse(request.params);
  checkVersion(version);
  return version.slice(1);
}

/** The job id of a request's path, as written. */
export function idOf(request: FastifyRequest): string {
  return pathSchema.parse(request.params).id;
}
