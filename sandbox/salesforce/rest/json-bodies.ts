import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../org/types.ts';

/** Reads JSON bodies as Salesforce does: an empty one is none, whatever its type says. */
export function installJsonBodies(scope: FastifyInstance): void {
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parseJson(body),
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(400, 'JSON_PARSER_ERROR', `${reason} at [line:1, column:1]`);
  }
}
