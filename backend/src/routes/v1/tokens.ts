import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SyncError } from '../../lib/errors.ts';
import { idParamsSchema } from '../../schemas/connection.ts';
import { recordAudit } from '../../store/audit.ts';
import { listTokens, revokeToken } from '../../store/tokens.ts';
import { sentence } from '../../words/told.ts';

const tags = ['set-up'];

const tokenSchema = z
  .object({
    id: z.uuid(),
    isCurrent: z.boolean().describe('Whether it is the one that this request carries.'),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'OrgToken' });

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/tokens',
    {
      schema: {
        summary: 'The org’s tokens, one for each installation',
        tags,
        response: { 200: z.object({ tokens: z.array(tokenSchema) }) },
      },
    },
    async (request) => {
      const tokens = await app.database.withTenant(request.tenant.id, listTokens);
      return {
        tokens: tokens.map(({ id, createdAt, lastUsedAt, revokedAt }) => ({
          id,
          isCurrent: id === request.tenant.tokenId,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
          revokedAt: revokedAt?.toISOString() ?? null,
        })),
      };
    },
  );

  app.delete(
    '/tokens/:id',
    {
      schema: {
        summary: 'Revoke a token: it opens nothing from now on',
        tags,
        params: idParamsSchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { actor, requestId } = request.origin;
      await app.database.withTenant(request.tenant.id, async (tx) => {
        if (!(await revokeToken(tx, id)))
          throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such live token.'));
        await recordAudit(tx, { action: 'token.revoked', actor, subject: id, requestId });
      });
      return reply.code(204).send(null);
    },
  );
};

export default routes;
