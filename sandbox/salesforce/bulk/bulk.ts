import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../../common/clock.ts';
import { RollingDay } from '../../common/rolling-day.ts';
import type { ApiGuard } from '../identity/api-guard.ts';
import { IdSequence } from '../org/ids.ts';
import type { SandboxOrg } from '../org/org.ts';
import type { UserContext } from '../org/types.ts';
import { installJsonBodies } from '../rest/json-bodies.ts';
import type { IngestJob } from './ingest-job.ts';
import { registerIngestRoutes } from './ingest-routes.ts';
import { JobStore } from './jobs.ts';
import type { QueryJob } from './query-job.ts';
import { registerQueryRoutes } from './query-routes.ts';

/** What Bulk API 2.0 works on. */
export interface BulkContext {
  readonly org: SandboxOrg;
  readonly clock: Clock;
  readonly ingestJobs: JobStore<IngestJob>;
  readonly queryJobs: JobStore<QueryJob>;
  /** Internal ingest batches and query jobs of the last 24 hours. */
  readonly batches: RollingDay;
  readonly queries: RollingDay;
  /** The caller, whom the door in front of these routes has let in. */
  userOf(request: FastifyRequest): UserContext;
}

/** Bulk API 2.0, behind a door that has authenticated the caller and counted the call. */
export interface Bulk {
  /** Ends running jobs and forgets all. */
  reset(): void;
}

const JOB_PREFIX = '750';

/** Registers the routes in their own scope, where `text/csv` is read as bytes, and JSON as everywhere in REST. */
export function registerBulk(
  app: FastifyInstance,
  { org, clock, guard }: { org: SandboxOrg; clock: Clock; guard: ApiGuard },
): Bulk {
  const ids = new IdSequence(JOB_PREFIX);
  const bulk: BulkContext = {
    org,
    clock,
    ingestJobs: new JobStore<IngestJob>(clock, ids),
    queryJobs: new JobStore<QueryJob>(clock, ids),
    batches: new RollingDay(clock),
    queries: new RollingDay(clock),
    userOf: (request) => guard.userOf(request),
  };
  app.register(
    fp(
      async (scope) => {
        scope.addContentTypeParser(
          'text/csv',
          { parseAs: 'buffer' },
          async (_request: FastifyRequest, body: Buffer) => body,
        );
        installJsonBodies(scope);
        guard.install(scope);
        registerIngestRoutes(scope, bulk);
        registerQueryRoutes(scope, bulk);
      },
      { name: 'bulk', encapsulate: true },
    ),
  );
  return {
    reset() {
      for (const part of [bulk.ingestJobs, bulk.queryJobs, bulk.batches, bulk.queries]) part.reset();
    },
  };
}
