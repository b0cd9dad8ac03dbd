import type { Canonical, Direction, SalesforceObject } from '../sync/types.ts';
import { copyLinks } from './links.ts';
import { queueRun, readRun, type Run } from './runs.ts';
import type { Scope, Tx } from './scope.ts';

/** What a dry run does next. */
export type DryRunPhase = 'copy' | 'observe' | 'outbound' | 'inbound' | 'done';

/** What a batch of one direction would come to, in records. */
export interface DryRunCounts {
  readonly create: number;
  /** Changed, or linked to a record that is there. */
  readonly update: number;
  /** Changed differently on both sides: decided for this direction, or waiting for a person. */
  readonly conflict: number;
  readonly skip: number;
  readonly unchanged: number;
  /** Why records are left out, the most frequent first. */
  readonly skips: readonly { readonly code: string; readonly count: number }[];
}

export interface DryRunSample {
  readonly direction: Direction;
  readonly kind: 'create' | 'update' | 'conflict' | 'skip';
  readonly object: SalesforceObject;
  readonly salesforceId: string | null;
  readonly platformId: string | null;
  readonly name: string | null;
  readonly fields: readonly {
    readonly salesforceField: string;
    readonly salesforceLabel: string | null;
    readonly platformField: string;
    readonly platformLabel: string | null;
    readonly from: Canonical;
    readonly to: Canonical;
  }[];
  /** Of the error catalogue: why it is left out, or waits. */
  readonly code: string | null;
}

export interface DryRun {
  readonly id: string;
  /** Of the connection that it tells of. */
  readonly connectionId: string;
  readonly phase: DryRunPhase;
  readonly report: Readonly<Partial<Record<Direction, DryRunCounts>>>;
  readonly samples: readonly DryRunSample[];
}

const columns = 'id, connection_id AS "connectionId", phase, report, samples';

/** The tables of a connection that a dry run works on a copy of. */
const copied = ['link', 'cursor', 'platform_index', 'hint', 'request_tag', 'conflict'] as const;

/**
 * Queues a dry run of a connection, or answers the one that has not ended.
 * @param id of the dry run and of its run
 */
export async function queueDryRun(
  tx: Tx,
  scope: Scope,
  { id, now }: { id: string; now: number },
): Promise<Run> {
  // Whoever asks at the same time waits here, and finds this one.
  await tx.query('SELECT FROM connection WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    scope.tenantId,
    scope.connectionId,
  ]);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT dry_run.id FROM dry_run JOIN run ON run.tenant_id = dry_run.tenant_id AND run.id = dry_run.id
     WHERE dry_run.tenant_id = $1 AND dry_run.connection_id = $2 AND run.state IN ('queued', 'running')`,
    [scope.tenantId, scope.connectionId],
  );
  const underWay = rows[0] === undefined ? null : await readRun(tx, scope.tenantId, rows[0].id);
  if (underWay !== null) return underWay;
  await tx.query('INSERT INTO dry_run (tenant_id, id, connection_id) VALUES ($1, $2, $3)', [
    scope.tenantId,
    id,
    scope.connectionId,
  ]);
  const own = { tenantId: scope.tenantId, connectionId: id };
  return queueRun(tx, own, { id, direction: 'outbound', trigger: 'dry_run', now });
}

export async function readDryRun(tx: Tx, tenantId: string, id: string): Promise<DryRun | null> {
  const { rows } = await tx.query<DryRun>(`SELECT ${columns} FROM dry_run WHERE tenant_id = $1 AND id = $2`, [
    tenantId,
    id,
  ]);
  return rows[0] ?? null;
}

/** Gives a dry run its copy of what the engine knows of the connection, as it is now. */
export async function copyForDryRun(tx: Tx, from: Scope, id: string): Promise<void> {
  const parts = [from.tenantId, from.connectionId, id];
  // Cursors first: what is observed meanwhile is observed once more.
  await tx.query(
    `INSERT INTO cursor (tenant_id, connection_id, source, position, generation, version)
     SELECT tenant_id, $3, source, position, generation, version FROM cursor
      WHERE tenant_id = $1 AND connection_id = $2`,
    parts,
  );
  await copyLinks(tx, from, id);
  await tx.query(
    `INSERT INTO platform_index (tenant_id, connection_id, object, platform_id, key)
     SELECT tenant_id, $3, object, platform_id, key FROM platform_index
      WHERE tenant_id = $1 AND connection_id = $2`,
    parts,
  );
  await tx.query(
    `INSERT INTO hint (tenant_id, connection_id, side, object, record_id, reason, not_before, attempts, version, asked_at)
     SELECT tenant_id, $3, side, object, record_id, reason, not_before, attempts, version, asked_at FROM hint
      WHERE tenant_id = $1 AND connection_id = $2`,
    parts,
  );
  await tx.query(
    `INSERT INTO request_tag (tenant_id, connection_id, platform_id, reason, tag_id)
     SELECT tenant_id, $3, platform_id, reason, tag_id FROM request_tag WHERE tenant_id = $1 AND connection_id = $2`,
    parts,
  );
  // Under new ids: a person who chooses one chooses the real one.
  await tx.query(
    `INSERT INTO conflict (tenant_id, connection_id, link_id, field, policy, base, salesforce_value, platform_value,
       winner, state, reason, detected_at, settled_by)
     SELECT tenant_id, $3, link_id, field, policy, base, salesforce_value, platform_value, winner, state, reason,
       detected_at, settled_by FROM conflict WHERE tenant_id = $1 AND connection_id = $2 AND state <> 'settled'`,
    parts,
  );
}

/** Notes what comes next, with the counts of the direction that was just done. */
export async function advanceDryRun(
  tx: Tx,
  tenantId: string,
  id: string,
  next: DryRunPhase,
  done: DryRun['report'] = {},
): Promise<void> {
  await tx.query(
    'UPDATE dry_run SET phase = $3, report = report || $4::jsonb WHERE tenant_id = $1 AND id = $2',
    [tenantId, id, next, JSON.stringify(done)],
  );
}

export async function saveDrySamples(
  tx: Tx,
  tenantId: string,
  id: string,
  samples: readonly DryRunSample[],
): Promise<void> {
  await tx.query('UPDATE dry_run SET samples = $3 WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
    JSON.stringify(samples),
  ]);
}

/**
 * Removes the copies of a connection's dry runs that have ended, and what became of their records; what they reported
 * stays.
 */
export async function sweepDryRuns(tx: Tx, scope: Scope): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `UPDATE dry_run SET is_swept = true FROM run
     WHERE dry_run.tenant_id = $1 AND dry_run.connection_id = $2 AND NOT is_swept
       AND run.tenant_id = $1 AND run.id = dry_run.id AND run.state NOT IN ('queued', 'running')
     RETURNING dry_run.id`,
    [scope.tenantId, scope.connectionId],
  );
  for (const { id } of rows) {
    for (const table of copied) {
      await tx.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND connection_id = $2`, [
        scope.tenantId,
        id,
      ]);
    }
    await tx.query('DELETE FROM outcome WHERE tenant_id = $1 AND run_id = $2', [scope.tenantId, id]);
  }
}
