import type { Database } from './database.ts';

/** What PostgreSQL's clock shows, milliseconds since the epoch. */
export async function readTime(database: Database): Promise<number> {
  const { rows } = await database.system((tx) =>
    tx.query<{ now: number }>('SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS now'),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('PostgreSQL did not tell its time.');
  return row.now;
}
