import pg from 'pg';
import type { Tx } from './scope.ts';

/** The role that every statement of the service runs as: no owner, no superuser, bound by row-level security. */
const APP_ROLE = 'syncline_app';

/**
 * PostgreSQL's own 4 is that of turning disks. With it a thousand ids are looked up by reading the whole table rather
 * than by the index, up to a hundred thousand rows.
 */
const randomPageCost = 1.1;

export interface DatabaseOptions {
  readonly url: string;
  /** The schema that holds everything. */
  readonly schema: string;
  /** Connections at most; 10 by default. */
  readonly max?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Milliseconds that one statement may take; a minute by default. */
  readonly statementTimeout?: number;
}

/** No connection could be had: the database is down, restarting, unreachable, or out of connections. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message || ('code' in cause && cause.code) : cause;
    super(`The database does not answer: ${String(why)}`, { cause });
  }
}

class WrongRole extends Error {
  override readonly name = 'WrongRole';
}

/**
 * The service's PostgreSQL. Rows of a tenant are seen and written inside `withTenant` alone: outside of it the
 * policies of row-level security show nothing (invariant 9). `int8` is read as a number, `numeric` as text,
 * `timestamptz` as a Date.
 */
export class Database {
  readonly pool: pg.Pool;
  readonly schema: string;
  readonly #statements = new Map<string, string>();

  constructor(options: DatabaseOptions) {
    this.schema = assertIdentifier(options.schema);
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.max ?? 10,
      application_name: options.applicationName ?? 'syncline',
      options: `-c role=${APP_ROLE} -c search_path=${this.schema} -c timezone=UTC -c random_page_cost=${randomPageCost}`,
      statement_timeout: options.statementTimeout ?? 60_000,
      idle_in_transaction_session_timeout: 120_000,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      pipeline: true,
      types: { getTypeParser },
      verify: (client, done) => void assertAppRole(client).then(() => done(), done),
    });
    // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
    this.pool.on('error', () => undefined);
  }

  /** Runs `fn` in a transaction that sees the rows of one tenant: committed when it resolves, rolled back when it throws. */
  async withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction(`BEGIN; ${enterTenantSql(tenantId)}`, fn);
  }

  /** Runs `fn` in a transaction of no tenant: for the lookups that must cross tenants, through narrow functions of the schema. */
  async system<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction('BEGIN', fn);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async #connect(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      throw error instanceof WrongRole ? error : new DatabaseUnavailable(error);
    }
  }

  /**
   * Statements with values are prepared once in each connection: reading and planning their text costs PostgreSQL more
   * than carrying most of them out.
   */
  #prepared(client: pg.ClientBase): Tx {
    return {
      query: (text, values) =>
        values === undefined
          ? client.query(text)
          : client.query({ name: this.#nameOf(text), text, values: [...values] }),
    };
  }

  /** The store's texts are few and fixed, so names do not pile up. */
  #nameOf(text: string): string {
    const name = this.#statements.get(text) ?? `statement ${this.#statements.size}`;
    this.#statements.set(text, name);
    return name;
  }

  async #transaction<T>(begin: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let broken: Error | undefined;
    try {
      // On its way together with the first statement. Should it fail, so do all behind it: none is of any tenant then.
      const begun = client.query(begin);
      begun.catch(() => undefined);
      const result = await fn(this.#prepared(client));
      await begun;
      await client.query('COMMIT');
      return result;
    } catch (error) {
      if (isOutdatedStatement(error)) broken = error;
      await client.query('ROLLBACK').catch((cause: Error) => (broken = cause));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}

/**
 * Whether a migration changed what a statement answers after a connection had prepared it: only a new connection
 * prepares it anew.
 */
function isOutdatedStatement(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && error.routine === 'RevalidateCachedQuery';
}

/**
 * Makes the rest of the transaction see another tenant's rows: for the one hand-over between a pending tenant and its
 * org's, and for a transaction that found out whose it is.
 */
export async function enterTenant(tx: Tx, tenantId: string): Promise<void> {
  await tx.query(enterTenantSql(tenantId));
}

/** A text constant rather than a parameter, so that it travels together with BEGIN. */
function enterTenantSql(tenantId: string): string {
  if (!UUID.test(tenantId)) throw new Error('A tenant id is a UUID.');
  return `SELECT set_config('app.tenant', '${tenantId}', true)`;
}

/** A name that needs no quotes in SQL. */
export function assertIdentifier(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`"${name}" is no plain PostgreSQL name.`);
  return name;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const INT8: number = pg.types.builtins.INT8;
const TIMESTAMPTZ: number = pg.types.builtins.TIMESTAMPTZ;

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 && format !== 'binary') return toSafeInteger;
  if (oid === TIMESTAMPTZ && format !== 'binary') return toDate;
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown; // typed as any
}

const parseTimestamp = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (value: string) => unknown; // typed as any

/** A time as a session in UTC writes it is nearly ISO text, which is read much faster; infinities take pg's own way. */
function toDate(text: string): unknown {
  const date = text.endsWith('+00') ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : null;
  return date === null || Number.isNaN(date.getTime()) ? parseTimestamp(text) : date;
}

function toSafeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`${text} is beyond the integers that a number holds.`);
  return number;
}

/** A pooler in between, or options in the URL, may swallow the role: then nothing would bind the service to its tenant. */
async function assertAppRole(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string }>('SELECT current_user AS role');
  if (rows[0]?.role !== APP_ROLE) {
    throw new WrongRole(
      `The database ran the service as "${rows[0]?.role}", not as ${APP_ROLE}: remove "options" from DATABASE_URL and connect without a pooler that drops startup options.`,
    );
  }
}
