import type { FastifyInstance } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { lookAtRecord } from '../../engine/looks.ts';
import { lookedForAgain } from '../../engine/observe.ts';
import { groupByCause, linksWithProblems, retryCause } from '../../engine/problems.ts';
import { rowsOf, unlabelled, viewRecord, type FieldRow } from '../../engine/record-view.ts';
import { isSyncError, SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import {
  causeSchema,
  recordQuerySchema,
  recordSchema,
  recordSummarySchema,
  retriedSchema,
  retrySchema,
  startedSchema,
  syncNowSchema,
} from '../../schemas/record.ts';
import { listConflicts } from '../../store/conflicts.ts';
import { addHints } from '../../store/hints.ts';
import {
  linksByPlatformIds,
  linksBySalesforceIds,
  makeDue,
  saveLinks,
  summariseLinks,
  type Link,
} from '../../store/links.ts';
import { toIso, type Scope, type Tx } from '../../store/scope.ts';
import { readMappings } from '../../store/settings.ts';
import type { SalesforceObject } from '../../sync/types.ts';
import { sentence } from '../../words/told.ts';
import { toSummary, worded } from '../record-summary.ts';
import { toRun } from '../run-body.ts';
import { openSides, scopeOf } from '../sides.ts';
import { startBothRuns } from '../start-runs.ts';

const tags = ['records'];
const connectionQuery = z.object({ connectionId: z.uuid().optional() });

/** More than the fields of any mapping. */
const conflictsOfRecord = 500;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/records',
    {
      schema: {
        summary: 'One record: its state, and each field in Salesforce, as last agreed, and on the platform',
        tags,
        querystring: recordQuerySchema,
        response: { 200: recordSchema },
      },
    },
    async (request) => {
      const { connectionId, ...wanted } = request.query;
      const scope = await scopeOf(app, request, connectionId);
      const { link, conflicts } = await app.database.withTenant(scope.tenantId, async (tx) => {
        const found = await findLink(tx, scope, wanted);
        if (found === undefined) throw new SyncError('SYNC_RECORD_NOT_SYNCED', undefined, wanted);
        const filter = { linkId: found.id, limit: conflictsOfRecord };
        return { link: found, conflicts: await listConflicts(tx, scope, filter) };
      });
      const { fields, ...view } = viewRecord(link, await rowsNow(app, scope, link.object), conflicts);
      return {
        ...worded(view, languageOf(request)),
        salesforceChangedAt: toIso(view.salesforceChangedAt),
        platformChangedAt: toIso(view.platformChangedAt),
        fields: fields.map(({ lastWriter, ...field }) => ({
          ...field,
          lastWriter: lastWriter && { ...lastWriter, at: toIso(lastWriter.at) },
        })),
      };
    },
  );

  app.post(
    '/records/sync',
    {
      schema: {
        summary: 'Sync one record now',
        description:
          'Looks at the record again, gives it another try where it had failed, and starts both directions.',
        tags,
        querystring: connectionQuery,
        body: syncNowSchema,
        response: { 202: startedSchema },
      },
    },
    async (request, reply) => {
      const { object, salesforceId } = request.body;
      const scope = await scopeOf(app, request, request.query.connectionId);
      const now = app.clock.now();
      await app.database.withTenant(scope.tenantId, async (tx) => {
        if ((await readMappings(tx, scope)).get(object)?.value.enabled !== true) {
          throw new SyncError(
            'SYNC_MAPPING_MISSING',
            sentence('No field mapping is in use for {object}.', { object: sentence(object) }),
          );
        }
        await addHints(tx, scope, [lookAtRecord(object, salesforceId)], now);
        const link = (await linksBySalesforceIds(tx, scope, object, [salesforceId])).get(salesforceId);
        if (link?.platformId != null && link.state === 'linked' && object !== 'Account') {
          const { platformId: recordId } = link;
          await addHints(tx, scope, [{ side: 'platform', object: 'contact', recordId, reason: 'look' }], now);
        }
        if (link?.state === 'stopped') await saveLinks(tx, scope, [lookedForAgain(link, now)]);
        else if (link !== undefined && link.problem !== null) await makeDue(tx, scope, [link.id], now);
      });
      app.runner.forgetFields(scope.connectionId);
      const runs = await startBothRuns(app, scope);
      const language = languageOf(request);
      return reply.code(202).send({ runs: runs.map((run) => toRun(run, language)) });
    },
  );

  app.get(
    '/records/problems',
    {
      schema: {
        summary: 'The records that are not in step, and why',
        tags,
        querystring: connectionQuery.extend({
          code: z.string().max(100).optional().describe('One cause only.'),
          after: z.coerce.number().int().min(0).optional().describe('next of the page before.'),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: {
          200: z.object({
            records: z.array(recordSummarySchema),
            next: z.number().nullable().describe('Where the next page begins; null: there is none.'),
          }),
        },
      },
    },
    async (request) => {
      const { connectionId, code, after, limit } = request.query;
      const scope = await scopeOf(app, request, connectionId);
      const links = await app.database.withTenant(scope.tenantId, (tx) =>
        linksWithProblems(tx, scope, {
          ...(code === undefined ? {} : { code }),
          ...(after === undefined ? {} : { afterId: after }),
          limit,
        }),
      );
      const language = languageOf(request);
      return {
        records: links.map((link) => toSummary(link, language)),
        next: links.length < limit ? null : (links.at(-1)?.id ?? null),
      };
    },
  );

  app.get(
    '/records/problems/summary',
    {
      schema: {
        summary: 'Why records are not in step: how many by cause, and what helps',
        tags,
        querystring: connectionQuery,
        response: { 200: z.object({ causes: z.array(causeSchema) }) },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const summaries = await app.database.withTenant(scope.tenantId, (tx) => summariseLinks(tx, scope));
      return { causes: groupByCause(summaries) };
    },
  );

  app.post(
    '/records/problems/retry',
    {
      schema: {
        summary: 'Give every record with one cause another try',
        tags,
        querystring: connectionQuery,
        body: retrySchema,
        response: { 202: retriedSchema },
      },
    },
    async (request, reply) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const retried = await retryCause(app.database, scope, request.body.code, app.clock.now());
      app.runner.forgetFields(scope.connectionId);
      const runs = retried === 0 ? [] : await startBothRuns(app, scope);
      const language = languageOf(request);
      return reply.code(202).send({ retried, runs: runs.map((run) => toRun(run, language)) });
    },
  );
};

async function findLink(
  tx: Tx,
  scope: Scope,
  {
    object,
    salesforceId,
    platformId,
  }: {
    object?: SalesforceObject | undefined;
    salesforceId?: string | undefined;
    platformId?: string | undefined;
  },
): Promise<Link | undefined> {
  if (salesforceId !== undefined && object !== undefined) {
    return (await linksBySalesforceIds(tx, scope, object, [salesforceId])).get(salesforceId);
  }
  if (platformId === undefined) return undefined;
  const kind = object === 'Account' ? 'account' : 'contact';
  const links = await linksByPlatformIds(tx, scope, kind, [platformId]);
  return links.find((link) => link.state === 'linked') ?? links[0];
}

/** The object's mapped fields with their labels; without them where a system cannot be asked now. */
async function rowsNow(app: FastifyInstance, scope: Scope, object: SalesforceObject): Promise<FieldRow[]> {
  try {
    const settings = await app.runner.settings(scope, await openSides(app, scope));
    const own = settings.objects.get(object);
    return own === undefined ? [] : rowsOf(own);
  } catch (error) {
    if (!isSyncError(error)) throw error;
    const saved = await app.database.withTenant(scope.tenantId, (tx) => readMappings(tx, scope));
    return unlabelled(saved.get(object)?.value.fields ?? []);
  }
}

export default routes;
