import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ORGANIZATION_ID_18 } from '../organization.ts';
import type { SandboxUser } from '../users.ts';
import type { Session } from '../sessions.ts';
import type { OAuthClient } from './clients.ts';

/** Where this sandbox answers, as its caller knows it: the `instance_url`, without a slash at the end. */
export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/** The identity URL of a user. */
export function identityUrl(origin: string, user: SandboxUser): string {
  return `${origin}/id/${ORGANIZATION_ID_18}/${user.id}`;
}

/** What a token request answers. */
export interface TokenReply {
  access_token: string;
  signature: string;
  scope: string;
  instance_url: string;
  id: string;
  token_type: 'Bearer';
  /** Milliseconds since the epoch, as a string. */
  issued_at: string;
  refresh_token?: string;
  id_token?: string;
}

/** There is no `expires_in`: how long a token lives is the org's session policy. */
export function tokenReply(
  session: Session,
  client: OAuthClient,
  user: SandboxUser,
  origin: string,
): TokenReply {
  const id = identityUrl(origin, user);
  const issuedAt = String(session.issuedAt);
  return {
    access_token: session.token,
    signature: createHmac('sha256', client.consumerSecret ?? '')
      .update(id + issuedAt)
      .digest('base64'),
    scope: session.scope,
    instance_url: origin,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}
