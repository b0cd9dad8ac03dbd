import fp from 'fastify-plugin';
import { SyncError } from '../lib/errors.ts';
import { authenticateToken, type Caller } from '../store/tokens.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token the request carries, null where none was asked for. */
    caller: Caller | null;
    /** The same on routes that ask for one. @throws SyncError SYNC_UNAUTHORIZED on a public route */
    readonly tenant: Caller;
  }
  interface FastifyContextConfig {
    /**
     * Who may call: `org`, an org that has proven itself (the default); `setup`, also one that is still being set up;
     * `public`, anyone.
     */
    access?: 'org' | 'setup' | 'public';
  }
  interface FastifyInstance {
    /** The hook that lets requests of a scope in by their bearer token. */
    readonly authenticate: (request: FastifyRequest) => Promise<void>;
  }
}

/** `Authorization: Bearer <org token>` on every route of a scope that takes the hook, unless the route says otherwise. */
export default fp(
  async (app) => {
    const refusals = app.createRateLimit({
      max: app.config.limits.strangersPerMinute,
      timeWindow: '1 minute',
      keyGenerator: (request) => `refused ${request.ip}`,
    });

    app.decorateRequest('caller', null);
    app.decorateRequest('tenant', {
      getter() {
        if (!this.caller) throw new SyncError('SYNC_UNAUTHORIZED');
        return this.caller;
      },
    });

    app.decorate('authenticate', async (request) => {
      const access = request.routeOptions.config.access ?? 'org';
      if (access === 'public' || request.is404) return;
      const token = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
      const caller = token === undefined ? undefined : await authenticateToken(app.database, token);
      if (!caller) {
        const limit = await refusals(request);
        throw new SyncError(!limit.isAllowed && limit.isExceeded ? 'SYNC_RATE_LIMITED' : 'SYNC_UNAUTHORIZED');
      }
      if (caller.state === 'pending' && access === 'org') throw new SyncError('SYNC_SETUP_UNFINISHED');
      request.caller = caller;
    });
  },
  { name: 'auth', dependencies: ['postgres', '@fastify/rate-limit'] },
);
