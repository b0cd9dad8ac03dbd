import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { noteNotice } from '../../store/settings.ts';

const routes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/notices',
    {
      schema: {
        summary: 'Say that there is something to read in Salesforce',
        description:
          'Starts an outbound batch within seconds unless one has begun since; at most one waits, and batches that notices start keep half a minute between them. It carries no data and costs Salesforce no call: the batch reads what changed.',
        tags: ['runs'],
        body: z.strictObject({}),
        response: {
          202: z
            .object({
              isExpected: z
                .boolean()
                .describe('False: outbound batches are paused, not scheduled, or nothing is selected.'),
            })
            .meta({ id: 'NoticeTaken' }),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.tenant;
      const noted = await app.database.withTenant(id, (tx) => noteNotice(tx, id, app.clock.now()));
      return reply.code(202).send({ isExpected: noted > 0 });
    },
  );
};

export default routes;
