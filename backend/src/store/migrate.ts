import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import Postgrator from 'postgrator';
import { assertIdentifier, type Database } from './database.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations');
const TABLE = 'schema_version';

export interface MigrateOptions {
  /** Of a role that owns the schema or may create it, and may create roles. */
  readonly url: string;
  readonly schema: string;
}

/** The database and the code do not fit together. The message says which side to bring up to date. */
export class SchemaVersionError extends Error {
  override readonly name = 'SchemaVersionError';
}

/**
 * Brings a schema up to this code's version: all missing migrations in one transaction, one process at a time.
 *
 * @returns the versions that were applied
 * @throws SchemaVersionError when the schema is newer than this code
 */
export async function migrate({ url, schema }: MigrateOptions): Promise<number[]> {
  assertIdentifier(schema);
  const client = new pg.Client({ connectionString: url, application_name: 'syncline-migrate' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`syncline:${schema}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    const postgrator = new Postgrator({
      driver: 'pg',
      migrationPattern: join(FOLDER, '*.sql').replaceAll('\\', '/'),
      schemaTable: TABLE,
      currentSchema: schema,
      newline: 'LF',
      execQuery: (query) => client.query<Record<string, unknown>>(query),
    });
    assertNotNewer(await postgrator.getDatabaseVersion(), await codeVersion());
    const applied = await postgrator.migrate();
    await client.query('COMMIT');
    return applied.map(({ version }) => version);
  } finally {
    // Without COMMIT before it, the end of the connection rolls everything back.
    await client.end();
  }
}

/** @throws SchemaVersionError unless the schema's version is the one that this code was written for. */
export async function assertSchemaVersion(database: Database): Promise<void> {
  const [inDatabase, inCode] = await Promise.all([databaseVersion(database), codeVersion()]);
  assertNotNewer(inDatabase, inCode);
  if (inDatabase < inCode) {
    throw new SchemaVersionError(
      `The database is at version ${inDatabase}, this code needs ${inCode}. Run "npm run migrate" first.`,
    );
  }
}

function assertNotNewer(inDatabase: number, inCode: number): void {
  if (inDatabase > inCode) {
    throw new SchemaVersionError(
      `The database is at version ${inDatabase}, this code knows no more than ${inCode}. Deploy the newer code, or restore the older database.`,
    );
  }
}

async function databaseVersion(database: Database): Promise<number> {
  try {
    const { rows } = await database.system((tx) =>
      tx.query<{ version: number }>(`SELECT max(version) AS version FROM ${TABLE}`),
    );
    return rows[0]?.version ?? 0;
  } catch (error) {
    // 42P01: there is no such table, as nothing was migrated yet.
    if (error instanceof pg.DatabaseError && error.code === '42P01') return 0;
    throw error;
  }
}

async function codeVersion(): Promise<number> {
  const names = await readdir(FOLDER);
  return Math.max(0, ...names.map((name) => Number(/^(\d+)\.do\..*\.sql$/.exec(name)?.[1] ?? 0)));
}
