import type { Direction } from '../sync/types.ts';
import { type Told } from '../words/told.ts';
import type { Scope, Tx } from './scope.ts';
import { toMillis } from './scope.ts';
import type { Database } from './database.ts';

export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'paused';
export type RunTrigger = 'schedule' | 'threshold' | 'manual' | 'notice' | 'dry_run';

/** Outcomes by kind, and what both sides were read for. */
export interface RunCounts {
  readonly observed: { readonly salesforce: number; readonly platform: number };
  readonly created: number;
  readonly updated: number;
  readonly linked: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly stopped: number;
  readonly conflicts: number;
}

export interface Run {
  readonly id: string;
  readonly connectionId: string;
  readonly direction: Direction;
  readonly trigger: RunTrigger;
  readonly state: RunState;
  readonly stage: string | null;
  readonly counts: Partial<RunCounts>;
  /** Calls to each vendor. */
  readonly calls: Partial<{ salesforce: number; platform: number }>;
  readonly error: { readonly code: string; readonly message: Told } | null;
  readonly queuedAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** How many times it was taken up: the last one speaks for it. */
  readonly claim: number;
  /** Whether it works on a complete read. */
  readonly backfill: boolean;
  /** When its worker last gave a sign of life: the counts are as of then. */
  readonly heartbeatAt: number | null;
  readonly pace: Pace | null;
}

/** How much a run has to do, and how much of it was done when it began to. */
export interface Pace {
  /** Records; null while that is not known. */
  readonly total: number | null;
  /** When its worker began to write, epoch milliseconds; null before. */
  readonly since: number | null;
  /** Records done by then. */
  readonly done: number;
}

interface RunRow {
  id: string;
  connection_id: string;
  direction: Direction;
  trigger: RunTrigger;
  state: RunState;
  stage: string | null;
  counts: Partial<RunCounts>;
  calls: Run['calls'];
  error: Run['error'];
  queued_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  claim: number;
  backfill: boolean;
  heartbeat_at: Date | null;
  pace: Pace | null;
}

const columns = `id, connection_id, direction, trigger, state, stage, counts, calls, error, queued_at, started_at,
  finished_at, claim, backfill, heartbeat_at, pace`;

function fromRow(row: RunRow): Run {
  return {
    id: row.id,
    connectionId: row.connection_id,
    direction: row.direction,
    trigger: row.trigger,
    state: row.state,
    stage: row.stage,
    counts: row.counts,
    calls: row.calls,
    error: row.error,
    queuedAt: row.queued_at.getTime(),
    startedAt: toMillis(row.started_at),
    finishedAt: toMillis(row.finished_at),
    claim: row.claim,
    backfill: row.backfill,
    heartbeatAt: toMillis(row.heartbeat_at),
    pace: row.pace,
  };
}

