import { join } from 'node:path';
import { startEmbedded, type RunningPostgres } from './postgres/embedded.ts';

const DEFAULT_FOLDER = join(import.meta.dirname, '..', '.data', 'postgres');

/** The database of `DATABASE_URL`, or else the embedded PostgreSQL in `.data/postgres`, started for the caller. */
export async function openPostgres(): Promise<Pick<RunningPostgres, 'url' | 'stop'>> {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given, stop: async () => undefined };
  return startEmbedded({ folder: DEFAULT_FOLDER, durable: true });
}

/** Usage: node scripts/postgres.ts [FOLDER]. Runs the embedded PostgreSQL of a folder until it is interrupted. */
async function main(folder: string = DEFAULT_FOLDER): Promise<void> {
  const postgres = await startEmbedded({ folder, durable: true });
  console.log(`DATABASE_URL=${postgres.url}`);
  const alive = setInterval(() => undefined, 60_000);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      clearInterval(alive);
      void postgres.stop();
    });
  }
}

if (import.meta.main) await main(process.argv[2]);
