import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findSyncedPerson } from '../../engine/people.ts';
import { activitiesSchema } from '../../schemas/activity.ts';
import { recordPageSchema } from '../../schemas/person.ts';
import { openSides, scopeOf } from '../sides.ts';

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/activities',
    {
      schema: {
        summary: 'What a person did lately on the platform, and what was sent to them',
        tags: ['record pages'],
        querystring: recordPageSchema.extend({
          limit: z.coerce.number().int().min(1).max(500).default(20),
          connectionId: z.uuid().optional(),
        }),
        response: { 200: activitiesSchema },
      },
    },
    async (request) => {
      const { object, salesforceId, limit, connectionId } = request.query;
      const scope = await scopeOf(app, request, connectionId);
      const { platformId } = await app.database.withTenant(scope.tenantId, (tx) =>
        findSyncedPerson(tx, scope, object, salesforceId),
      );
      const { connector } = await openSides(app, scope);
      const { activities, more, missing } = await connector.activities(platformId, { limit });
      return { platformId, activities: [...activities], more, missing: [...missing] };
    },
  );
};

export default routes;
