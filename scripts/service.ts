/**
 * Usage: npm run service. Runs the service alone: on the database of `DATABASE_URL`, which `npm run migrate` brings up
 * to date, or else on the embedded PostgreSQL, started and brought up to date here.
 */
import { migrate } from '../backend/src/store/migrate.ts';
import { openPostgres } from './postgres.ts';
import { startChild } from './stack/child.ts';
import { Closing } from './stack/closing.ts';
import { interruption } from './stack/interruption.ts';
import { SERVER, SERVER_ENVIRONMENT } from './stack/server.ts';

/** The service with a PostgreSQL of its own; answers this process's exit code. */
async function runWithPostgres(closing: Closing): Promise<number> {
  const opening = openPostgres();
  closing.add(() => opening.then((postgres) => postgres.stop()));
  const { url } = await opening;
  await migrate({ url, schema: process.env['DATABASE_SCHEMA'] ?? 'syncline' });
  const service = await startChild({
    name: 'service',
    file: SERVER,
    environment: { ...SERVER_ENVIRONMENT, DATABASE_URL: url },
  });
  closing.add(() => service.stop());
  await service.ended;
  return 1;
}

if (process.env['DATABASE_URL']) {
  await import('../backend/src/server.ts');
} else {
  const closing = new Closing();
  const code = await Promise.race([
    runWithPostgres(closing).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    }),
    interruption().then(() => 0),
  ]);
  await closing.all();
  process.exit(code);
}
