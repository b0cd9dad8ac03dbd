import type { QueryResult, QueryResultRow } from 'pg';

/** A tenant's transaction: row-level security already narrows it to that tenant. */
export interface Tx {
  /** @param values - What stands for $1 and on; never a part of the text, which is to be one of few. */
  query<Row extends QueryResultRow = QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
}

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
