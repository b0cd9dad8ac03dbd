import type { Canonical, Direction, FieldConflict, Policy, SalesforceObject, Side } from '../sync/types.ts';
import { nextVersion } from './link-row.ts';
import type { Scope, Tx } from './scope.ts';
import { toMillis } from './scope.ts';

/**
 * Why two values stood against each other: both sides changed, a field went back and forth, or a write went over an edit
 * of the same moment, which no policy could decide any more.
 */
export type ConflictReason = 'both_changed' | 'oscillation' | 'written_over';

export interface StoredConflict {
  readonly id: number;
  readonly linkId: number;
  readonly field: string;
  readonly policy: Policy;
  readonly base: Canonical | undefined;
  readonly salesforce: Canonical;
  readonly platform: Canonical;
  readonly winner: Side | 'both' | null;
  readonly state: 'open' | 'chosen' | 'settled';
  readonly reason: ConflictReason;
  readonly detectedAt: number;
  readonly settledAt: number | null;
  readonly settledBy: string | null;
}

const isNews = `(conflict.salesforce_value, conflict.platform_value)
  IS DISTINCT FROM (excluded.salesforce_value, excluded.platform_value)`;

/** A conflict to be recorded. */
export interface NewConflict {
  readonly linkId: number;
  readonly conflict: FieldConflict;
  readonly reason: ConflictReason;
}

/**
 * Records conflicts (invariant 2). One that already waits for the same field takes the newer values, and waits for
 * a person again if one had chosen between the older ones; one with a winner is settled at once and stands as the
 * record of the value that gave way, once, however often its write is tried.
 * @returns how many are news
 */
export async function recordConflicts(
  tx: Tx,
  scope: Scope,
  runId: string | null,
  conflicts: readonly NewConflict[],
  now: number,
): Promise<number> {
  if (conflicts.length === 0) return 0;
  const { rowCount } = await tx.query(
    `INSERT INTO conflict (tenant_id, connection_id, link_id, field, policy, base, salesforce_value, platform_value,
       winner, state, reason, run_id, detected_at, settled_at)
     SELECT $1, $2, link_id, field, policy, base, salesforce, platform, winner,
       CASE WHEN winner IS NULL THEN 'open' ELSE 'settled' END, reason, $4::uuid, $5::timestamptz,
       CASE WHEN winner IS NULL THEN NULL ELSE $5::timestamptz END
     FROM jsonb_to_recordset($3::jsonb) AS r(link_id bigint, field text, policy text, base jsonb, salesforce jsonb,
       platform jsonb, winner text, reason text)
     WHERE r.winner IS NULL OR NOT EXISTS (
       SELECT FROM (
         SELECT state, base, salesforce_value, platform_value, winner FROM conflict
          WHERE tenant_id = $1 AND connection_id = $2 AND link_id = r.link_id AND field = r.field
          ORDER BY id DESC LIMIT 1
       ) last
        WHERE last.state = 'settled' AND (last.base, last.salesforce_value, last.platform_value, last.winner)
          IS NOT DISTINCT FROM (r.base, r.salesforce, r.platform, r.winner)
     )
     ON CONFLICT (tenant_id, connection_id, link_id, field) WHERE state <> 'settled'
     DO UPDATE SET salesforce_value = excluded.salesforce_value, platform_value = excluded.platform_value,
       state = CASE WHEN ${isNews} THEN 'open' ELSE conflict.state END,
       winner = CASE WHEN ${isNews} THEN NULL ELSE conflict.winner END,
       settled_by = CASE WHEN ${isNews} THEN NULL ELSE conflict.settled_by END`,
    [
      scope.tenantId,
      scope.connectionId,
      JSON.stringify(
        conflicts.map(({ linkId, conflict, reason }) => ({
          link_id: linkId,
          reason,
          ...conflict,
          value: undefined,
        })),
      ),
      runId,
      new Date(now),
    ],
  );
  return rowCount ?? 0;
}

/** Whose value a person chose, and between which values. */
export interface Choice {
  readonly winner: Side;
  readonly salesforce: Canonical;
  readonly platform: Canonical;
}

