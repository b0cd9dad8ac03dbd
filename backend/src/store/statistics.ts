import type { Database } from './database.ts';

/** Has PostgreSQL count the rows of links, known contacts and hints anew, on which the ways to find them depend. */
export async function refreshStatistics(db: Database): Promise<void> {
  await db.system((tx) => tx.query('SELECT refresh_statistics()'));
}
