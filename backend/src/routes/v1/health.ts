import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readHealth, type BudgetHealth, type DirectionHealth } from '../../engine/health.ts';
import { inWords } from '../../lib/languages.ts';
import { languageOf } from '../../plugins/language.ts';
import { healthSchema, historySchema } from '../../schemas/health.ts';
import type { Connection, Platform } from '../../store/connections.ts';
import { runsByHour } from '../../store/runs.ts';
import { toIso } from '../../store/scope.ts';
import type { Language } from '../../words/language.ts';
import { toRun } from '../run-body.ts';
import { scopeOf } from '../sides.ts';

type Body = z.infer<typeof healthSchema>;

const tags = ['health'];
const hour = 60 * 60_000;

const routes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/health',
    {
      schema: {
        summary: 'How sync stands, in one sentence and in numbers',
        tags,
        querystring: z.object({ connectionId: z.uuid().optional() }),
        response: { 200: healthSchema },
      },
    },
    async (request): Promise<Body> => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const { sync, salesforce } = app.config;
      const { sentence, remedy, connections, directions, budgets, links, problems, ...rest } =
        await app.database.withTenant(scope.tenantId, (tx) =>
          readHealth(tx, scope, {
            now: app.clock.now(),
            intervalMinutes: sync.intervalMinutes,
            dailyShare: salesforce.dailyShare,
          }),
        );
      const language = languageOf(request);
      return {
        ...rest,
        sentence: inWords(sentence, language),
        remedy: remedy === null ? null : inWords(remedy, language),
        connections: [
          toConnection(connections.salesforce, 'salesforce'),
          toConnection(connections.platform, connections.platform.platform),
        ],
        directions: directions.map((direction) => toDirection(direction, language)),
        budgets: budgets.map(toBudget),
        links: [...links],
        problems: [...problems],
      };
    },
  );

  app.get(
    '/health/history',
    {
      schema: {
        summary: 'What runs did, hour by hour',
        tags,
        querystring: z.object({
          connectionId: z.uuid().optional(),
          hours: z.coerce.number().int().min(1).max(720).default(24),
        }),
        response: { 200: historySchema },
      },
    },
    async (request) => {
      const scope = await scopeOf(app, request, request.query.connectionId);
      const now = app.clock.now();
      const since = now - (now % hour) - (request.query.hours - 1) * hour;
      const hours = await app.database.withTenant(scope.tenantId, (tx) => runsByHour(tx, scope, since));
      return {
        hours: hours.map(({ hour: start, salesforceCalls, platformCalls, ...rest }) => ({
          hour: start.toISOString(),
          ...rest,
          calls: { salesforce: salesforceCalls, platform: platformCalls },
        })),
      };
    },
  );
};

function toConnection(connection: Connection | undefined, platform: Platform): Body['connections'][number] {
  return {
    platform,
    state: connection?.state ?? 'disconnected',
    since: connection?.stateSince.toISOString() ?? null,
    accountName: connection?.accountName ?? null,
    code: connection?.stateCode ?? null,
  };
}

function toDirection(state: DirectionHealth, language: Language): Body['directions'][number] {
  return {
    direction: state.direction,
    scheduled: state.schedule !== null,
    paused: state.paused,
    nextRunAt: toIso(state.nextRunAt),
    lastRun: state.lastRun && toRun(state.lastRun, language),
    runNow: state.runNow && toRun(state.runNow, language),
    backlog: state.waiting,
    recordsPerMinute: state.recordsPerMinute,
    doneBy: toIso(state.doneBy),
  };
}

function toBudget(budget: BudgetHealth): Body['budgets'][number] {
  return budget.kind === 'rate' ? { ...budget, heldUntil: toIso(budget.heldUntil) } : budget;
}

export default routes;
