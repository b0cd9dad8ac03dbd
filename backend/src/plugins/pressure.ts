import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';

/** Turns requests away, with Retry-After, while the database or the event loop is stuck. */
export default fp(
  async (app) => {
    await app.register(underPressure, {
      maxEventLoopDelay: app.config.limits.eventLoopDelay,
      retryAfter: 5,
      healthCheckInterval: 5_000,
      healthCheck: async () => {
        await app.database.system((tx) => tx.query('SELECT 1'));
        return true;
      },
    });
  },
  { name: 'pressure', dependencies: ['postgres'] },
);
