import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import { OAuthError } from './errors.ts';
import { identityUrl, originOf } from './replies.ts';

const tokenSchema = z.object({ token: z.string().min(1) });
const introspectSchema = tokenSchema.extend({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

/** `/services/oauth2/revoke` and `/services/oauth2/introspect`. */
export function registerTokenServices(app: FastifyInstance, identity: Identity): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/revoke',
    handler: async (request, reply) => {
      const given = tokenSchema.safeParse(request.method === 'GET' ? request.query : request.body);
      if (!given.success) throw new OAuthError('unsupported_token_type', 'this token type is not supported');
      const grant = identity.grants.find(given.data.token);
      if (grant) identity.grants.revoke(grant.id);
      else if (!identity.sessions.revoke(given.data.token)) {
        throw new OAuthError('invalid_token', `invalid token: ${given.data.token}`);
      }
      return reply.code(200).send();
    },
  });

  app.post('/services/oauth2/introspect', async (request) => {
    const form = introspectSchema.safeParse(request.body);
    if (!form.success) throw new OAuthError('invalid_request', 'missing required parameter: token');
    identity.clients.authenticate(form.data.client_id, form.data.client_secret);
    const alive = describeToken(identity, form.data.token);
    const user = alive && identity.users.byId(alive.userId);
    if (!user) return { active: false };
    return {
      active: true,
      scope: alive.scope,
      client_id: alive.clientId,
      username: user.username,
      sub: identityUrl(originOf(request), user),
      token_type: alive.type,
      ...(Number.isFinite(alive.expiresAt) ? { exp: seconds(alive.expiresAt) } : {}),
      ...(alive.issuedAt === undefined ? {} : { iat: seconds(alive.issuedAt), nbf: seconds(alive.issuedAt) }),
    };
  });
}

interface LiveToken {
  readonly type: 'access_token' | 'refresh_token';
  readonly userId: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  readonly issuedAt?: number;
}

function describeToken(identity: Identity, token: string): LiveToken | undefined {
  const session = identity.sessions.find(token);
  if (session) return { type: 'access_token', ...session };
  const grant = identity.grants.find(token);
  return grant && { type: 'refresh_token', ...grant };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
