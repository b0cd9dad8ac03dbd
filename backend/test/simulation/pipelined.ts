import type { Duplex } from 'node:stream';
import pg from 'pg';
import { Database, type DatabaseOptions } from '../../src/store/database.ts';
import type { Tx } from '../../src/store/scope.ts';

/**
 * The service's database over one connection on which nobody waits for BEGIN and COMMIT, and every statement is
 * planned once: with one transaction at a time the answers are the same, and most of a seed's time is saved.
 */
export class PipelinedDatabase extends Database {
  readonly #client: pg.Client;
  readonly #names = new Map<string, string>();
  #isCommitOwed = false;

  private constructor(options: DatabaseOptions) {
    super(options);
    this.#client = new pg.Client({ ...this.pool.options, pipeline: true });
  }

  static async connect(options: DatabaseOptions): Promise<PipelinedDatabase> {
    const database = new PipelinedDatabase(options);
    await database.#client.connect();
    return database;
  }

  override withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction(`BEGIN; SELECT set_config('app.tenant', '${tenantId}', true)`, fn);
  }

  override system<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction('BEGIN', fn);
  }

  /** Resolves once everything is committed. */
  async settled(): Promise<void> {
    if (!this.#isCommitOwed) return;
    this.#isCommitOwed = false;
    await this.#client.query('COMMIT');
  }

  override async close(): Promise<void> {
    await this.settled();
    await this.#client.end();
    await super.close();
  }

  /** The commit travels with the next transaction's begin, and that with its first statement. */
  async #transaction<T>(begin: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    const opening = this.#isCommitOwed ? `COMMIT; ${begin}` : begin;
    this.#isCommitOwed = false;
    this.#stream.cork();
    const begun = this.#client.query(opening);
    begun.catch(() => undefined);
    const work = fn(this.#tx);
    this.#stream.uncork();
    try {
      const result = await work;
      await begun;
      this.#isCommitOwed = true;
      return result;
    } catch (error) {
      await this.#client.query('ROLLBACK');
      throw error;
    }
  }

  get #stream(): Duplex {
    const { connection } = this.#client as unknown as { connection: { stream: Duplex } }; // not in pg's types
    return connection.stream;
  }

  /** The connection, with a name for each statement that has parameters. */
  get #tx(): Tx {
    const query = (text: string, values?: unknown[]): Promise<unknown> =>
      values === undefined
        ? this.#client.query(text)
        : this.#client.query({ text, values, name: this.#nameOf(text) });
    return { query: query as Tx['query'] }; // the one form of it that the store uses
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
