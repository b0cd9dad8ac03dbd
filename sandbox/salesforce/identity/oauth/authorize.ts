import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import type { SandboxUser } from '../users.ts';
import { browserUser } from './browser-session.ts';
import { grantedScope, isRegisteredRedirect } from './clients.ts';
import { OAuthError } from './errors.ts';
import type { Approval } from './grants.ts';
import { approvalPage, loginPage, oauthErrorPage } from './pages.ts';

const text = z.string().optional();
const querySchema = z.object({
  response_type: text,
  client_id: text,
  redirect_uri: text,
  scope: text,
  state: text,
  prompt: text,
  login_hint: text,
  code_challenge: text,
  code_challenge_method: text,
});
type AuthorizeQuery = z.infer<typeof querySchema>;

const decisionSchema = z.object({ request: z.string(), decision: z.enum(['allow', 'deny']) });

/** BASE64URL of a SHA-256. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** An approval page that waits for its answer. */
interface Pending extends Approval {
  readonly state: string | undefined;
}

/**
 * The web server flow in the browser: `GET /services/oauth2/authorize` shows a login page, then an approval page,
 * and leads back to the app with a code or an error. PKCE with S256 is demanded of every app.
 */
export function registerAuthorize(app: FastifyInstance, identity: Identity): void {
  const pending = new Map<string, Pending>();

  app.get('/services/oauth2/authorize', async (request, reply) => {
    const query = querySchema.parse(request.query);
    const target = await returnTarget(identity, query, reply);
    if (!target) return reply;
    let asked: { scope: string; codeChallenge: string };
    try {
      asked = checkRequest(query);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return sendBack(reply, target.redirectUri, { ...error.body, state: query.state });
    }
    const user = query.prompt?.split(' ').includes('login') ? undefined : browserUser(identity, request);
    if (!user)
      return html(
        reply,
        loginPage({ startUrl: withoutLoginPrompt(request.url), username: query.login_hint }),
      );
    const handle = randomUUID();
    pending.set(handle, {
      clientId: target.clientId,
      userId: user.id,
      redirectUri: target.redirectUri,
      ...asked,
      state: query.state,
    });
    return html(
      reply,
      approvalPage({
        clientName: target.clientName,
        username: user.username,
        scope: asked.scope,
        request: handle,
      }),
    );
  });

  app.post('/services/oauth2/approval', async (request, reply) => {
    const form = decisionSchema.safeParse(request.body);
    const approval = form.success ? pending.get(form.data.request) : undefined;
    const user: SandboxUser | undefined = browserUser(identity, request);
    if (!form.success || !approval || approval.userId !== user?.id) {
      return html(
        reply.code(400),
        oauthErrorPage({
          error: 'invalid_request',
          error_description: 'the approval page is no longer valid',
        }),
      );
    }
    pending.delete(form.data.request);
    const { state, ...granted } = approval;
    if (form.data.decision === 'allow') {
      return sendBack(reply, granted.redirectUri, { code: identity.grants.issueCode(granted), state });
    }
    return sendBack(reply, granted.redirectUri, {
      error: 'access_denied',
      error_description: 'end-user denied authorization',
      state,
    });
  });
}

/** The app and where it wants the browser back. An unknown app or address gets an error page, never a redirect. */
async function returnTarget(
  identity: Identity,
  query: AuthorizeQuery,
  reply: FastifyReply,
): Promise<{ clientId: string; clientName: string; redirectUri: string } | undefined> {
  try {
    const client = identity.clients.get(query.client_id);
    if (query.redirect_uri === undefined)
      throw new OAuthError('invalid_request', 'missing required parameter: redirect_uri');
    if (!isRegisteredRedirect(query.redirect_uri)) {
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    }
    return { clientId: client.consumerKey, clientName: client.name, redirectUri: query.redirect_uri };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    await html(reply.code(400), oauthErrorPage(error.body));
    return undefined;
  }
}

function checkRequest(query: AuthorizeQuery): { scope: string; codeChallenge: string } {
  if (query.response_type !== 'code') {
    throw new OAuthError('unsupported_response_type', 'response type not supported');
  }
  if (query.code_challenge === undefined || query.code_challenge === '') {
    throw new OAuthError('invalid_request', 'missing required code challenge');
  }
  if ((query.code_challenge_method ?? 'S256') !== 'S256' || !CHALLENGE.test(query.code_challenge)) {
    throw new OAuthError('invalid_request', 'invalid code challenge');
  }
  return { scope: grantedScope(query.scope), codeChallenge: query.code_challenge };
}

/** The same request for after the login, so that `prompt=login` asks once. */
function withoutLoginPrompt(url: string): string {
  const [path = '', search = ''] = url.split('?', 2);
  const params = new URLSearchParams(search);
  const prompts = (params.get('prompt') ?? '')
    .split(' ')
    .filter((prompt) => prompt !== 'login' && prompt !== '');
  if (prompts.length > 0) params.set('prompt', prompts.join(' '));
  else params.delete('prompt');
  return `${path}?${params.toString()}`;
}

function sendBack(
  reply: FastifyReply,
  redirectUri: string,
  answer: Record<string, string | undefined>,
): FastifyReply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) url.searchParams.set(name, value);
  return reply.redirect(url.href, 302);
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=UTF-8').header('Cache-Control', 'no-store').send(page);
}
