import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pressure from '../../plugins/pressure.ts';
import connections from './connections.ts';
import oauthCallback from './oauth-callback.ts';
import salesforceConnections from './salesforce-connections.ts';
import setupSessions from './setup-sessions.ts';
import tokens from './tokens.ts';

/** The package's API: every route needs an org token unless it says otherwise. */
const routes: FastifyPluginAsyncZod = async (app) => {
  await app.register(pressure);
  app.addHook('onRequest', app.authenticate);
  await app.register(setupSessions);
  await app.register(tokens);
  await app.register(connections);
  await app.register(salesforceConnections);
  await app.register(oauthCallback);
};

export default routes;
