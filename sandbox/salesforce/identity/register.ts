import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';
import { ControlError, installDoors } from '../../common/control.ts';
import type { Identity } from './identity.ts';
import { registerAuthorize } from './oauth/authorize.ts';
import { OAuthError } from './oauth/errors.ts';
import { registerLogin } from './oauth/login.ts';
import { registerTokenEndpoint } from './oauth/token-endpoint.ts';
import { registerTokenServices } from './oauth/token-services.ts';
import { registerUserInfo } from './oauth/user-info.ts';
import { registerSoapLogin } from './soap.ts';

/** The login pages, OAuth 2.0 and SOAP login. */
export function registerIdentity(app: FastifyInstance, identity: Identity): void {
  app.register(
    fp(
      async (oauth) => {
        await oauth.register(formbody);
        oauth.setErrorHandler(async (error, _request, reply) => {
          if (error instanceof OAuthError)
            return reply.code(400).header('Cache-Control', 'no-store').send(error.body);
          throw error;
        });
        registerLogin(oauth, identity);
        registerAuthorize(oauth, identity);
        registerTokenEndpoint(oauth, identity);
        registerTokenServices(oauth, identity);
        registerUserInfo(oauth, identity);
      },
      { name: 'oauth', encapsulate: true },
    ),
  );
  app.register(fp(async (soap) => registerSoapLogin(soap, identity), { name: 'soap', encapsulate: true }));
}

const fieldAccessSchema = z.object({
  username: z.string(),
  object: z.string(),
  field: z.string(),
  access: z.enum(['none', 'read', 'edit']),
});
const sessionsSchema = z.object({
  expireAccessTokens: z.boolean().optional(),
  accessTokenSeconds: z.number().int().positive().optional(),
});
const clientsSchema = z.object({
  consumerKey: z.string().default('sandbox-consumer-key'),
  publicKey: z.string(),
});

/**
 * Control doors: `POST /__sandbox/field-access` `{username, object, field, access}`, `POST /__sandbox/sessions`
 * `{expireAccessTokens?, accessTokenSeconds?}` (the latter for tokens issued from then on), `POST /__sandbox/clients`
 * `{consumerKey?, publicKey}` (PEM, a key or a certificate, for the JWT bearer flow).
 */
export function registerIdentityDoors(app: FastifyInstance, identity: Identity): void {
  installDoors(app, (doors) => {
    doors.post('/field-access', async (request) => {
      const body = fieldAccessSchema.parse(request.body);
      if (!identity.users.setFieldAccess(body.username, body.object, body.field, body.access)) {
        throw new ControlError(`There is no user ${body.username}.`);
      }
      return body;
    });

    doors.post('/sessions', async (request) => {
      const body = sessionsSchema.parse(request.body);
      if (body.accessTokenSeconds !== undefined)
        identity.sessions.accessTokenSeconds = body.accessTokenSeconds;
      if (body.expireAccessTokens) identity.sessions.expireAll();
      return { accessTokenSeconds: identity.sessions.accessTokenSeconds };
    });

    doors.post('/clients', async (request) => {
      const body = clientsSchema.parse(request.body);
      try {
        identity.clients.setPublicKey(body.consumerKey, body.publicKey);
      } catch (error) {
        throw new ControlError(error instanceof Error ? error.message : String(error));
      }
      return { consumerKey: body.consumerKey };
    });
  });
}
