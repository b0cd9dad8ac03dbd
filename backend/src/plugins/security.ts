import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';

/** Security headers on every answer; those that force https only where the service is reached by https. */
export default fp(
  async (app) => {
    const isHttps = app.config.publicUrl.startsWith('https:');
    await app.register(helmet, {
      hsts: isHttps,
      contentSecurityPolicy: {
        directives: { frameAncestors: ["'none'"], ...(isHttps ? {} : { upgradeInsecureRequests: null }) },
      },
      referrerPolicy: { policy: 'no-referrer' },
    });
  },
  { name: 'security' },
);
