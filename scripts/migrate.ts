import { migrate } from '../backend/src/store/migrate.ts';
import { openPostgres } from './postgres.ts';

/** Usage: npm run migrate. Brings the database's schema up to this code's version. */
const schema = process.env['DATABASE_SCHEMA'] ?? 'syncline';
const postgres = await openPostgres();
try {
  const applied = await migrate({ url: process.env['MIGRATION_DATABASE_URL'] ?? postgres.url, schema });
  console.log(
    applied.length === 0
      ? `The schema "${schema}" is up to date.`
      : `The schema "${schema}" is at version ${applied.at(-1)} (${applied.length} migrations applied).`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await postgres.stop();
}
