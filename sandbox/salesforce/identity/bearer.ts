import type { FastifyRequest } from 'fastify';

/** The token of `Authorization: Bearer …`; Salesforce accepts `OAuth …` for the same. */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
}
