import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { automationsSchema, offerSchema } from '../../schemas/automation.ts';
import { recordAudit } from '../../store/audit.ts';
import { readAutomationOffer, saveAutomationOffer, type AutomationOffer } from '../../store/settings.ts';
import { actionSchema, answerAction, listingSchema, withOffer } from '../person-action.ts';
import { openSides, scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/automations',
    {
      schema: listingSchema(
        'The platform’s automations, and which of them record pages offer',
        automationsSchema,
      ),
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { connector } = await openSides(app, scope);
      const { enabled, items } = await withOffer(app, scope, 'automation', await connector.automations());
      return { enabled, automations: items };
    },
  );

  app.post('/automations/:id/add', { schema: actionSchema('Add one person to an automation') }, (request) =>
    answerAction(app, request, request, 'automation', (connector, automationId) => ({
      list: () => connector.automations(),
      act: ({ platformId }) => connector.addToAutomation(platformId, automationId),
    })),
  );

  app.get(
    '/automations/offer',
    {
      schema: {
        summary: 'What record pages offer to send and to add to',
        tags: ['settings'],
        querystring: connectionQuery,
        response: { 200: offerSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      return toBody(await app.database.withTenant(scope.tenantId, (tx) => readAutomationOffer(tx, scope)));
    },
  );

  app.put(
    '/automations/offer',
    {
      schema: {
        summary: 'Choose what record pages offer to send and to add to',
        tags: ['settings'],
        querystring: connectionQuery,
        body: offerSchema,
        response: { 200: offerSchema },
      },
    },
    async (request) => {
      const { actor, requestId } = request.origin;
      const scope = await scopeOf(app, request, request.query.connectionId);
      await app.database.withTenant(scope.tenantId, async (tx) => {
        await saveAutomationOffer(tx, scope, request.body);
        await recordAudit(tx, {
          action: 'automation.saved',
          actor,
          subject: scope.connectionId,
          details: { enabled: request.body.enabled },
          requestId,
        });
      });
      return request.body;
    },
  );
};

function toBody({ enabled, campaignIds, automationIds }: AutomationOffer): z.infer<typeof offerSchema> {
  return {
    enabled,
    campaignIds: campaignIds && [...campaignIds],
    automationIds: automationIds && [...automationIds],
  };
}

export default routes;
