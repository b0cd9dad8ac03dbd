import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ensureHook, hookUrls, registerHook } from '../../engine/hook-addresses.ts';
import { readHook } from '../../store/hooks.ts';
import { openSides, scopeOf } from '../sides.ts';
import { requestTags } from '../../engine/request-tags.ts';

/** The addresses that an org's platform calls. */
const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/hooks',
    {
      schema: {
        summary: 'The addresses that the platform calls: for automations, and for changes',
        tags: ['hooks'],
        querystring: z.object({ connectionId: z.uuid().optional() }),
        response: {
          200: z.object({
            createLeadUrl: z.url().describe('For the webhook step "Create a lead in Salesforce".'),
            createContactUrl: z.url().describe('For the webhook step "Create a contact in Salesforce".'),
            changesUrl: z.url(),
            registered: z.boolean().describe('Whether the platform reports changes here.'),
            lastCalledAt: z.iso.datetime().nullable(),
            requestTags: z.array(z.string()).describe('Tags that do the same as the webhook steps.'),
          }),
        },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const secret = await ensureHook(app.database, app.vault, scope);
      const hook = await app.database.withTenant(scope.tenantId, (tx) => readHook(tx, scope));
      return {
        ...hookUrls(app.config.publicUrl, secret),
        registered: hook?.platformHookId != null,
        lastCalledAt: hook?.lastCalledAt?.toISOString() ?? null,
        requestTags: Object.keys(requestTags),
      };
    },
  );

  app.post(
    '/hooks/register',
    {
      schema: {
        summary: 'Ask the platform to report changes, so that batches start early',
        description: 'Needs a public address; without it changes are found by polling.',
        tags: ['hooks'],
        querystring: z.object({ connectionId: z.uuid().optional() }),
        response: { 200: z.object({ registered: z.literal(true) }) },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      await registerHook(
        app.database,
        app.vault,
        app.config.publicUrl,
        scope,
        (await openSides(app, scope)).connector,
      );
      return { registered: true as const };
    },
  );
};

export default routes;
