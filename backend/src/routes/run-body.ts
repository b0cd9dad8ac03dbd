import type { z } from 'zod';
import type { outcomeSchema, runSchema } from '../schemas/run.ts';
import type { StoredOutcome } from '../store/outcomes.ts';
import type { Run } from '../store/runs.ts';
import { toIso } from '../store/scope.ts';

const nothing = {
  created: 0,
  updated: 0,
  linked: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  stopped: 0,
  conflicts: 0,
};

/** A run as the API answers it. */
export function toRun(run: Run): z.infer<typeof runSchema> {
  return {
    id: run.id,
    connectionId: run.connectionId,
    direction: run.direction,
    trigger: run.trigger,
    state: run.state,
    stage: run.stage,
    counts: { observed: { salesforce: 0, platform: 0 }, ...nothing, ...run.counts },
    calls: { salesforce: 0, platform: 0, ...run.calls },
    error: run.error,
    queuedAt: iso(run.queuedAt),
    startedAt: toIso(run.startedAt),
    finishedAt: toIso(run.finishedAt),
  };
}

/** An outcome as the API answers it. */
export function toOutcome(outcome: StoredOutcome): z.infer<typeof outcomeSchema> {
  return {
    id: outcome.id,
    object: outcome.object,
    salesforceId: outcome.salesforceId,
    platformId: outcome.platformId,
    kind: outcome.kind,
    code: outcome.code,
    message: outcome.message,
    written: [...outcome.written],
    issues: [...outcome.issues],
    at: iso(outcome.at),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
