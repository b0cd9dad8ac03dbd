import rateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import { SyncError } from '../lib/errors.ts';

/** So many requests a minute for each org, or for each address where no org is known. */
export default fp(
  async (app) => {
    await app.register(rateLimit, {
      max: app.config.limits.requestsPerMinute,
      timeWindow: '1 minute',
      keyGenerator: (request) => request.caller?.id ?? request.ip,
      errorResponseBuilder: (_request, { ttl }) =>
        new SyncError('SYNC_RATE_LIMITED', undefined, { retryAfterSeconds: Math.ceil(ttl / 1000) }),
    });
  },
  { name: 'rate-limit' },
);
