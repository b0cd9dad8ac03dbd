import type { ClientBase } from 'pg';

/** A client within a tenant's transaction: row-level security already narrows it to that tenant. */
export type Tx = Pick<ClientBase, 'query'>;

/** Whose rows: every table of the engine is keyed by both. */
export interface Scope {
  readonly tenantId: string;
  readonly connectionId: string;
}

/** Milliseconds of a timestamptz that may be null. */
export function toMillis(value: Date | null): number | null {
  return value === null ? null : value.getTime();
}

/** ISO text of milliseconds that may be null, for JSON parameters. */
export function toIso(value: number | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}
