import type { Lane } from '../lib/budget.ts';
import type { Scope, Tx } from './scope.ts';

/** What a caller asks of a paced window. */
export interface SlotClaim {
  readonly window: string;
  readonly lane: Lane;
  readonly now: number;
  /** Milliseconds between two calls. */
  readonly interval: number;
  /** Where so many live calls in a row passed calls of a backfill, one of those queues as live calls do. */
  readonly liveInRow: number;
}

/** A slot to call at, or when to ask again. Milliseconds. */
export type SlotAnswer =
  { readonly kind: 'slot'; readonly at: number } | { readonly kind: 'later'; readonly at: number };

/**
 * Claims the next free slot of a paced window in one atomic statement, so that any number of workers share one rate
 * (invariant 8). A live call gets it however far ahead it is; a call of a backfill only when it is the next one to
 * come, so that a live call that arrives meanwhile goes first.
 */
export async function claimSlot(tx: Tx, scope: Scope, claim: SlotClaim): Promise<SlotAnswer> {
  const { window, lane, now, interval, liveInRow } = claim;
  const { rows } = await tx.query<{ slot: Date }>(
    `INSERT INTO budget (tenant_id, connection_id, call_window, next_slot, used)
     VALUES ($1, $2, $3, $4::timestamptz + make_interval(secs => $5), 1)
     ON CONFLICT (tenant_id, connection_id, call_window)
     DO UPDATE SET next_slot = greatest(budget.next_slot, $4) + make_interval(secs => $5), used = budget.used + 1,
       live_run = CASE WHEN $6 THEN budget.live_run + 1 ELSE 0 END
     WHERE $6 OR budget.next_slot <= $4::timestamptz + make_interval(secs => $5) OR budget.live_run >= $7
     RETURNING next_slot - make_interval(secs => $5) AS slot`,
    [...key(scope), window, new Date(now), interval / 1000, lane === 'live', liveInRow],
  );
  const [claimed] = rows;
  if (claimed !== undefined) return { kind: 'slot', at: claimed.slot.getTime() };
  const { rows: taken } = await tx.query<{ next_slot: Date }>(
    'SELECT next_slot FROM budget WHERE tenant_id = $1 AND connection_id = $2 AND call_window = $3',
    [...key(scope), window],
  );
  return { kind: 'later', at: (taken[0]?.next_slot.getTime() ?? now) - interval };
}

