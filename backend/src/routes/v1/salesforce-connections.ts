import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { startAuthorization } from '../../engine/setup/authorize-salesforce.ts';
import { connectDirectly } from '../../engine/setup/connect-salesforce.ts';
import { SyncError } from '../../lib/errors.ts';
import { assertAllowedUrl } from '../../lib/hosts.ts';
import { readPrivateKey } from '../../salesforce/oauth.ts';
import {
  authorizationSchema,
  authorizationStartedSchema,
  authorizeSalesforceSchema,
  connectByClientCredentialsSchema,
  connectByJwtSchema,
  connectByPasswordSchema,
  connectionSchema,
  idParamsSchema,
} from '../../schemas/connection.ts';
import { readOAuthAttempt } from '../../store/oauth-attempts.ts';
import { readTenant } from '../../store/tenants.ts';
import { toBody, toProblem } from './connections.ts';

const tags = ['connections'];
const config = { access: 'setup' } as const;

/** Pages that may open the window in which Salesforce is authorized: those of Lightning. */
const RETURN_HOSTS = ['*.lightning.force.com', '*.my.salesforce.com', '*.vf.force.com'];

const routes: FastifyPluginAsyncZod = async (app) => {
  const allowLoopback = app.config.sandbox !== undefined;

  /** The org's own My Domain, as it named it when its set-up began. */
  async function ownLoginUrl(tenantId: string): Promise<string> {
    const tenant = await app.database.withTenant(tenantId, readTenant);
    return tenant?.instanceUrl ?? 'https://login.salesforce.com';
  }

  app.post(
    '/connections/salesforce/authorize',
    {
      config,
      schema: {
        summary: 'Start to authorize Salesforce in a browser window',
        description:
          'OAuth 2.0 web server flow with PKCE. The window ends on a page that says what came of it.',
        tags,
        body: authorizeSalesforceSchema,
        response: { 201: authorizationStartedSchema },
      },
    },
    async (request, reply) => {
      const { loginUrl, myDomain, returnUrl } = request.body;
      const asked =
        loginUrl ?? (myDomain === undefined ? undefined : `https://${myDomain}.my.salesforce.com`);
      const started = await startAuthorization(app.setup, request.origin, {
        loginUrl: originOf(asked ?? (await ownLoginUrl(request.tenant.id))),
        returnUrl: returnUrl && assertAllowedUrl(returnUrl, RETURN_HOSTS, allowLoopback).href,
      });
      return reply.code(201).send({
        authorizationId: started.id,
        authorizeUrl: started.authorizeUrl,
        expiresAt: started.expiresAt.toISOString(),
      });
    },
  );

  app.get(
    '/connections/salesforce/authorizations/:id',
    {
      config,
      schema: {
        summary: 'What came of an authorization window',
        tags,
        params: idParamsSchema,
        response: { 200: authorizationSchema },
      },
    },
    async (request) => {
      const attempt = await app.database.withTenant(request.tenant.id, (tx) =>
        readOAuthAttempt(tx, request.params.id),
      );
      if (!attempt) throw new SyncError('SYNC_NOT_FOUND');
      const isOver = attempt.expiresAt.getTime() <= app.clock.now();
      const waiting = isOver ? ('expired' as const) : ('pending' as const);
      const { outcome } = attempt;
      return {
        authorizationId: attempt.id,
        state: outcome === 'pending' || outcome === 'answered' ? waiting : outcome,
        problem: toProblem(attempt.code),
        expiresAt: attempt.expiresAt.toISOString(),
      };
    },
  );

  app.post(
    '/connections/salesforce/jwt',
    {
      config,
      schema: {
        summary: 'Connect Salesforce by a certificate (JWT bearer flow)',
        tags,
        body: connectByJwtSchema,
        response: { 201: connectionSchema },
      },
    },
    async (request, reply) => {
      const { username, consumerKey, privateKey, loginUrl } = request.body;
      readPrivateKey(privateKey);
      const connection = await connectDirectly(app.setup, request.origin, {
        method: 'jwt',
        username,
        consumerKey,
        privateKey,
        loginUrl: originOf(loginUrl ?? (await ownLoginUrl(request.tenant.id))),
      });
      return reply.code(201).send(toBody(connection));
    },
  );

  app.post(
    '/connections/salesforce/client-credentials',
    {
      config,
      schema: {
        summary: 'Connect Salesforce by client credentials',
        tags,
        body: connectByClientCredentialsSchema,
        response: { 201: connectionSchema },
      },
    },
    async (request, reply) => {
      const { instanceUrl, consumerKey, consumerSecret } = request.body;
      const connection = await connectDirectly(app.setup, request.origin, {
        method: 'client_credentials',
        consumerKey,
        consumerSecret,
        loginUrl: originOf(instanceUrl),
      });
      return reply.code(201).send(toBody(connection));
    },
  );

  app.post(
    '/connections/salesforce/password',
    {
      config,
      schema: {
        summary: 'Connect a Salesforce sandbox by user name and password',
        description: 'Only where the service is set to allow it; Salesforce retires this login in 2027.',
        tags,
        body: connectByPasswordSchema,
        response: { 201: connectionSchema },
      },
    },
    async (request, reply) => {
      const { username, password, securityToken, loginUrl } = request.body;
      const connection = await connectDirectly(app.setup, request.origin, {
        method: 'password',
        username,
        password: password + securityToken,
        loginUrl: originOf(loginUrl ?? (await ownLoginUrl(request.tenant.id))),
      });
      return reply.code(201).send(toBody(connection));
    },
  );

  function originOf(url: string): string {
    return assertAllowedUrl(url, app.config.salesforce.loginHosts, allowLoopback).origin;
  }
};

export default routes;
