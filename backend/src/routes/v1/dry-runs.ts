import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SyncError } from '../../lib/errors.ts';
import { languageOf } from '../../plugins/language.ts';
import { idParamsSchema } from '../../schemas/connection.ts';
import { dryRunSchema, dryRunStartedSchema } from '../../schemas/dry-run.ts';
import { readDryRun, type DryRun } from '../../store/dry-runs.ts';
import { readRun, type Run } from '../../store/runs.ts';
import { toIso } from '../../store/scope.ts';
import type { Direction } from '../../sync/types.ts';
import type { Language } from '../../words/language.ts';
import { sentence } from '../../words/told.ts';
import { toExplained } from '../explained.ts';
import { toRunError } from '../run-body.ts';
import { scopeOf } from '../sides.ts';

const tags = ['runs'];

const routes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/dry-runs',
    {
      schema: {
        summary: 'Find out what the next batches would do, writing nothing',
        description:
          'Reads both systems as the next batches would, the first sync included, and counts what they would write. Answers the dry run that has not ended, if there is one.',
        tags,
        querystring: z.object({ connectionId: z.uuid().optional() }),
        body: z.strictObject({}),
        response: { 202: dryRunStartedSchema },
      },
    },
    async (request, reply) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const run = await app.runner.requestDryRun(scope);
      await app.queue.send(scope.tenantId, run);
      return reply.code(202).header('location', `/v1/dry-runs/${run.id}`).send({ id: run.id });
    },
  );

  app.get(
    '/dry-runs/:id',
    {
      schema: {
        summary: 'How far a dry run is, and what it found out',
        tags,
        params: idParamsSchema,
        response: { 200: dryRunSchema },
      },
    },
    async (request) => {
      const [tenantId, { id }] = [request.tenant.id, request.params];
      return app.database.withTenant(tenantId, async (tx) => {
        const [dryRun, run] = [await readDryRun(tx, tenantId, id), await readRun(tx, tenantId, id)];
        if (dryRun === null || run === null)
          throw new SyncError('SYNC_NOT_FOUND', sentence('There is no such dry run.'));
        return toBody(dryRun, run, languageOf(request));
      });
    },
  );
};

function toBody(dryRun: DryRun, run: Run, language: Language): z.infer<typeof dryRunSchema> {
  const state = states[run.state];
  return {
    id: run.id,
    state,
    stage: run.stage,
    requestedAt: new Date(run.queuedAt).toISOString(),
    finishedAt: toIso(run.finishedAt),
    read: { salesforce: 0, platform: 0, ...run.counts.observed },
    outbound: toDirection(dryRun, 'outbound'),
    inbound: toDirection(dryRun, 'inbound'),
    error: state === 'failed' ? toRunError(run.error, language) : null,
  };
}

const states = {
  queued: 'running',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  paused: 'failed',
} as const;

function toDirection({ report, samples }: DryRun, direction: Direction) {
  const counts = report[direction];
  if (counts === undefined) return null;
  return {
    ...counts,
    skips: counts.skips.map(({ code, count }) => ({ ...toExplained(code), count })),
    samples: samples
      .filter((sample) => sample.direction === direction)
      .map(({ direction: _direction, fields, ...sample }) => ({ ...sample, fields: [...fields] })),
  };
}

export default routes;
