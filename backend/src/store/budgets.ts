import type { Scope, Tx } from './scope.ts';
import { toMillis } from './scope.ts';

/**
 * Reserves the next free slot of a paced window in one atomic statement, so that any number of workers
 * share one rate (invariant 8).
 * @param interval milliseconds between two calls
 * @returns when the caller may call, milliseconds
 */
export async function reserveSlot(
  tx: Tx,
  scope: Scope,
  window: string,
  now: number,
  interval: number,
): Promise<number> {
  const { rows } = await tx.query<{ slot: Date }>(
    `INSERT INTO budget (tenant_id, connection_id, call_window, next_slot, used)
     VALUES ($1, $2, $3, $4::timestamptz + make_interval(secs => $5), 1)
     ON CONFLICT (tenant_id, connection_id, call_window)
     DO UPDATE SET next_slot = greatest(budget.next_slot, $4) + make_interval(secs => $5), used = budget.used + 1
     RETURNING next_slot - make_interval(secs => $5) AS slot`,
    [scope.tenantId, scope.connectionId, window, new Date(now), interval / 1000],
  );
  return rows[0]?.slot.getTime() ?? now;
}

/** Keeps everybody from calling until then. */
export async function holdWindow(tx: Tx, scope: Scope, window: string, until: number): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window, next_slot) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET next_slot = greatest(budget.next_slot, $4)`,
    [scope.tenantId, scope.connectionId, window, new Date(until)],
  );
}

export interface DailyUse {
  /** Our own calls today (UTC). */
  readonly used: number;
  /** All calls of the org in the last 24 hours and its limit, as last reported. */
  readonly vendorUsed: number | null;
  readonly vendorLimit: number | null;
}

/** Counts calls of ours against the day. */
export async function countDaily(tx: Tx, scope: Scope, calls: number, now: number): Promise<DailyUse> {
  const day = new Date(now).toISOString().slice(0, 10);
  const { rows } = await tx.query<{ used: number; vendor_used: number | null; vendor_limit: number | null }>(
    `INSERT INTO budget (tenant_id, connection_id, call_window, used, day) VALUES ($1, $2, 'daily', $3, $4)
     ON CONFLICT (tenant_id, connection_id, call_window)
     DO UPDATE SET used = CASE WHEN budget.day = $4 THEN budget.used + $3 ELSE $3 END, day = $4
     RETURNING used, vendor_used, vendor_limit`,
    [scope.tenantId, scope.connectionId, calls, day],
  );
  const [row] = rows;
  return {
    used: row?.used ?? calls,
    vendorUsed: row?.vendor_used ?? null,
    vendorLimit: row?.vendor_limit ?? null,
  };
}

/** The day's count without adding to it. */
export async function readDaily(tx: Tx, scope: Scope, now: number): Promise<DailyUse> {
  const { rows } = await tx.query<{ used: number; vendor_used: number | null; vendor_limit: number | null }>(
    `SELECT CASE WHEN day = $3 THEN used ELSE 0 END AS used, vendor_used, vendor_limit FROM budget
     WHERE tenant_id = $1 AND connection_id = $2 AND call_window = 'daily'`,
    [scope.tenantId, scope.connectionId, new Date(now).toISOString().slice(0, 10)],
  );
  const [row] = rows;
  return {
    used: row?.used ?? 0,
    vendorUsed: row?.vendor_used ?? null,
    vendorLimit: row?.vendor_limit ?? null,
  };
}

export async function noteDaily(
  tx: Tx,
  scope: Scope,
  vendor: { used: number; limit: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window, vendor_used, vendor_limit) VALUES ($1, $2, 'daily', $3, $4)
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET vendor_used = $3, vendor_limit = $4`,
    [scope.tenantId, scope.connectionId, vendor.used, vendor.limit],
  );
}

export async function noteRate(tx: Tx, scope: Scope, window: string, perSecond: number): Promise<void> {
  await tx.query(
    `INSERT INTO budget (tenant_id, connection_id, call_window, per_second) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant_id, connection_id, call_window) DO UPDATE SET per_second = $4`,
    [scope.tenantId, scope.connectionId, window, perSecond],
  );
}

export interface BudgetState {
  readonly window: string;
  readonly used: number;
  readonly perSecond: number | null;
  readonly vendorUsed: number | null;
  readonly vendorLimit: number | null;
  readonly nextSlot: number | null;
}

export async function readBudgets(tx: Tx, scope: Scope): Promise<BudgetState[]> {
  const { rows } = await tx.query<{
    call_window: string;
    used: number;
    per_second: number | null;
    vendor_used: number | null;
    vendor_limit: number | null;
    next_slot: Date;
  }>('SELECT * FROM budget WHERE tenant_id = $1 AND connection_id = $2', [
    scope.tenantId,
    scope.connectionId,
  ]);
  return rows.map((row) => ({
    window: row.call_window,
    used: row.used,
    perSecond: row.per_second,
    vendorUsed: row.vendor_used,
    vendorLimit: row.vendor_limit,
    nextSlot: toMillis(row.next_slot),
  }));
}
