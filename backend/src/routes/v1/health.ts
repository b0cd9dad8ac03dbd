import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readHealth, type DirectionHealth } from '../../engine/health.ts';
import { healthSchema, type HealthBody } from '../../schemas/health.ts';
import { toRun } from '../../schemas/run.ts';
import { toBody } from './connections.ts';

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      schema: {
        summary: 'How the org’s sync is: state, backlog, budget, causes of failures',
        tags: ['health'],
        response: { 200: healthSchema },
      },
    },
    async (request): Promise<HealthBody> => {
      const { id } = request.tenant;
      const { connections, pairs, ...health } = await app.database.withTenant(id, (tx) =>
        readHealth(tx, id, {
          now: app.clock.now(),
          intervalMinutes: app.config.sync.intervalMinutes,
          dailyShare: app.config.salesforce.dailyShare,
        }),
      );
      return {
        ...health,
        connections: connections.map(toBody),
        pairs: pairs.map(({ connectionId, directions, links, causes, openConflicts }) => ({
          connectionId,
          directions: directions.map(toDirection),
          links: [...links],
          causes: [...causes],
          openConflicts,
        })),
      };
    },
  );
};

function toDirection(state: DirectionHealth): HealthBody['pairs'][number]['directions'][number] {
  const { direction, paused, waiting, nextRunAt, secondsLeft, lastRun } = state;
  return {
    direction,
    paused,
    waiting,
    nextRunAt: nextRunAt === null ? null : new Date(nextRunAt).toISOString(),
    secondsLeft,
    lastRun: lastRun && toRun(lastRun),
  };
}

export default routes;
