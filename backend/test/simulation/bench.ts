import pg from 'pg';
import { migrate } from '../../src/store/migrate.ts';
import { forgetting } from '../support/customer.ts';
import { PipelinedDatabase } from './pipelined.ts';
import { createTenant, resetTenant, type Tenant } from './tenant.ts';
import { WorldTime } from './world-time.ts';

/** What seeds are run on, one after the other: a schema of its own and two customers' vendors. */
export class Bench {
  readonly database: PipelinedDatabase;
  readonly options: { readonly url: string; readonly schema: string };
  readonly time: WorldTime;
  readonly tenants: readonly Tenant[];
  readonly #owner: pg.Client;
  readonly #empty: string;

  private constructor(
    parts: Pick<Bench, 'database' | 'options' | 'time' | 'tenants'> & { owner: pg.Client; empty: string },
  ) {
    this.database = parts.database;
    this.options = parts.options;
    this.time = parts.time;
    this.tenants = parts.tenants;
    this.#owner = parts.owner;
    this.#empty = parts.empty;
  }

  static async open(url: string, schema: string): Promise<Bench> {
    await migrate({ url, schema });
    const options = { url, schema, max: 1 };
    const database = await PipelinedDatabase.connect(options);
    const time = new WorldTime();
    const tenants = [
      await createTenant(database, time, { name: 'acme', net: '127.0.1' }),
      await createTenant(database, time, { name: 'bravo', net: '127.0.2' }),
    ];
    const owner = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
    await owner.connect();
    const empty = await forgetting(async (sql) => (await owner.query<{ name: string }>(sql)).rows, schema);
    return new Bench({ database, options, time, tenants, owner, empty });
  }

  /** Everything as it was before the first run, at that time. */
  async reset(time: number, tenants: readonly Tenant[]): Promise<void> {
    this.time.now = () => time;
    await this.database.settled();
    await this.#owner.query(this.#empty);
    for (const tenant of tenants) await resetTenant(this.database, tenant);
  }

  /** Rows as they are, whoever's they are. */
  async rows<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    await this.database.settled();
    return (await this.#owner.query<R>(text, values)).rows;
  }

  async close(): Promise<void> {
    for (const { salesforce, platform } of this.tenants) {
      await salesforce.server.app.close();
      await platform.server.app.close();
    }
    await this.database.close();
    await this.#owner.query(`DROP SCHEMA ${this.options.schema} CASCADE`);
    await this.#owner.end();
  }
}
