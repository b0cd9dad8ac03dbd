import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import { chooseSchema, conflictSchema, conflictStateSchema } from '../../schemas/conflict.ts';
import { recordAudit } from '../../store/audit.ts';
import { chooseConflict, listConflicts, readConflict, type StoredConflict } from '../../store/conflicts.ts';
import { linksByIds, makeDue, type Link } from '../../store/links.ts';
import { toIso } from '../../store/scope.ts';
import { readMappings } from '../../store/settings.ts';
import { accountPath } from '../../sync/account-name.ts';
import type { ObjectMapping, SalesforceObject } from '../../sync/types.ts';
import type { Generation } from '../../store/settings.ts';
import type { Language } from '../../words/language.ts';
import { sentence } from '../../words/told.ts';
import { toSummary } from '../record-summary.ts';
import { scopeOf } from '../sides.ts';

const tags = ['conflicts'];
const connectionQuery = z.object({ connectionId: z.uuid().optional() });
type Mappings = ReadonlyMap<SalesforceObject, Generation<ObjectMapping>>;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/conflicts',
    {
      schema: {
        summary: 'Fields that both systems changed differently, the newest first',
        tags,
        querystring: connectionQuery.extend({
          state: conflictStateSchema.optional().describe('All when left out.'),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: z.object({ conflicts: z.array(conflictSchema) }) },
      },
    },
    async (request) => {
      const { connectionId, state, limit } = request.query;
      const scope = await scopeOf(app, request, connectionId);
      return app.database.withTenant(scope.tenantId, async (tx) => {
        const conflicts = await listConflicts(tx, scope, { ...(state && { state }), limit });
        const ids = [...new Set(conflicts.map((conflict) => conflict.linkId))];
        const links = new Map((await linksByIds(tx, scope, ids)).map((link) => [link.id, link]));
        const mappings = await readMappings(tx, scope);
        const language = languageOf(request);
        return {
          conflicts: conflicts.map((conflict) =>
            toBody(conflict, links.get(conflict.linkId), mappings, language),
          ),
        };
      });
    },
  );

  app.post(
    '/conflicts/:id/choose',
    {
      schema: {
        summary: 'Decide whose value stays; the next run writes it to the other side',
        tags,
        params: z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
        querystring: connectionQuery,
        body: chooseSchema,
        response: { 200: conflictSchema },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { winner, userId } = request.body;
      const { actor, requestId } = request.origin;
      const scope = await scopeOf(app, request, request.query.connectionId);
      return app.database.withTenant(scope.tenantId, async (tx) => {
        const before = await readConflict(tx, scope, id);
        if (before === undefined)
          throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such conflict.'));
        const by = userId ?? `token ${request.tenant.tokenId}`;
        const chosen = await chooseConflict(tx, scope.tenantId, id, { winner, by });
        if (chosen === null) {
          throw new SyncError('SYNC_CONFLICT_DECIDED', undefined, {
            winner: before.winner,
            state: before.state,
          });
        }
        await makeDue(tx, scope, [chosen.linkId], app.clock.now());
        await recordAudit(tx, {
          action: 'conflict.resolved',
          actor,
          subject: String(id),
          details: { field: before.field, winner, ...(userId === undefined ? {} : { userId }) },
          requestId,
        });
        const [link] = await linksByIds(tx, scope, [chosen.linkId]);
        return toBody(
          { ...before, winner, state: 'chosen', settledBy: by },
          link,
          await readMappings(tx, scope),
          languageOf(request),
        );
      });
    },
  );
};

function toBody(
  conflict: StoredConflict,
  link: Link | undefined,
  mappings: Mappings,
  language: Language,
): z.infer<typeof conflictSchema> {
  return {
    id: conflict.id,
    record: link === undefined ? null : toSummary(link, language),
    salesforceField: link === undefined ? null : salesforceFieldOf(link.object, conflict.field, mappings),
    platformField: conflict.field,
    policy: conflict.policy,
    agreed: conflict.base ?? null,
    salesforce: conflict.salesforce,
    platform: conflict.platform,
    winner: conflict.winner,
    state: conflict.state,
    reason: conflict.reason,
    detectedAt: new Date(conflict.detectedAt).toISOString(),
    settledAt: toIso(conflict.settledAt),
    settledBy: conflict.settledBy,
  };
}

/** The Salesforce field that a platform field is mapped to; null where it is not any more. */
function salesforceFieldOf(object: SalesforceObject, key: string, mappings: Mappings): string | null {
  const row = mappings.get(object)?.value.fields.find(({ platform }) => platform === key);
  if (row !== undefined) return row.salesforce;
  const nameKeys = ['account', mappings.get('Account')?.value.accountNameField];
  return object === 'Contact' && nameKeys.includes(key) ? accountPath : null;
}

export default routes;