/** Keeps everybody from calling the account until then; slots before it are void. */
export async function holdAccount(tx: Tx, scope: Scope, until: number): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window) VALUES ($1, $2, 'requests') ON CONFLICT DO NOTHING`,
    key(scope),
  );
  await tx.query(
    `UPDATE budget SET next_slot = greatest(next_slot, $3), held_until = greatest(held_until, $3)
      WHERE tenant_id = $1 AND connection_id = $2`,
    [...key(scope), new Date(until)],
  );
}

/** Until when the account is held, milliseconds; long ago where it never was. */
export async function readHold(tx: Tx, scope: Scope, window: string): Promise<number> {
  const { rows } = await tx.query<{ held_until: Date }>(
    'SELECT held_until FROM budget WHERE tenant_id = $1 AND connection_id = $2 AND call_window = $3',
    [...key(scope), window],
  );
  return rows[0]?.held_until.getTime() ?? 0;
}

export interface DailyUse {
  /** Our own calls in the last 24 hours, and up to one hour more: they are counted by the hour. */
  readonly used: number;
  /** All calls of the org in the last 24 hours, as last reported with ours since, and its limit. */
  readonly vendorUsed: number | null;
  readonly vendorLimit: number | null;
}

/** How the day's calls are claimed. Times are milliseconds. */
export interface DailyClaim {
  readonly now: number;
  /** Judges by what was used before the call. */
  readonly mayCall: (use: DailyUse) => boolean;
  /** Whether a call that may not be made otherwise may be made to learn what the org has used by now. */
  readonly mayAsk: (use: DailyUse) => boolean;
  /** At most one such call in so long, counted from when the org last told it. */
  readonly askEvery: number;
}

/** Counts a call against the day unless it may not be made. */
export async function claimDaily(
  tx: Tx,
  scope: Scope,
  { now, mayCall, mayAsk, askEvery }: DailyClaim,
): Promise<DailyUse & { readonly granted: boolean }> {
  // The row is the lock under which all workers count.
  const { rows } = await tx.query<{ told_at: Date }>(
    `INSERT INTO budget (tenant_id, connection_id, call_window) VALUES ($1, $2, 'daily')
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET used = budget.used
     RETURNING next_slot AS told_at`,
    key(scope),
  );
  const use = await readDaily(tx, scope, now);
  const asks = !mayCall(use);
  const toldAt = rows[0]?.told_at.getTime() ?? 0;
  if (asks && !(mayAsk(use) && toldAt <= now - askEvery)) return { ...use, granted: false };
  await tx.query(
    `WITH counted AS (
       INSERT INTO budget_hour (tenant_id, connection_id, hour, calls) VALUES ($1, $2, date_trunc('hour', $3::timestamptz), 1)
       ON CONFLICT (tenant_id, connection_id, hour) DO UPDATE SET calls = budget_hour.calls + 1
     ), forgotten AS (
       DELETE FROM budget_hour WHERE tenant_id = $1 AND connection_id = $2 AND hour < $3::timestamptz - interval '2 days'
     )
     UPDATE budget SET used = used + 1, untold = untold + 1,
       next_slot = CASE WHEN $4 THEN $3::timestamptz ELSE next_slot END
      WHERE tenant_id = $1 AND connection_id = $2 AND call_window = 'daily'`,
    [...key(scope), new Date(now), asks],
  );
  return { ...use, granted: true };
}

/** The day's count without adding to it. */
export async function readDaily(tx: Tx, scope: Scope, now: number): Promise<DailyUse> {
  const { rows } = await tx.query<{ used: number; vendor_used: number | null; vendor_limit: number | null }>(
    `SELECT vendor_used + untold AS vendor_used, vendor_limit,
       (SELECT coalesce(sum(calls), 0) FROM budget_hour
         WHERE tenant_id = $1 AND connection_id = $2 AND hour > $3::timestamptz - interval '25 hours') AS used
     FROM budget WHERE tenant_id = $1 AND connection_id = $2 AND call_window = 'daily'`,
    [...key(scope), new Date(now)],
  );
  const [row] = rows;
  return {
    used: row?.used ?? 0,
    vendorUsed: row?.vendor_used ?? null,
    vendorLimit: row?.vendor_limit ?? null,
  };
}

/** Notes what the org told of its day; the row's slot is when it did. */
export async function noteDaily(
  tx: Tx,
  scope: Scope,
  { used, limit, now }: { used: number; limit: number; now: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window, vendor_used, vendor_limit, next_slot)
     VALUES ($1, $2, 'daily', $3, $4, $5)
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET vendor_used = $3, vendor_limit = $4,
       next_slot = $5, untold = 0`,
    [...key(scope), used, limit, new Date(now)],
  );
}

export async function noteRate(tx: Tx, scope: Scope, window: string, perSecond: number): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window, per_second) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET per_second = $4`,
    [...key(scope), window, perSecond],
  );
}

export interface BudgetState {
  readonly window: string;
  readonly used: number;
  readonly perSecond: number | null;
  readonly vendorUsed: number | null;
  readonly vendorLimit: number | null;
  readonly heldUntil: number;
}

export async function readBudgets(tx: Tx, scope: Scope): Promise<BudgetState[]> {
  const { rows } = await tx.query<{
    call_window: string;
    used: number;
    per_second: number | null;
    vendor_used: number | null;
    vendor_limit: number | null;
    held_until: Date;
  }>(
    `SELECT call_window, used, per_second, vendor_used, vendor_limit, held_until FROM budget
     WHERE tenant_id = $1 AND connection_id = $2`,
    key(scope),
  );
  return rows.map((row) => ({
    window: row.call_window,
    used: row.used,
    perSecond: row.per_second,
    vendorUsed: row.vendor_used,
    vendorLimit: row.vendor_limit,
    heldUntil: row.held_until.getTime(),
  }));
}

function key({ tenantId, connectionId }: Scope): [string, string] {
  return [tenantId, connectionId];
}
