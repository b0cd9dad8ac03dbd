import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SyncError } from '../../lib/errors.ts';
import { campaignsSchema } from '../../schemas/automation.ts';
import { actionSchema, answerAction, listingSchema, withOffer } from '../person-action.ts';
import { openSides, scopeOf } from '../sides.ts';

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/campaigns',
    {
      schema: listingSchema(
        'The platform’s campaigns, and which of them record pages offer',
        campaignsSchema,
      ),
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { connector } = await openSides(app, scope);
      const { enabled, items } = await withOffer(app, scope, 'campaign', await connector.campaigns());
      return { enabled, campaigns: items };
    },
  );

  app.post(
    '/campaigns/:id/send',
    {
      schema: actionSchema(
        'Send one campaign to one person',
        'People who unsubscribed or whose mail bounces get nothing, which the platform does not tell.',
      ),
    },
    (request) =>
      answerAction(app, request, request, 'campaign', (connector, campaignId) => ({
        list: () => connector.campaigns(),
        async act({ email }) {
          if (email === null) throw new SyncError('SYNC_EMAIL_MISSING');
          await connector.sendCampaign({ campaignId, email, kind: 'send' });
        },
      })),
  );
};

export default routes;