/** Queues a run, or answers the one that already waits for this connection and direction. */
export async function queueRun(
  tx: Tx,
  scope: Scope,
  run: { id: string; direction: Direction; trigger: RunTrigger; now: number },
): Promise<Run> {
  const { rows } = await tx.query<RunRow>(
    `INSERT INTO run (tenant_id, id, connection_id, direction, trigger, state, queued_at)
     VALUES ($1, $2, $3, $4, $5, 'queued', $6)
     ON CONFLICT (tenant_id, connection_id, direction) WHERE state = 'queued' DO UPDATE SET trigger = run.trigger
     RETURNING ${columns}`,
    [scope.tenantId, run.id, scope.connectionId, run.direction, run.trigger, new Date(run.now)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('queueRun: the insert returned no row');
  return fromRow(row);
}

/**
 * Takes a run up: queued, given back, or running under a worker that no longer gives signs of life. Whoever had it
 * before speaks for it no more.
 * @returns null when another run of this connection and direction is alive, or the run has ended
 */
export async function startRun(
  tx: Tx,
  tenantId: string,
  runId: string,
  at: { now: number; deadBefore: number },
): Promise<Run | null> {
  const { rows } = await tx.query<RunRow>(
    `UPDATE run SET state = 'running', started_at = coalesce(started_at, $3), heartbeat_at = $3,
       claim = claim + 1, given_back_at = NULL
     WHERE tenant_id = $1 AND id = $2
       AND (state = 'queued' OR (state = 'running' AND (given_back_at IS NOT NULL OR heartbeat_at < $4)))
       AND NOT EXISTS (SELECT 1 FROM run other WHERE other.tenant_id = $1 AND other.connection_id = run.connection_id
         AND other.direction = run.direction AND other.state = 'running' AND other.id <> run.id)
     RETURNING ${columns}`,
    [tenantId, runId, new Date(at.now), new Date(at.deadBefore)],
  );
  const [row] = rows;
  return row === undefined ? null : fromRow(row);
}

/** A worker's account of its run. */
export interface RunProgress {
  /** Under which taking-up it works: after a later one it is not believed. */
  readonly claim: number;
  readonly backfill: boolean;
  readonly stage: string;
  readonly counts: RunCounts;
  readonly calls: { readonly salesforce: number; readonly platform: number };
  readonly pace: Pace;
}

/**
 * Notes progress and that the worker is alive.
 * @returns false when the run is no longer this worker's: it must stop
 */
export async function beatRun(
  tx: Tx,
  tenantId: string,
  runId: string,
  progress: RunProgress,
  now: number,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE run SET stage = $3, counts = $4, calls = $5, heartbeat_at = $6, backfill = $8, pace = $9
     WHERE tenant_id = $1 AND id = $2 AND state = 'running' AND claim = $7 AND given_back_at IS NULL`,
    [
      tenantId,
      runId,
      progress.stage,
      JSON.stringify(progress.counts),
      JSON.stringify(progress.calls),
      new Date(now),
      progress.claim,
      progress.backfill,
      JSON.stringify(progress.pace),
    ],
  );
  return rowCount === 1;
}

/** Lets go of a run so that whoever is free goes on with it. */
export async function giveBackRun(
  tx: Tx,
  tenantId: string,
  runId: string,
  progress: RunProgress,
  now: number,
): Promise<boolean> {
  const mine = await beatRun(tx, tenantId, runId, progress, now);
  if (mine)
    await tx.query('UPDATE run SET given_back_at = $3 WHERE tenant_id = $1 AND id = $2', [
      tenantId,
      runId,
      new Date(now),
    ]);
  return mine;
}

/** Whether a run of any tenant has waited for a worker since then. */
export async function runsWait(db: Database, since: number): Promise<boolean> {
  return db.system(async (tx) => {
    const { rows } = await tx.query<{ wait: boolean }>('SELECT runs_wait($1) AS wait', [new Date(since)]);
    return rows[0]?.wait === true;
  });
}

/** Whether another run of the connection was at work at any time since this one began. */
export async function workedBeside(tx: Tx, scope: Scope, runId: string): Promise<boolean> {
  const { rows } = await tx.query<{ worked: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM run own JOIN run other USING (tenant_id, connection_id)
       WHERE tenant_id = $1 AND connection_id = $2 AND own.id = $3 AND other.id <> own.id
         AND (other.state = 'running' OR other.finished_at >= own.started_at)
     ) AS worked`,
    [scope.tenantId, scope.connectionId, runId],
  );
  return rows[0]?.worked === true;
}

/** Ends a run; a worker that it was taken from cannot. */
export async function endRun(
  tx: Tx,
  tenantId: string,
  runId: string,
  end: { state: 'succeeded' | 'failed' | 'paused'; error: Run['error']; progress: RunProgress; now: number },
): Promise<void> {
  await tx.query(
    `UPDATE run SET state = $3, stage = NULL, error = $4, counts = $5, calls = $6, finished_at = $7, pace = $9
     WHERE tenant_id = $1 AND id = $2 AND state = 'running' AND claim = $8`,
    [
      tenantId,
      runId,
      end.state,
      end.error === null ? null : JSON.stringify(end.error),
      JSON.stringify(end.progress.counts),
      JSON.stringify(end.progress.calls),
      new Date(end.now),
      end.progress.claim,
      JSON.stringify(end.progress.pace),
    ],
  );
}

/**
 * A connection's runs that have not ended: their directions, and those that a worker may take up now, dry runs among
 * them. One that waits behind another of its direction may not yet.
 */
export async function openRuns(
  tx: Tx,
  scope: Scope,
  deadBefore: number,
): Promise<{ directions: Set<Direction>; resumable: Run[] }> {
  const { rows } = await tx.query<RunRow & { free: boolean }>(
    `SELECT ${columns}, state = 'queued' OR given_back_at IS NOT NULL OR heartbeat_at < $3 AS free FROM run
     WHERE tenant_id = $1 AND state IN ('queued', 'running') AND (connection_id = $2 OR connection_id IN
       (SELECT id FROM dry_run WHERE dry_run.tenant_id = $1 AND dry_run.connection_id = $2)) ORDER BY queued_at`,
    [scope.tenantId, scope.connectionId, new Date(deadBefore)],
  );
  const own = rows.filter((row) => row.connection_id === scope.connectionId);
  const begun = new Set(own.filter((row) => row.state === 'running').map((row) => row.direction));
  const isBehind = (row: RunRow): boolean =>
    row.connection_id === scope.connectionId && row.state === 'queued' && begun.has(row.direction);
  return {
    directions: new Set(own.map((row) => row.direction)),
    resumable: rows.filter((row) => row.free && !isBehind(row)).map(fromRow),
  };
}

export async function readRun(tx: Tx, tenantId: string, runId: string): Promise<Run | null> {
  const { rows } = await tx.query<RunRow>(`SELECT ${columns} FROM run WHERE tenant_id = $1 AND id = $2`, [
    tenantId,
    runId,
  ]);
  const [row] = rows;
  return row === undefined ? null : fromRow(row);
}

/** The newest runs first. */
export async function listRuns(
  tx: Tx,
  tenantId: string,
  filter: { connectionId?: string; direction?: Direction; before?: number; limit: number },
): Promise<Run[]> {
  const { rows } = await tx.query<RunRow>(
    `SELECT ${columns} FROM run WHERE tenant_id = $1 AND trigger <> 'dry_run' AND ($2::uuid IS NULL OR connection_id = $2)
       AND ($3::text IS NULL OR direction = $3) AND ($4::timestamptz IS NULL OR queued_at < $4)
     ORDER BY queued_at DESC LIMIT $5`,
    [
      tenantId,
      filter.connectionId ?? null,
      filter.direction ?? null,
      filter.before === undefined ? null : new Date(filter.before),
      filter.limit,
    ],
  );
  return rows.map(fromRow);
}

/** When the last run of a direction started, whatever became of it. */
export async function lastStart(tx: Tx, scope: Scope, direction: Direction): Promise<number | null> {
  const { rows } = await tx.query<{ at: Date | null }>(
    `SELECT max(coalesce(started_at, queued_at)) AS at FROM run
     WHERE tenant_id = $1 AND connection_id = $2 AND direction = $3`,
    [scope.tenantId, scope.connectionId, direction],
  );
  return toMillis(rows[0]?.at ?? null);
}

/** Calls to each vendor of runs that were queued since. */
export async function callsSince(
  tx: Tx,
  scope: Scope,
  since: number,
): Promise<{ salesforce: number; platform: number }> {
  const { rows } = await tx.query<{ salesforce: number; platform: number }>(
    `SELECT coalesce(sum((calls->>'salesforce')::int), 0) AS salesforce,
       coalesce(sum((calls->>'platform')::int), 0) AS platform
     FROM run WHERE tenant_id = $1 AND connection_id = $2 AND queued_at >= $3`,
    [scope.tenantId, scope.connectionId, new Date(since)],
  );
  return rows[0] ?? { salesforce: 0, platform: 0 };
}

/** What the runs of one hour and direction came to. */
export interface RunHour {
  readonly hour: Date;
  readonly direction: Direction;
  readonly runs: number;
  readonly written: number;
  readonly failed: number;
  readonly conflicts: number;
  readonly salesforceCalls: number;
  readonly platformCalls: number;
}

/** By hour (UTC) of their queueing, the oldest first; hours without runs are left out. */
export async function runsByHour(tx: Tx, scope: Scope, since: number): Promise<RunHour[]> {
  const { rows } = await tx.query<RunHour>(
    `SELECT date_trunc('hour', queued_at) AS hour, direction, count(*) AS runs,
       sum(coalesce((counts->>'created')::int, 0) + coalesce((counts->>'updated')::int, 0)
         + coalesce((counts->>'linked')::int, 0)) AS written,
       sum(coalesce((counts->>'failed')::int, 0)) AS failed,
       sum(coalesce((counts->>'conflicts')::int, 0)) AS conflicts,
       sum(coalesce((calls->>'salesforce')::int, 0)) AS "salesforceCalls",
       sum(coalesce((calls->>'platform')::int, 0)) AS "platformCalls"
     FROM run WHERE tenant_id = $1 AND connection_id = $2 AND queued_at >= $3 GROUP BY 1, 2 ORDER BY 1, 2`,
    [scope.tenantId, scope.connectionId, new Date(since)],
  );
  return rows;
}
