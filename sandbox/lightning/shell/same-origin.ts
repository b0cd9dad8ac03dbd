import type { FastifyReply, FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * Refuses what another site's page sends in this browser. The session cookie's SameSite does not: every program on this
 * machine is the same site, whatever its port.
 */
export async function demandSameOrigin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (SAFE.has(request.method)) return;
  const { origin, host } = request.headers;
  if (origin === undefined || new URL(origin === 'null' ? 'null:' : origin).host !== host)
    await reply.code(403).send({ message: 'This came from a page of another site.' });
}
