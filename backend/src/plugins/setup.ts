import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Origin, SetupContext } from '../engine/setup/context.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What connecting accounts works with. */
    readonly setup: SetupContext;
  }
  interface FastifyRequest {
    /** Who asks, for the audit log. @throws SyncError SYNC_UNAUTHORIZED on a public route */
    readonly origin: Origin;
  }
}

/** Setting up an org: its parts at hand for the routes. */
export default fp(
  async (app) => {
    const { database, vault, clock, config } = app;
    app.decorate('setup', { database, vault, clock, config });
    app.decorateRequest('origin', {
      getter(this: FastifyRequest): Origin {
        const { id, tokenId } = this.tenant;
        return { tenantId: id, actor: { kind: 'org_token', id: tokenId }, requestId: this.id };
      },
    });
  },
  { name: 'setup', dependencies: ['postgres', 'vault', 'auth'] },
);
