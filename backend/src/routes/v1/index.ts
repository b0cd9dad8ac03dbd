import fp from 'fastify-plugin';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pressure from '../../plugins/pressure.ts';
import storableText from '../../plugins/storable-text.ts';
import activities from './activities.ts';
import automations from './automations.ts';
import campaigns from './campaigns.ts';
import conflicts from './conflicts.ts';
import connections from './connections.ts';
import dryRuns from './dry-runs.ts';
import fields from './fields.ts';
import health from './health.ts';
import hookDeliveries from './hook-deliveries.ts';
import hooks from './hooks.ts';
import mappings from './mappings.ts';
import notices from './notices.ts';
import oauthCallback from './oauth-callback.ts';
import records from './records.ts';
import runs from './runs.ts';
import salesforceConnections from './salesforce-connections.ts';
import schedule from './schedule.ts';
import selections from './selections.ts';
import setupSessions from './setup-sessions.ts';
import tokens from './tokens.ts';

const plugins = {
  setupSessions,
  tokens,
  connections,
  salesforceConnections,
  oauthCallback,
  fields,
  mappings,
  selections,
  schedule,
  runs,
  dryRuns,
  notices,
  hooks,
  hookDeliveries,
  records,
  conflicts,
  health,
  activities,
  campaigns,
  automations,
};

/** The package's API: every route needs an org token unless it says otherwise. */
const routes: FastifyPluginAsyncZod = async (app) => {
  await app.register(pressure);
  await app.register(storableText);
  app.addHook('onRequest', app.authenticate);
  // By name: a start that fails says where, and fastify need not look through all modules for one.
  for (const [name, plugin] of Object.entries(plugins))
    await app.register(fp(plugin, { name: `v1 ${name}`, encapsulate: true }));
};

export default fp(routes, { name: 'v1', encapsulate: true });
