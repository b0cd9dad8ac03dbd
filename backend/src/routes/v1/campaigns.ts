import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isOffered } from '../../engine/offers.ts';
import { actForPerson } from '../../engine/person-actions.ts';
import { SyncError } from '../../lib/errors.ts';
import { campaignsSchema } from '../../schemas/automation.ts';
import { actionDoneSchema, actionInputSchema, targetParamsSchema } from '../../schemas/person.ts';
import { readAutomationOffer } from '../../store/settings.ts';
import { openSides, scopeOf } from '../sides.ts';

const tags = ['record pages'];
const connectionQuery = z.object({ connectionId: z.uuid().optional() });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/campaigns',
    {
      schema: {
        summary: 'The platform’s campaigns, and which of them record pages offer',
        tags,
        querystring: connectionQuery,
        response: { 200: campaignsSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { connector } = await openSides(app, scope);
      const campaigns = await connector.campaigns();
      const { enabled, campaignIds } = await app.database.withTenant(scope.tenantId, (tx) =>
        readAutomationOffer(tx, scope),
      );
      return {
        enabled,
        campaigns: campaigns.map((campaign) => ({ ...campaign, offered: isOffered(campaign, campaignIds) })),
      };
    },
  );

  app.post(
    '/campaigns/:id/send',
    {
      schema: {
        summary: 'Send one campaign to one person',
        description:
          'People who unsubscribed or whose mail bounces get nothing, which the platform does not tell. A repeat ' +
          'within a minute is refused with SYNC_REPEAT_UNCONFIRMED unless it is confirmed.',
        tags,
        params: targetParamsSchema,
        querystring: connectionQuery,
        body: actionInputSchema,
        response: { 200: actionDoneSchema },
      },
    },
    async (request) => {
      const { id: targetId } = request.params;
      const { object, salesforceId, confirm: confirmed } = request.body;
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { connector } = await openSides(app, scope);
      const wish = { kind: 'campaign', targetId, object, salesforceId, confirmed } as const;
      const doneAt = await actForPerson(app, scope, request.origin, wish, {
        list: () => connector.campaigns(),
        async act({ email }) {
          if (email === null) throw new SyncError('SYNC_EMAIL_MISSING');
          await connector.sendCampaign({ campaignId: targetId, email, kind: 'send' });
        },
      });
      return { doneAt: new Date(doneAt).toISOString() };
    },
  );
};

export default routes;
