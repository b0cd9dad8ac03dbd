import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { CURRENT_API_VERSION } from '../api-versions.ts';
import type { Identity } from '../identity.ts';
import { bearerToken } from '../bearer.ts';
import { toId18 } from '../../org/ids.ts';
import { ORGANIZATION_ID_18 } from '../organization.ts';
import type { SandboxUser } from '../users.ts';
import { identityUrl, originOf } from './replies.ts';

const identityParams = z.object({ organizationId: z.string(), userId: z.string() });
const identityQuery = z.object({ version: z.string().optional() });

/** `/services/oauth2/userinfo`, the identity URL `/id/{org}/{user}` and OpenID Connect discovery. */
export function registerUserInfo(app: FastifyInstance, identity: Identity): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/services/oauth2/userinfo',
    handler: async (request, reply) => {
      const user = bearer(identity, request, reply);
      return user ? userInfo(user, originOf(request), identity.clock.now()) : reply;
    },
  });

  app.get('/id/:organizationId/:userId', async (request, reply) => {
    const params = identityParams.parse(request.params);
    const caller = bearer(identity, request, reply);
    if (!caller) return reply;
    if (toId18(params.organizationId) !== ORGANIZATION_ID_18) return forbidden(reply, 'Wrong_Org');
    const user = identity.users.byId(params.userId);
    if (!user || (user.id !== caller.id && !caller.isAdmin)) return forbidden(reply, 'Bad_Id');
    const { version } = identityQuery.parse(request.query);
    return identityOf(user, originOf(request), version, identity.clock.now());
  });

  app.get('/id/keys', async () => identity.idTokens.publicKeys());

  app.get('/.well-known/openid-configuration', async (request) => {
    const origin = originOf(request);
    const oauth = `${origin}/services/oauth2`;
    return {
      issuer: origin,
      authorization_endpoint: `${oauth}/authorize`,
      token_endpoint: `${oauth}/token`,
      revocation_endpoint: `${oauth}/revoke`,
      userinfo_endpoint: `${oauth}/userinfo`,
      introspection_endpoint: `${oauth}/introspect`,
      jwks_uri: `${origin}/id/keys`,
      scopes_supported: [
        'id',
        'api',
        'web',
        'full',
        'openid',
        'profile',
        'email',
        'address',
        'phone',
        'refresh_token',
        'offline_access',
      ],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    };
  });
}

/** The caller; where there is none, the reply is sent: these doors answer 403 with a bare word, not 401. */
function bearer(identity: Identity, request: FastifyRequest, reply: FastifyReply): SandboxUser | undefined {
  const query = z
    .object({ access_token: z.string().optional(), oauth_token: z.string().optional() })
    .parse(request.query);
  const token = bearerToken(request) ?? query.access_token ?? query.oauth_token;
  const user = token === undefined ? undefined : identity.sessions.user(token);
  if (!user) void forbidden(reply, token === undefined ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token');
  return user;
}

function forbidden(reply: FastifyReply, word: string): FastifyReply {
  return reply.code(403).type('text/html; charset=UTF-8').send(word);
}

function serviceUrls(origin: string, user: SandboxUser, version: string): Record<string, string> {
  const data = `${origin}/services/data/v${version}`;
  return {
    enterprise: `${origin}/services/Soap/c/${version}/${ORGANIZATION_ID_18}`,
    metadata: `${origin}/services/Soap/m/${version}/${ORGANIZATION_ID_18}`,
    partner: `${origin}/services/Soap/u/${version}/${ORGANIZATION_ID_18}`,
    rest: `${data}/`,
    sobjects: `${data}/sobjects/`,
    search: `${data}/search/`,
    query: `${data}/query/`,
    recent: `${data}/recent/`,
    tooling_soap: `${origin}/services/Soap/T/${version}/${ORGANIZATION_ID_18}`,
    tooling_rest: `${data}/tooling/`,
    profile: `${origin}/${user.id}`,
    custom_domain: origin,
  };
}

/** Milliseconds from UTC without daylight saving, as Salesforce prints `utcOffset`. */
function standardOffset(user: SandboxUser, now: number): number {
  const zone = IANAZone.create(user.timeZone === 'GMT' ? 'Etc/GMT' : user.timeZone);
  const year = DateTime.fromMillis(now).year;
  const offsets = [1, 7].map((month) => zone.offset(DateTime.utc(year, month, 1).toMillis()));
  return Math.min(...offsets) * 60_000;
}

function userInfo(user: SandboxUser, origin: string, now: number): Record<string, unknown> {
  return {
    sub: identityUrl(origin, user),
    user_id: user.id,
    organization_id: ORGANIZATION_ID_18,
    preferred_username: user.username,
    nickname: user.alias,
    name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: user.timeZone,
    photos: photos(origin),
    profile: `${origin}/${user.id}`,
    picture: photos(origin).picture,
    address: {},
    urls: serviceUrls(origin, user, '{version}'),
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: standardOffset(user, now),
    updated_at: DateTime.fromMillis(now, { zone: 'utc' }).startOf('day').toISO(),
    is_app_installed: true,
    is_salesforce_integration_user: user.isIntegrationUser,
  };
}

function identityOf(
  user: SandboxUser,
  origin: string,
  version: string | undefined,
  now: number,
): Record<string, unknown> {
  const shownVersion = version === 'latest' ? CURRENT_API_VERSION : (version ?? '{version}');
  return {
    id: identityUrl(origin, user),
    asserted_user: true,
    user_id: user.id,
    organization_id: ORGANIZATION_ID_18,
    username: user.username,
    nick_name: user.alias,
    display_name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: user.timeZone,
    photos: photos(origin),
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: serviceUrls(origin, user, shownVersion),
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: standardOffset(user, now),
    last_modified_date: DateTime.fromMillis(now, { zone: 'utc' }).startOf('day').toISO(),
    is_app_installed: true,
  };
}

function photos(origin: string): { picture: string; thumbnail: string } {
  return { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` };
}