/** A person's choices that the engine has yet to carry out, by link id and field. */
export async function chosenConflicts(
  tx: Tx,
  scope: Scope,
  linkIds: readonly number[],
): Promise<Map<number, Record<string, Choice>>> {
  const { rows } = await tx.query<{
    link_id: number;
    field: string;
    winner: Side;
    salesforce_value: Canonical;
    platform_value: Canonical;
  }>(
    `SELECT link_id, field, winner, salesforce_value, platform_value FROM conflict
     WHERE tenant_id = $1 AND connection_id = $2 AND state = 'chosen' AND link_id = ANY($3::bigint[])`,
    [scope.tenantId, scope.connectionId, linkIds],
  );
  const chosen = new Map<number, Record<string, Choice>>();
  for (const {
    link_id: linkId,
    field,
    winner,
    salesforce_value: salesforce,
    platform_value: platform,
  } of rows) {
    chosen.set(linkId, { ...chosen.get(linkId), [field]: { winner, salesforce, platform } });
  }
  return chosen;
}

/**
 * Makes the links due on which a person has chosen the value that a direction carries, whatever was observed since: the
 * choice is yet to be carried out. Where a write to that side failed for another reason, it waits with the rest.
 * Objects that are not synced now are left alone. Mostly nobody has chosen anything. That is asked first: of a join,
 * PostgreSQL may think that going through all links costs less.
 */
