import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { LAST_SOAP_LOGIN_VERSION, OLDEST_API_VERSION } from './api-versions.ts';
import type { Identity } from './identity.ts';
import { originOf } from './oauth/replies.ts';
import { ORGANIZATION_ID, ORGANIZATION_ID_18, ORGANIZATION_NAME } from './organization.ts';
import type { SandboxUser } from './users.ts';

const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true });
const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: false });

const envelopeSchema = z.object({
  Envelope: z.object({
    Body: z.object({ login: z.object({ username: z.string(), password: z.string() }) }),
  }),
});

/**
 * `POST /services/Soap/u/{version}`: the partner API's `login()` and nothing else of SOAP (SOAP API Developer Guide,
 * login()). It exists up to version 64.0.
 */
export function registerSoapLogin(app: FastifyInstance, identity: Identity): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body);

  for (const path of ['/services/Soap/u/:version', '/services/Soap/u/:version/:organizationId']) {
    app.post(path, async (request, reply) => {
      const { version } = z.object({ version: z.string() }).parse(request.params);
      const major = Number(version);
      if (!(major >= OLDEST_API_VERSION && major <= LAST_SOAP_LOGIN_VERSION)) {
        return fault(
          reply,
          'UNSUPPORTED_API_VERSION',
          `login() is not available in version ${version} of the SOAP API`,
        );
      }
      const envelope = parse(request.body);
      if (!envelope) return fault(reply, 'UNKNOWN_EXCEPTION', 'No operation available for request');
      const { username, password } = envelope.Envelope.Body.login;
      const user = identity.users.authenticate(username, password, 'required');
      if (!user) {
        return fault(
          reply,
          'INVALID_LOGIN',
          'Invalid username, password, security token; or user locked out.',
        );
      }
      const session = identity.sessions.issue(user, { clientId: 'soap', scope: 'full' });
      const result = loginResult(user, {
        sessionId: session.token,
        lifetimeSeconds: identity.sessions.accessTokenSeconds,
        origin: originOf(request),
        version,
      });
      return xml(reply, { loginResponse: { '@xmlns': 'urn:partner.soap.sforce.com', result } });
    });
  }
}

function parse(body: unknown): z.infer<typeof envelopeSchema> | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    return envelopeSchema.safeParse(parser.parse(body)).data;
  } catch {
    return undefined;
  }
}

function loginResult(
  user: SandboxUser,
  session: { sessionId: string; lifetimeSeconds: number; origin: string; version: string },
): Record<string, unknown> {
  const { origin, version } = session;
  return {
    metadataServerUrl: `${origin}/services/Soap/m/${version}/${ORGANIZATION_ID}`,
    passwordExpired: false,
    sandbox: true,
    serverUrl: `${origin}/services/Soap/u/${version}/${ORGANIZATION_ID}`,
    sessionId: session.sessionId,
    userId: user.id,
    userInfo: {
      organizationId: ORGANIZATION_ID_18,
      organizationName: ORGANIZATION_NAME,
      profileId: user.profileId,
      sessionSecondsValid: session.lifetimeSeconds,
      userEmail: user.email,
      userFullName: `${user.firstName} ${user.lastName}`,
      userId: user.id,
      userLanguage: 'en_US',
      userLocale: 'en_US',
      userName: user.username,
      userTimeZone: user.timeZone,
      userType: 'Standard',
    },
  };
}

function fault(reply: FastifyReply, code: string, message: string): FastifyReply {
  return xml(reply.code(500), {
    'soapenv:Fault': {
      faultcode: `sf:${code}`,
      faultstring: `${code}: ${message}`,
      detail: {
        [`sf:${code === 'INVALID_LOGIN' ? 'LoginFault' : 'UnexpectedErrorFault'}`]: {
          'sf:exceptionCode': code,
          'sf:exceptionMessage': message,
        },
      },
    },
  });
}

function xml(reply: FastifyReply, body: Record<string, unknown>): FastifyReply {
  const envelope = builder.build({
    'soapenv:Envelope': {
      '@xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@xmlns:sf': 'urn:fault.partner.soap.sforce.com',
      'soapenv:Body': body,
    },
  });
  return reply.type('text/xml; charset=utf-8').send(`<?xml version="1.0" encoding="UTF-8"?>${envelope}`);
}
