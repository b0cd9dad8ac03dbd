import type { Scope, Tx } from './scope.ts';

/** Nothing was to be told of it: it succeeded, and no record had an outcome. */
const isIdle = `state = 'succeeded' AND error IS NULL AND NOT EXISTS
  (SELECT FROM outcome WHERE outcome.tenant_id = run.tenant_id AND outcome.run_id = run.id)`;

/** The newest run of a direction stays: it says when the next one is due. */
const hasSuccessor = `EXISTS (SELECT FROM run later WHERE later.tenant_id = run.tenant_id
  AND later.connection_id = run.connection_id AND later.direction = run.direction AND later.queued_at > run.queued_at)`;

const hasEnded = `state NOT IN ('queued', 'running')`;

/** Runs looked through for outcomes at a time. */
const runsAtATime = 50;

/** Deletes outcomes of runs that were queued before. Times are milliseconds. @returns how many */
export async function deleteOldOutcomes(
  tx: Tx,
  scope: Scope,
  before: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM outcome WHERE tenant_id = $1 AND (run_id, id) IN (
       SELECT outcome.run_id, outcome.id FROM (
         SELECT id FROM run WHERE tenant_id = $1 AND connection_id = $2 AND queued_at < $3 AND ${hasEnded}
            AND EXISTS (SELECT FROM outcome WHERE outcome.tenant_id = $1 AND outcome.run_id = run.id)
          ORDER BY queued_at LIMIT ${runsAtATime}
       ) AS old JOIN outcome ON outcome.tenant_id = $1 AND outcome.run_id = old.id LIMIT $4)`,
    [scope.tenantId, scope.connectionId, new Date(before), limit],
  );
  return rowCount ?? 0;
}

/**
 * Deletes runs that were queued before and have no outcomes any more, and idle ones that were queued before a later
 * time. @returns how many
 */
export async function deleteOldRuns(
  tx: Tx,
  scope: Scope,
  { before, idleBefore }: { before: number; idleBefore: number },
  limit: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM run WHERE tenant_id = $1 AND id IN (
       SELECT id FROM run WHERE tenant_id = $1 AND connection_id = $2 AND ${hasEnded} AND ${hasSuccessor}
          AND ((queued_at < $4 AND ${isIdle}) OR (queued_at < $3 AND NOT EXISTS
            (SELECT FROM outcome WHERE outcome.tenant_id = run.tenant_id AND outcome.run_id = run.id)))
        ORDER BY queued_at LIMIT $5)`,
    [scope.tenantId, scope.connectionId, new Date(before), new Date(idleBefore), limit],
  );
  return rowCount ?? 0;
}

/** Deletes conflicts that were settled before. @returns how many */
export async function deleteSettledConflicts(
  tx: Tx,
  scope: Scope,
  before: number,
  limit: number,
): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM conflict WHERE tenant_id = $1 AND connection_id = $2 AND id IN (
       SELECT id FROM conflict WHERE tenant_id = $1 AND connection_id = $2 AND state = 'settled' AND settled_at < $3
        LIMIT $4)`,
    [scope.tenantId, scope.connectionId, new Date(before), limit],
  );
  return rowCount ?? 0;
}

/** Deletes what dry runs that were asked for before have found out; their copies are gone by then. @returns how many */
export async function deleteOldDryRuns(tx: Tx, scope: Scope, before: number, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `WITH gone AS (
       DELETE FROM run WHERE tenant_id = $1 AND queued_at < $3 AND ${hasEnded} AND id IN (
         SELECT id FROM dry_run WHERE tenant_id = $1 AND connection_id = $2 AND is_swept LIMIT $4)
       RETURNING id)
     DELETE FROM dry_run USING gone WHERE dry_run.tenant_id = $1 AND dry_run.id = gone.id`,
    [scope.tenantId, scope.connectionId, new Date(before), limit],
  );
  return rowCount ?? 0;
}
