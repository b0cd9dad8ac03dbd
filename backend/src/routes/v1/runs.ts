import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import {
  directionSchema,
  outcomeKindSchema,
  outcomeSchema,
  runSchema,
  runWithOutcomesSchema,
  startRunSchema,
} from '../../schemas/run.ts';
import { listOutcomes } from '../../store/outcomes.ts';
import { listRuns, readRun } from '../../store/runs.ts';
import { sentence } from '../../words/told.ts';
import { toOutcome, toRun } from '../run-body.ts';
import { scopeOf } from '../sides.ts';
import { startRun } from '../start-runs.ts';

const idSchema = z.object({ id: z.uuid() });
const outcomesShown = 100;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/runs',
    {
      schema: {
        summary: 'Start a run now',
        description: 'Answers the run that waits already, if there is one for this connection and direction.',
        tags: ['runs'],
        body: startRunSchema,
        response: { 202: runSchema },
      },
    },
    async (request, reply) => {
      const { direction, connectionId } = request.body;
      const scope = await scopeOf(app, request, connectionId);
      const run = await startRun(app, scope, direction);
      return reply
        .code(202)
        .header('location', `/v1/runs/${run.id}`)
        .send(toRun(run, languageOf(request)));
    },
  );

  app.get(
    '/runs',
    {
      schema: {
        summary: 'List runs, the newest first',
        tags: ['runs'],
        querystring: z.object({
          connectionId: z.uuid().optional(),
          direction: directionSchema.optional(),
          before: z.iso.datetime().optional().describe('queuedAt of the last run of the page before.'),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: { 200: z.object({ runs: z.array(runSchema) }) },
      },
    },
    async (request) => {
      const { connectionId, direction, before, limit } = request.query;
      const runs = await app.database.withTenant(request.tenant.id, (tx) =>
        listRuns(tx, request.tenant.id, {
          ...(connectionId === undefined ? {} : { connectionId }),
          ...(direction === undefined ? {} : { direction }),
          ...(before === undefined ? {} : { before: Date.parse(before) }),
          limit,
        }),
      );
      const language = languageOf(request);
      return { runs: runs.map((run) => toRun(run, language)) };
    },
  );

  app.get(
    '/runs/:id',
    {
      schema: {
        summary: 'One run: state, counts, calls used, outcomes',
        tags: ['runs'],
        params: idSchema,
        response: { 200: runWithOutcomesSchema },
      },
    },
    async (request) => {
      const tenantId = request.tenant.id;
      return app.database.withTenant(tenantId, async (tx) => {
        const run = await readRun(tx, tenantId, request.params.id);
        if (run === null) throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such run.'));
        const outcomes = await listOutcomes(tx, tenantId, run.id, { limit: outcomesShown });
        const language = languageOf(request);
        return { ...toRun(run, language), outcomes: outcomes.map((outcome) => toOutcome(outcome, language)) };
      });
    },
  );

  app.get(
    '/runs/:id/outcomes',
    {
      schema: {
        summary: 'Page through the outcomes of a run',
        tags: ['runs'],
        params: idSchema,
        querystring: z.object({
          kind: outcomeKindSchema.optional(),
          after: z.coerce.number().int().optional().describe('id of the last outcome of the page before.'),
          limit: z.coerce.number().int().min(1).max(1000).default(200),
        }),
        response: { 200: z.object({ outcomes: z.array(outcomeSchema) }) },
      },
    },
    async (request) => {
      const tenantId = request.tenant.id;
      const { kind, after, limit } = request.query;
      const outcomes = await app.database.withTenant(tenantId, async (tx) => {
        if ((await readRun(tx, tenantId, request.params.id)) === null) {
          throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such run.'));
        }
        return listOutcomes(tx, tenantId, request.params.id, {
          ...(kind === undefined ? {} : { kind }),
          ...(after === undefined ? {} : { afterId: after }),
          limit,
        });
      });
      const language = languageOf(request);
      return { outcomes: outcomes.map((outcome) => toOutcome(outcome, language)) };
    },
  );
};

export default routes;
