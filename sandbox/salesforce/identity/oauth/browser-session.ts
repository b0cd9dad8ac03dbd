import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Identity } from '../identity.ts';
import type { SandboxUser } from '../users.ts';

/** Salesforce's own cookie name; its value is an access token. */
const COOKIE = 'sid';

/** Who is logged in in this browser. */
export function browserUser(identity: Identity, request: FastifyRequest): SandboxUser | undefined {
  const token = browserToken(request);
  return token === undefined ? undefined : identity.sessions.user(token);
}

/** The access token that this browser's login cookie carries, alive or not. */
function browserToken(request: FastifyRequest): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, ...value] = pair.trim().split('=');
    if (name === COOKIE) return decodeURIComponent(value.join('='));
  }
  return undefined;
}

/** Logs a browser in. */
export function startBrowserSession(identity: Identity, reply: FastifyReply, user: SandboxUser): void {
  const session = identity.sessions.issue(user, { clientId: 'browser', scope: 'web full' });
  void reply.header(
    'Set-Cookie',
    `${COOKIE}=${encodeURIComponent(session.token)}; Path=/; HttpOnly; SameSite=Lax`,
  );
}

export function endBrowserSession(identity: Identity, request: FastifyRequest, reply: FastifyReply): void {
  const token = browserToken(request);
  if (token !== undefined) identity.sessions.revoke(token);
  void reply.header('Set-Cookie', `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
}
