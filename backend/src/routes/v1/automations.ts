import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isOffered } from '../../engine/offers.ts';
import { actForPerson } from '../../engine/person-actions.ts';
import { automationsSchema, offerSchema } from '../../schemas/automation.ts';
import { actionDoneSchema, actionInputSchema, targetParamsSchema } from '../../schemas/person.ts';
import { recordAudit } from '../../store/audit.ts';
import { readAutomationOffer, saveAutomationOffer, type AutomationOffer } from '../../store/settings.ts';
import { openSides, scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/automations',
    {
      schema: {
        summary: 'The platform’s automations, and which of them record pages offer',
        tags: ['record pages'],
        querystring: connectionQuery,
        response: { 200: automationsSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { connector } = await openSides(app, scope);
      const automations = await connector.automations();
      const { enabled, automationIds } = await app.database.withTenant(scope.tenantId, (tx) =>
        readAutomationOffer(tx, scope),
      );
      return {
        enabled,
        automations: automations.map((item) => ({ ...item, offered: isOffered(item, automationIds) })),
      };
    },
  );

  app.post(
    '/automations/:id/add',
    {
      schema: {
        summary: 'Add one person to an automation',
        description:
          'A repeat within a minute is refused with SYNC_REPEAT_UNCONFIRMED unless it is confirmed.',
        tags: ['record pages'],
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
      const wish = { kind: 'automation', targetId, object, salesforceId, confirmed } as const;
      const doneAt = await actForPerson(app, scope, request.origin, wish, {
        list: () => connector.automations(),
        act: ({ platformId }) => connector.addToAutomation(platformId, targetId),
      });
      return { doneAt: new Date(doneAt).toISOString() };
    },
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
