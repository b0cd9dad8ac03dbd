import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { SyncError } from '../lib/errors.ts';
import { sentence } from '../words/told.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Where the parts of the service register what they measure. */
    metrics: Registry;
  }
}

/**
 * `GET /metrics` for Prometheus: the process, and how long requests took by route. Nothing of a tenant. Opens to the
 * bearer of METRICS_TOKEN or, without one, to this machine alone.
 */
export default fp(
  async (app) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const duration = new Histogram({
      name: 'syncline_http_request_seconds',
      help: 'Seconds from request to answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    });
    app.decorate('metrics', registry);
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown';
      duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    });
    app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
      if (!mayRead(request, app.config.metricsToken)) {
        throw new SyncError(
          'SYNC_UNAUTHORIZED',
          sentence('Metrics need the METRICS_TOKEN of this installation.'),
        );
      }
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  },
  { name: 'metrics' },
);

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return isFromHere(request);
  const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

/** A connection from this machine that does not speak for another one, as a proxy's would. */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) return false;
  return /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
