import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import pressure from '../../plugins/pressure.ts';

/** The package's API: every route needs an org token unless it says otherwise. */
const routes: FastifyPluginAsyncZod = async (app) => {
  await app.register(pressure);
  app.addHook('onRequest', app.authenticate);
};

export default routes;
