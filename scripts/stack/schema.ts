import pg from 'pg';
import { assertIdentifier } from '../../backend/src/store/database.ts';
import { migrate } from '../../backend/src/store/migrate.ts';

/** Drops a schema with its queue, makes it anew and brings it to this code's version. */
export async function recreateSchema(url: string, schema: string): Promise<void> {
  assertIdentifier(schema);
  const client = new pg.Client({ connectionString: url, application_name: 'syncline-start' });
  await client.connect();
  try {
    await client.query('SET client_min_messages = warning');
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.query(`DROP SCHEMA IF EXISTS ${schema}_queue CASCADE`);
  } finally {
    await client.end();
  }
  await migrate({ url, schema });
}

/** The server's version, such as "18.4". */
export async function postgresVersion(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}