export async function makeChosenDue(
  tx: Tx,
  scope: Scope,
  { direction, objects, now }: { direction: Direction; objects: readonly SalesforceObject[]; now: number },
): Promise<void> {
  const due = direction === 'outbound' ? 'outbound_due' : 'inbound_due';
  const [winner, written]: Side[] =
    direction === 'outbound' ? ['salesforce', 'platform'] : ['platform', 'salesforce'];
  const { rows } = await tx.query<{ link_id: number }>(
    `SELECT DISTINCT link_id FROM conflict
     WHERE tenant_id = $1 AND connection_id = $2 AND state = 'chosen' AND winner = $3`,
    [scope.tenantId, scope.connectionId, winner],
  );
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE link SET ${due} = $3, version = ${nextVersion}
     WHERE tenant_id = $1 AND connection_id = $2 AND id = ANY($4::bigint[]) AND state = 'linked' AND ${due} IS NULL
       AND object = ANY($6)
       AND (problem IS NULL OR problem->>'code' IN ('SYNC_CONFLICT_WAITING', 'SYNC_FIELD_OSCILLATES')
         OR problem->>'side' <> $5)`,
    [scope.tenantId, scope.connectionId, new Date(now), rows.map(({ link_id }) => link_id), written, objects],
  );
}

/** The fields of each object in which both sides' edits count. */
export type TwoWayFields = Readonly<Partial<Record<SalesforceObject, readonly string[]>>>;

/**
 * Settles the waiting conflicts of links on fields in which their sides do not differ any more, and, without a winner,
 * those of links that have ended and those on fields that are not synced in both directions any more. Objects that are
 * not among `fields` are left alone.
 */
export async function settleConflicts(
  tx: Tx,
  scope: Scope,
  linkIds: readonly number[],
  fields: TwoWayFields,
  now: number,
): Promise<void> {
  if (linkIds.length === 0) return;
  const agreed = `link.state = 'linked' AND link.agreed ? conflict.field
    AND NOT coalesce(link.salesforce_pending, '{}') ? conflict.field
    AND NOT coalesce(link.platform_pending, '{}') ? conflict.field`;
  const synced = 'coalesce($5::jsonb->link.object ? conflict.field, true)';
  await tx.query(
    `UPDATE conflict SET state = 'settled', settled_at = $4,
       winner = CASE WHEN ${agreed} AND ${synced} THEN conflict.winner END,
       settled_by = CASE WHEN ${agreed} AND ${synced} THEN conflict.settled_by END
     FROM link
     WHERE conflict.tenant_id = $1 AND conflict.connection_id = $2 AND conflict.link_id = ANY($3::bigint[])
       AND conflict.state <> 'settled'
       AND link.tenant_id = $1 AND link.connection_id = $2 AND link.id = conflict.link_id
       AND (${agreed} OR link.state <> 'linked' OR NOT ${synced})`,
    [scope.tenantId, scope.connectionId, linkIds, new Date(now), JSON.stringify(fields)],
  );
}

/**
 * Settles, without a winner, all waiting conflicts of an object that is not to be synced any more. Its links do not wait
 * for them any more: should it be synced again, they are decided anew.
 */
export async function dropConflicts(
  tx: Tx,
  scope: Scope,
  object: SalesforceObject,
  now: number,
): Promise<void> {
  await tx.query(
    `UPDATE conflict SET state = 'settled', settled_at = $4, winner = NULL, settled_by = NULL FROM link
     WHERE conflict.tenant_id = $1 AND conflict.connection_id = $2 AND conflict.state <> 'settled'
       AND link.tenant_id = $1 AND link.connection_id = $2 AND link.id = conflict.link_id AND link.object = $3`,
    [scope.tenantId, scope.connectionId, object, new Date(now)],
  );
  await tx.query(
    `UPDATE link SET problem = NULL, version = ${nextVersion}
     WHERE tenant_id = $1 AND connection_id = $2 AND object = $3
       AND problem->>'code' IN ('SYNC_CONFLICT_WAITING', 'SYNC_FIELD_OSCILLATES')`,
    [scope.tenantId, scope.connectionId, object],
  );
}

/** Asks again about conflicts for which people chose a value that the other side could not take. */
export async function reopenConflicts(
  tx: Tx,
  scope: Scope,
  refused: readonly { linkId: number; field: string }[],
): Promise<void> {
  if (refused.length === 0) return;
  await tx.query(
    `UPDATE conflict SET state = 'open', winner = NULL, settled_by = NULL
     FROM jsonb_to_recordset($3::jsonb) AS r("linkId" bigint, field text)
     WHERE conflict.tenant_id = $1 AND conflict.connection_id = $2 AND conflict.state = 'chosen'
       AND conflict.link_id = r."linkId" AND conflict.field = r.field`,
    [scope.tenantId, scope.connectionId, JSON.stringify(refused)],
  );
}

/** @returns the link to act on, or null when no such conflict is open. */
export async function chooseConflict(
  tx: Tx,
  tenantId: string,
  conflictId: number,
  choice: { winner: Side; by: string },
): Promise<{ connectionId: string; linkId: number } | null> {
  const { rows } = await tx.query<{ connection_id: string; link_id: number }>(
    `UPDATE conflict SET winner = $3, state = 'chosen', settled_by = $4
     WHERE tenant_id = $1 AND id = $2 AND state = 'open' RETURNING connection_id, link_id`,
    [tenantId, conflictId, choice.winner, choice.by],
  );
  const [row] = rows;
  return row === undefined ? null : { connectionId: row.connection_id, linkId: row.link_id };
}

interface ConflictRow {
  id: number;
  link_id: number;
  field: string;
  policy: Policy;
  base: Canonical;
  salesforce_value: Canonical;
  platform_value: Canonical;
  winner: StoredConflict['winner'];
  state: StoredConflict['state'];
  reason: ConflictReason;
  detected_at: Date;
  settled_at: Date | null;
  settled_by: string | null;
}

const columns = `id, link_id, field, policy, base, salesforce_value, platform_value, winner, state, reason, detected_at,
  settled_at, settled_by`;

function fromRow(row: ConflictRow): StoredConflict {
  return {
    id: row.id,
    linkId: row.link_id,
    field: row.field,
    policy: row.policy,
    base: row.base,
    salesforce: row.salesforce_value,
    platform: row.platform_value,
    winner: row.winner,
    state: row.state,
    reason: row.reason,
    detectedAt: row.detected_at.getTime(),
    settledAt: toMillis(row.settled_at),
    settledBy: row.settled_by,
  };
}

/** The newest first; optionally of one link, or of one state. */
export async function listConflicts(
  tx: Tx,
  scope: Scope,
  filter: { linkId?: number; state?: StoredConflict['state']; limit: number },
): Promise<StoredConflict[]> {
  const { rows } = await tx.query<ConflictRow>(
    `SELECT ${columns} FROM conflict
     WHERE tenant_id = $1 AND connection_id = $2 AND ($3::bigint IS NULL OR link_id = $3)
       AND ($4::text IS NULL OR state = $4) ORDER BY detected_at DESC, id DESC LIMIT $5`,
    [scope.tenantId, scope.connectionId, filter.linkId ?? null, filter.state ?? null, filter.limit],
  );
  return rows.map(fromRow);
}

/** One conflict, whatever its state. */
export async function readConflict(
  tx: Tx,
  scope: Scope,
  conflictId: number,
): Promise<StoredConflict | undefined> {
  const { rows } = await tx.query<ConflictRow>(
    `SELECT ${columns} FROM conflict WHERE tenant_id = $1 AND connection_id = $2 AND id = $3`,
    [scope.tenantId, scope.connectionId, conflictId],
  );
  return rows.map(fromRow)[0];
}

/** How many conflicts wait for a person. */
export async function countOpenConflicts(tx: Tx, scope: Scope): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    "SELECT count(*) FROM conflict WHERE tenant_id = $1 AND connection_id = $2 AND state = 'open'",
    [scope.tenantId, scope.connectionId],
  );
  return rows[0]?.count ?? 0;
}
