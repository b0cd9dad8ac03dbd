import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { errorBodySchema } from '../schemas/error.ts';

const okSchema = z.object({ status: z.literal('ok') });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      schema: {
        summary: 'Whether the process runs',
        tags: ['operation'],
        security: [],
        response: { 200: okSchema },
      },
    },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/ready',
    {
      schema: {
        summary: 'Whether it can work: the database answers and requests are not being turned away',
        tags: ['operation'],
        security: [],
        response: { 200: okSchema, 503: errorBodySchema },
      },
    },
    async () => {
      await app.database.system((tx) => tx.query('SELECT 1'));
      return { status: 'ok' as const };
    },
  );
};

export default routes;
