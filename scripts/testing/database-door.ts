import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { isAlive, startEmbedded, stopEmbedded, type RunningPostgres } from '../postgres/embedded.ts';

const DATA = join(import.meta.dirname, '..', '..', '.data');
/** The process's id tells whether the run is alive; ids are used again, so chance makes the name a new one. */
const FOLDER = join(DATA, `test-postgres-${process.pid}-${randomBytes(4).toString('hex')}`);

/**
 * Starts a PostgreSQL for a test run when the first test asks for one, so that runs without a database cost none.
 * Test processes ask by HTTP, which the run's own process answers with the database's URL.
 */
export class DatabaseDoor {
  #server: Server | undefined;
  #postgres: Promise<RunningPostgres> | undefined;

  /** Opens the door and returns its address. */
  async open(): Promise<string> {
    const server = createServer((_request, response) => {
      this.#postgres ??= startFresh();
      this.#postgres.then(
        ({ url }) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The door has no port.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Stops the PostgreSQL if one was started; its data is kept when a failed test left its schema there. */
  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    const postgres = await this.#postgres;
    if (!postgres) return;
    const left = await leftSchemas(postgres.url);
    await postgres.stop();
    if (left.length === 0) return rm(postgres.folder, { recursive: true, force: true });
    const kept = join(dirname(postgres.folder), 'test-postgres-failed');
    await rm(kept, { recursive: true, force: true });
    await rename(postgres.folder, kept);
    console.error(`Failed tests left ${left.join(', ')}; "node scripts/postgres.ts ${kept}" opens them.`);
  }
}

async function startFresh(): Promise<RunningPostgres> {
  await removeOrphans();
  return startEmbedded({ folder: FOLDER, durable: false });
}

/** Ends what runs that were killed left behind; another run may be doing the same right now. */
async function removeOrphans(): Promise<void> {
  for (const name of await readdir(DATA).catch(() => [])) {
    const pid = /^test-postgres-(\d+)-[0-9a-f]+$/.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const folder = join(DATA, name);
    await stopEmbedded(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function leftSchemas(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'test\\_%' ORDER BY nspname",
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
