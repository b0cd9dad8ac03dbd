import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Identity } from '../identity.ts';
import type { SandboxUser } from '../users.ts';
import { allowsRefresh, grantedScope, hasScope } from './clients.ts';
import type { OAuthClient } from './clients.ts';
import { OAuthError } from './errors.ts';
import { verifyAssertion } from './assertion.ts';
import { originOf, tokenReply } from './replies.ts';
import type { TokenReply } from './replies.ts';

/** An empty parameter counts as absent. */
const text = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));
const formSchema = z.object({
  grant_type: text,
  client_id: text,
  client_secret: text,
  code: text,
  redirect_uri: text,
  code_verifier: text,
  refresh_token: text,
  assertion: text,
  username: text,
  password: text,
  scope: text,
});
type TokenForm = z.infer<typeof formSchema>;

interface TokenContext {
  readonly identity: Identity;
  readonly form: TokenForm;
  readonly origin: string;
}

const GRANTS: Readonly<Record<string, (context: TokenContext) => Promise<TokenReply>>> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': bearAssertion,
  client_credentials: useClientCredentials,
  password: usePassword,
};

/** `POST /services/oauth2/token` (Salesforce Help: OAuth Authorization Flows). */
export function registerTokenEndpoint(app: FastifyInstance, identity: Identity): void {
  app.post('/services/oauth2/token', async (request, reply) => {
    void reply.header('Cache-Control', 'no-store').header('Pragma', 'no-cache');
    const form = formSchema.safeParse({ ...asObject(request.query), ...asObject(request.body) });
    if (!form.success) throw new OAuthError('invalid_request', 'a parameter was sent twice');
    const grant = GRANTS[form.data.grant_type ?? ''];
    if (!grant) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
    const credentials = { ...form.data, ...basicCredentials(request.headers.authorization) };
    return grant({ identity, form: credentials, origin: originOf(request) });
  });
}

async function redeemCode({ identity, form, origin }: TokenContext): Promise<TokenReply> {
  const client = identity.clients.authenticate(form.client_id, form.client_secret);
  if (form.code === undefined) throw new OAuthError('invalid_request', 'missing required parameter: code');
  const approval = identity.grants.redeemCode({
    code: form.code,
    clientId: client.consumerKey,
    redirectUri: form.redirect_uri,
    verifier: form.code_verifier,
  });
  const user = activeUser(identity, approval.userId);
  if (!allowsRefresh(approval.scope)) return issue({ identity, origin, client, user, scope: approval.scope });
  const { grant, refreshToken } = identity.grants.open({
    clientId: client.consumerKey,
    userId: user.id,
    scope: approval.scope,
  });
  const reply = await issue({ identity, origin, client, user, scope: grant.scope, grantId: grant.id });
  return { ...reply, refresh_token: refreshToken };
}

async function refresh({ identity, form, origin }: TokenContext): Promise<TokenReply> {
  const client = identity.clients.authenticate(form.client_id, form.client_secret);
  if (form.refresh_token === undefined) {
    throw new OAuthError('invalid_request', 'missing required parameter: refresh_token');
  }
  const { grant, refreshToken } = identity.grants.rotate(form.refresh_token, client.consumerKey);
  const user = activeUser(identity, grant.userId);
  const reply = await issue({ identity, origin, client, user, scope: grant.scope, grantId: grant.id });
  return { ...reply, refresh_token: refreshToken };
}

async function bearAssertion({ identity, form, origin }: TokenContext): Promise<TokenReply> {
  if (form.assertion === undefined)
    throw new OAuthError('invalid_request', 'missing required parameter: assertion');
  const { client, user } = await verifyAssertion(identity, form.assertion, origin);
  return issue({ identity, origin, client, user, scope: 'api id web' });
}

async function useClientCredentials({ identity, form, origin }: TokenContext): Promise<TokenReply> {
  const client = identity.clients.authenticate(form.client_id, form.client_secret);
  const user =
    client.runAsUsername === undefined ? undefined : identity.users.byUsername(client.runAsUsername);
  if (!user) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
  return issue({ identity, origin, client, user, scope: 'api id' });
}

async function usePassword({ identity, form, origin }: TokenContext): Promise<TokenReply> {
  const client = identity.clients.authenticate(form.client_id, form.client_secret);
  const user = identity.users.authenticate(form.username ?? '', form.password ?? '', 'required');
  if (!user) throw new OAuthError('invalid_grant', 'authentication failure - Invalid Password');
  return issue({ identity, origin, client, user, scope: grantedScope(form.scope) });
}

interface Issue {
  readonly identity: Identity;
  readonly origin: string;
  readonly client: OAuthClient;
  readonly user: SandboxUser;
  readonly scope: string;
  readonly grantId?: string;
}

async function issue({ identity, origin, client, user, scope, grantId }: Issue): Promise<TokenReply> {
  const session = identity.sessions.issue(user, {
    clientId: client.consumerKey,
    scope,
    ...(grantId === undefined ? {} : { grantId }),
  });
  const reply = tokenReply(session, client, user, origin);
  if (!hasScope(scope, 'openid')) return reply;
  return { ...reply, id_token: await identity.idTokens.sign({ session, client, user, origin }) };
}

function activeUser(identity: Identity, userId: string): SandboxUser {
  const user = identity.users.byId(userId);
  if (!user) throw new OAuthError('inactive_user', 'user is inactive');
  return user;
}

function basicCredentials(
  header: string | undefined,
): Partial<Pick<TokenForm, 'client_id' | 'client_secret'>> {
  const encoded = /^Basic\s+(.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const [id, ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { client_id: decodeURIComponent(id ?? ''), client_secret: decodeURIComponent(secret.join(':')) };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
