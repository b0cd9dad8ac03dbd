import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pressure from '../../plugins/pressure.ts';
import storableText from '../../plugins/storable-text.ts';
import activities from './activities.ts';
import automations from './automations.ts';
import campaigns from './campaigns.ts';
import conflicts from './conflicts.ts';
import connections from './connections.ts';
import fields from './fields.ts';
import health from './health.ts';
import hookDeliveries from './hook-deliveries.ts';
import hooks from './hooks.ts';
import mappings from './mappings.ts';
import oauthCallback from './oauth-callback.ts';
import records from './records.ts';
import runs from './runs.ts';
import salesforceConnections from './salesforce-connections.ts';
import schedule from './schedule.ts';
import selections from './selections.ts';
import setupSessions from './setup-sessions.ts';
import tokens from './tokens.ts';

/** The package's API: every route needs an org token unless it says otherwise. */
const routes: FastifyPluginAsyncZod = async (app) => {
  await app.register(pressure);
  await app.register(storableText);
  app.addHook('onRequest', app.authenticate);
  await app.register(setupSessions);
  await app.register(tokens);
  await app.register(connections);
  await app.register(salesforceConnections);
  await app.register(oauthCallback);
  await app.register(fields);
  await app.register(mappings);
  await app.register(selections);
  await app.register(schedule);
  await app.register(runs);
  await app.register(hooks);
  await app.register(hookDeliveries);
  await app.register(records);
  await app.register(conflicts);
  await app.register(health);
  await app.register(activities);
  await app.register(campaigns);
  await app.register(automations);
};

export default routes;
