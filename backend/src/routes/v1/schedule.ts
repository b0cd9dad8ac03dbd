import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { waitingRecords } from '../../engine/ticks.ts';
import { SyncError } from '../../lib/errors.ts';
import { directionSchema } from '../../schemas/run.ts';
import { scheduleSchema, scheduleStateSchema } from '../../schemas/selection.ts';
import { lastStart } from '../../store/runs.ts';
import type { Scope } from '../../store/scope.ts';
import { readSchedules, saveSchedule, scheduleOf } from '../../store/settings.ts';
import { nextRun } from '../../sync/schedule.ts';
import type { Direction } from '../../sync/types.ts';
import { scopeOf } from '../sides.ts';

const connectionQuery = z.object({ connectionId: z.uuid().optional() });
const directionParams = z.object({ direction: directionSchema });

const routes: FastifyPluginAsyncZod = async (app) => {
  const stateOf = (scope: Scope, direction: Direction): Promise<z.infer<typeof scheduleStateSchema>> =>
    app.database.withTenant(scope.tenantId, async (tx) => {
      const { schedule, timeZone, paused } = scheduleOf(await readSchedules(tx, scope), direction);
      const last = await lastStart(tx, scope, direction);
      const now = app.clock.now();
      const next =
        schedule === null || paused
          ? null
          : nextRun(schedule, last, now, timeZone, app.config.sync.intervalMinutes);
      return {
        direction,
        schedule,
        timeZone,
        paused,
        nextRunAt: next === null ? null : new Date(next).toISOString(),
        lastRunAt: last === null ? null : new Date(last).toISOString(),
        waiting: await waitingRecords(tx, scope, direction, now),
      };
    });

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
        throw new SyncError('SYNC_REQUEST_INVALID', `"${timeZone}" is no time zone.`, {
          fields: [{ field: 'body.timeZone' }],
        });
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
