import type { z } from 'zod';
import { inWords } from '../lib/languages.ts';
import type { outcomeSchema, runSchema } from '../schemas/run.ts';
import type { StoredOutcome } from '../store/outcomes.ts';
import type { Run } from '../store/runs.ts';
import { toIso } from '../store/scope.ts';
import type { Language } from '../words/language.ts';
import { toExplained } from './explained.ts';

type RunBody = z.infer<typeof runSchema>;

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
export function toRun(run: Run, language: Language): RunBody {
  return {
    id: run.id,
    connectionId: run.connectionId,
    direction: run.direction,
    trigger: run.trigger,
    state: run.state,
    stage: run.stage,
    counts: { observed: { salesforce: 0, platform: 0 }, ...nothing, ...run.counts },
    calls: { salesforce: 0, platform: 0, ...run.calls },
    progress: toProgress(run),
    error: toRunError(run.error, language),
    queuedAt: iso(run.queuedAt),
    startedAt: toIso(run.startedAt),
    finishedAt: toIso(run.finishedAt),
  };
}

/** Why a run ended, or what it had to do without. */
export function toRunError(error: Run['error'], language: Language): RunBody['error'] {
  return error && { ...toExplained(error.code), message: inWords(error.message, language) };
}

/** How far a run is, as of its worker's last sign of life. */
function toProgress({ counts, pace, state, heartbeatAt, finishedAt }: Run): RunBody['progress'] {
  const { observed: _observed, conflicts: _conflicts, ...kinds } = counts;
  const done = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  // Some records are found on the way, the accounts of people for one: what is known to be too little is not told.
  const total = pace?.total != null && pace.total >= done ? pace.total : null;
  const at = finishedAt ?? heartbeatAt;
  const seconds = pace?.since == null || at === null ? 0 : (at - pace.since) / 1000;
  const acted = done - (pace?.done ?? 0);
  const rate = seconds > 0 && acted > 0 ? acted / seconds : null;
  const isOver = state !== 'queued' && state !== 'running';
  return {
    done,
    total,
    recordsPerSecond: rate === null ? null : Math.round(rate * 10) / 10,
    secondsLeft: isOver || rate === null || total === null ? null : Math.ceil((total - done) / rate),
  };
}

/** An outcome as the API answers it. */
export function toOutcome(outcome: StoredOutcome, language: Language): z.infer<typeof outcomeSchema> {
  return {
    id: outcome.id,
    object: outcome.object,
    salesforceId: outcome.salesforceId,
    platformId: outcome.platformId,
    kind: outcome.kind,
    ...(outcome.code === null ? { code: null, meaning: null, remedy: null } : toExplained(outcome.code)),
    message: outcome.message === null ? null : inWords(outcome.message, language),
    written: [...outcome.written],
    issues: outcome.issues.map(({ field, side, message, code }) => ({
      ...toExplained(code),
      field,
      side,
      message: inWords(message, language),
    })),
    at: iso(outcome.at),
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
