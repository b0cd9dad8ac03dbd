import type { SalesforceObject, Side } from '../sync/types.ts';
import type { Scope, Tx } from './scope.ts';

export type HintReason = 'look' | 'create_lead' | 'create_contact';

/** Where to look, and why; never what is there. */
export interface Hint {
  readonly side: Side;
  readonly object: SalesforceObject | 'contact' | 'account';
  readonly recordId: string;
  readonly reason: HintReason;
}

export interface StoredHint extends Hint {
  readonly version: number;
}

interface HintRow {
  side: Side;
  object: Hint['object'];
  record_id: string;
  reason: HintReason;
  version: number;
}

function fromRow({ record_id: recordId, ...rest }: HintRow): StoredHint {
  return { ...rest, recordId };
}

function toRows(hints: readonly (Hint & { version?: number })[]): string {
  return JSON.stringify(hints.map(({ recordId, ...rest }) => ({ ...rest, record_id: recordId })));
}

/** Adds hints; one that is there already is renewed, so that a look already under way does not count for it. */
export function addHints(tx: Tx, scope: Scope, hints: readonly Hint[], notBefore: number): Promise<void> {
  return saveHints(tx, scope, hints, notBefore, 'least(hint.not_before, excluded.not_before)');
}

/** Adds hints, or puts off those that are there already, be they due. */
export function putOffHints(tx: Tx, scope: Scope, hints: readonly Hint[], notBefore: number): Promise<void> {
  return saveHints(tx, scope, hints, notBefore, 'excluded.not_before');
}

async function saveHints(
  tx: Tx,
  scope: Scope,
  hints: readonly Hint[],
  notBefore: number,
  due: string,
): Promise<void> {
  if (hints.length === 0) return;
  await tx.query(
    `INSERT INTO hint (tenant_id, connection_id, side, object, record_id, reason, not_before, asked_at)
     SELECT DISTINCT $1::uuid, $2::uuid, side, object, record_id, reason, $4::timestamptz, $4::timestamptz
     FROM jsonb_to_recordset($3::jsonb) AS r(side text, object text, record_id text, reason text)
     ON CONFLICT (tenant_id, connection_id, side, object, record_id, reason)
     DO UPDATE SET version = hint.version + 1, not_before = ${due},
       asked_at = greatest(hint.asked_at, excluded.asked_at)`,
    [scope.tenantId, scope.connectionId, toRows(hints), new Date(notBefore)],
  );
}

export async function dueHints(
  tx: Tx,
  scope: Scope,
  side: Side,
  dueBy: number,
  limit: number,
): Promise<StoredHint[]> {
  const { rows } = await tx.query<HintRow>(
    `SELECT side, object, record_id, reason, version FROM hint
     WHERE tenant_id = $1 AND connection_id = $2 AND side = $3 AND not_before <= $4
     ORDER BY not_before, record_id LIMIT $5`,
    [scope.tenantId, scope.connectionId, side, new Date(dueBy), limit],
  );
  return rows.map(fromRow);
}

/** The hints at some contacts that were given by a time: what was read after it answers them. */
export async function hintsAtContacts(
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
  askedBy: number,
): Promise<StoredHint[]> {
  const { rows } = await tx.query<HintRow>(
    `SELECT side, object, record_id, reason, version FROM hint
     WHERE tenant_id = $1 AND connection_id = $2 AND side = 'platform' AND object = 'contact'
       AND record_id = ANY($3) AND asked_at <= $4 ORDER BY record_id, reason`,
    [scope.tenantId, scope.connectionId, ids, new Date(askedBy)],
  );
  return rows.map(fromRow);
}

/** Removes hints that were followed; one that was renewed meanwhile stays. */
export async function clearHints(tx: Tx, scope: Scope, hints: readonly StoredHint[]): Promise<void> {
  if (hints.length === 0) return;
  await tx.query(
    `DELETE FROM hint USING jsonb_to_recordset($3::jsonb)
       AS r(side text, object text, record_id text, reason text, version integer)
     WHERE hint.tenant_id = $1 AND hint.connection_id = $2 AND hint.side = r.side AND hint.object = r.object
       AND hint.record_id = r.record_id AND hint.reason = r.reason AND hint.version = r.version`,
    [scope.tenantId, scope.connectionId, toRows(hints)],
  );
}

export async function countHints(tx: Tx, scope: Scope, side: Side, dueBy: number): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'SELECT count(*) FROM hint WHERE tenant_id = $1 AND connection_id = $2 AND side = $3 AND not_before <= $4',
    [scope.tenantId, scope.connectionId, side, new Date(dueBy)],
  );
  return rows[0]?.count ?? 0;
}
