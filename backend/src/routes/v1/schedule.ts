import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { readDirection } from '../../engine/directions.ts';
import { SyncError } from '../../lib/errors.ts';
import { directionSchema } from '../../schemas/run.ts';
import { scheduleSchema, scheduleStateSchema } from '../../schemas/selection.ts';
import { toIso, type Scope } from '../../store/scope.ts';
import { readSchedules, saveSchedule, scheduleOf } from '../../store/settings.ts';
import type { Direction } from '../../sync/types.ts';
import { sentence } from '../../words/told.ts';
import { scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });
const directionParams = z.object({ direction: directionSchema });

const routes: FastifyPluginAsyncZod = async (app) => {
  const stateOf = async (
    scope: Scope,
    direction: Direction,
  ): Promise<z.infer<typeof scheduleStateSchema>> => {
    const { intervalMinutes } = app.config.sync;
    const { nextRunAt, lastRunAt, ...state } = await app.database.withTenant(scope.tenantId, (tx) =>
      readDirection(tx, scope, direction, { now: app.clock.now(), intervalMinutes }),
    );
    return { ...state, nextRunAt: toIso(nextRunAt), lastRunAt: toIso(lastRunAt) };
  };

  app.get(
    '/schedule',
    {
      schema: {
        summary: 'When batches run in each direction',
        tags: ['settings'],
        querystring: connectionQuery,
        response: { 200: z.object({ schedules: z.array(scheduleStateSchema) }) },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      return { schedules: [await stateOf(scope, 'outbound'), await stateOf(scope, 'inbound')] };
    },
  );

  app.put(
    '/schedule/:direction',
    {
      schema: {
        summary: 'Schedule the batches of a direction, or pause them',
        tags: ['settings'],
        params: directionParams,
        querystring: connectionQuery,
        body: z
          .object({
            schedule: scheduleSchema,
            timeZone: z.string().max(60).default('UTC').describe('IANA name of the org’s time zone.'),
            paused: z.boolean().default(false),
          })
          .strict(),
        response: { 200: scheduleStateSchema },
      },
    },
    async (request) => {
      const { schedule, timeZone, paused } = request.body;
      if (!IANAZone.isValidZone(timeZone)) {
        throw new SyncError(
          'SYNC_REQUEST_INVALID',
          sentence('“{zone}” is no time zone.', { zone: timeZone }),
          {
            fields: [{ field: 'body.timeZone' }],
          },
        );
      }
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { direction } = request.params;
      await app.database.withTenant(scope.tenantId, (tx) =>
        saveSchedule(tx, scope, { direction, schedule, timeZone, paused }),
      );
      return stateOf(scope, direction);
    },
  );

  app.delete(
    '/schedule/:direction',
    {
      schema: {
        summary: 'Remove the job of a direction; what waits stays waiting',
        tags: ['settings'],
        params: directionParams,
        querystring: connectionQuery,
        response: { 200: scheduleStateSchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { direction } = request.params;
      await app.database.withTenant(scope.tenantId, async (tx) => {
        const { timeZone } = scheduleOf(await readSchedules(tx, scope), direction);
        await saveSchedule(tx, scope, { direction, schedule: null, timeZone, paused: false });
      });
      return stateOf(scope, direction);
    },
  );
};

export default routes;
