import { randomBytes } from 'node:crypto';
import { afterAll, afterEach } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { hasTestFailed } from './outcome.ts';

export interface TestDatabase {
  /** Connects as the owner of the schema. */
  readonly url: string;
  readonly schema: string;
  /** As the service uses it. */
  readonly database: Database;
  /** Runs statements as the owner who created everything, past row-level security. */
  readonly asOwner: <R extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<R[]>;
  /** Has something closed at the file's end, the last one first, before the schema goes. */
  readonly atEnd: (close: () => Promise<unknown>) => void;
}

/**
 * A migrated schema of the calling test file's own, to be called once at its top level. It is dropped after the
 * file's tests when all of them passed, and kept for a look when one failed.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const url = await testDatabaseUrl();
  const schema = `test_${randomBytes(6).toString('hex')}`;
  await migrate({ url, schema });
  const database = new Database({ url, schema, max: 8 });
  const owner = new pg.Pool({ connectionString: url, max: 2, options: `-c search_path=${schema}` });
  const closers: (() => Promise<unknown>)[] = [() => database.close()];
  let failed = false;
  afterEach(() => {
    failed ||= hasTestFailed();
  });
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
    if (!failed)
      await owner.query(`DROP SCHEMA ${schema} CASCADE; DROP SCHEMA IF EXISTS ${schema}_queue CASCADE`);
    await owner.end();
  });
  return {
    url,
    schema,
    database,
    asOwner: async <R extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await owner.query<R>(text, values)).rows,
    atEnd: (close) => void closers.push(close),
  };
}

/** A PostgreSQL for tests: that of `TEST_DATABASE_URL`, or the test run's own. */
export async function testDatabaseUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const door = process.env['TEST_DATABASE_DOOR'];
  if (!door) throw new Error('Run tests through jest with its global setup, or set TEST_DATABASE_URL.');
  // A machine under heavy load may drop a connection before it is taken up; to ask twice does no harm.
  const response = await fetch(door).catch(() => fetch(door));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
