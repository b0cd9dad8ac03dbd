import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findBinaries, type Binaries } from './binaries.ts';
import { freePort } from '../stack/ports.ts';
import { canEnter, unprivilegedUser, type SystemUser } from './system-user.ts';

const run = promisify(execFile);

export interface EmbeddedOptions {
  /** Where the cluster lives; made when it is not there. */
  readonly folder: string;
  /** A free one by default. */
  readonly port?: number;
  /** False gives up crash safety for speed: for tests alone. */
  readonly durable: boolean;
}

export interface RunningPostgres {
  readonly url: string;
  /** Where its data lies. */
  readonly folder: string;
  /** Stops it, unless another living process started it. */
  stop(): Promise<void>;
}

const USER = 'syncline';
const ATTEMPTS = 3;
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/**
 * Starts the PostgreSQL that came with the dependencies, on loopback only and behind a password of its own. A cluster
 * that an earlier process left running (it was killed) is taken over; a lock file that it left behind does not matter.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<RunningPostgres> {
  const cluster = await openCluster(options.folder);
  await cluster.create(options.durable);
  return (await cluster.adopt()) ?? (await cluster.start(options));
}

/** Stops whatever runs in a folder, whoever started it. */
export async function stopEmbedded(folder: string): Promise<void> {
  await (await openCluster(folder)).stop();
}

async function openCluster(folder: string): Promise<Cluster> {
  const user = await unprivilegedUser();
  return new Cluster(await usableFolder(resolve(folder), user), user, await findBinaries(user));
}

/** The folder itself, or one in the temporary folder where Postgres's user cannot enter it. */
async function usableFolder(folder: string, user: SystemUser | undefined): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  if (!user || (await canEnter(dirname(folder), user))) return folder;
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(tmpdir(), `syncline-${mark}`, basename(folder));
}

class Cluster {
  readonly #folder: string;
  readonly #data: string;
  readonly #user: SystemUser | undefined;
  readonly #binaries: Binaries;

  constructor(folder: string, user: SystemUser | undefined, binaries: Binaries) {
    this.#folder = folder;
    this.#data = join(folder, 'data');
    this.#user = user;
    this.#binaries = binaries;
  }

  /** Makes the folder, the password and the cluster, unless they are there. */
  async create(durable: boolean): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.#own(this.#folder);
    if (await exists(join(this.#data, 'PG_VERSION'))) return;
    await rm(this.#data, { recursive: true, force: true });
    const password = this.#file('password');
    await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await this.#own(password);
    await this.#run(this.#binaries.initdb, [
      `--pgdata=${this.#data}`,
      `--username=${USER}`,
      `--pwfile=${password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ]);
  }

  /** The server that already runs in this folder, if one does. */
  async adopt(): Promise<RunningPostgres | undefined> {
    const lock = await readFile(join(this.#data, 'postmaster.pid'), 'utf8').catch(() => '');
    const [pid, , , port] = lock.split('\n');
    if (!isAlive(Number(pid))) return undefined;
    const url = await this.#url(Number(port));
    if (await answers(url)) return this.#running(url);
    if (await isPostgres(Number(pid))) {
      throw new Error(
        `Postgres runs in ${this.#data} (process ${pid}) but does not answer. Stop it and try again.`,
      );
    }
    // The process number in the lock file went to some other program: the lock file is a leftover.
    await rm(join(this.#data, 'postmaster.pid'));
    return undefined;
  }

  async start({ port, durable }: EmbeddedOptions): Promise<RunningPostgres> {
    for (let attempt = 1; ; attempt += 1) {
      const chosen = port ?? (await freePort());
      const settings = [
        `port=${chosen}`,
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'max_connections=200',
        ...(durable ? [] : FAST),
      ];
      try {
        await this.#pgCtl(['start', '-w', '-t', '60', '-l', this.#file('log'), '-o', asFlags(settings)]);
        await writeFile(this.#file('owner'), String(process.pid));
        return this.#running(await this.#url(chosen));
      } catch (error) {
        if (port !== undefined || attempt === ATTEMPTS) {
          const log = await readFile(this.#file('log'), 'utf8').catch(() => '');
          throw new Error(`Postgres did not start in ${this.#data}:\n${log.slice(-2000)}`, { cause: error });
        }
      }
    }
  }

  async #running(url: string): Promise<RunningPostgres> {
    const owner = Number(await readFile(this.#file('owner'), 'utf8').catch(() => '0'));
    const ownedByAnother = owner !== process.pid && isAlive(owner);
    if (!ownedByAnother) await writeFile(this.#file('owner'), String(process.pid));
    return {
      url,
      folder: this.#folder,
      stop: async () => {
        if (!ownedByAnother) await this.stop();
      },
    };
  }

  async stop(): Promise<void> {
    await this.#pgCtl(['stop', '-w', '-m', 'fast']);
  }

  async #url(port: number): Promise<string> {
    const password = (await readFile(this.#file('password'), 'utf8')).trim();
    return `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  async #own(path: string): Promise<void> {
    if (this.#user) await chown(path, this.#user.uid, this.#user.gid);
  }

  #pgCtl(args: readonly string[]): Promise<unknown> {
    const [command = '', ...rest] = args;
    return this.#run(this.#binaries.pgCtl, [command, '-D', this.#data, ...rest]);
  }

  #run(program: string, args: readonly string[]): Promise<unknown> {
    return run(program, args, { ...this.#user, cwd: this.#folder });
  }
}

/** For `pg_ctl -o`, which hands the line to a shell. */
function asFlags(settings: readonly string[]): string {
  return settings.map((setting) => `-c ${setting}`).join(' ');
}

/** Whether a server behind the URL takes our password; tried for some seconds, as it may still be recovering. */
async function answers(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      // 57P03: it is starting up. Anything else will not change.
      if (!(error instanceof pg.DatabaseError && error.code === '57P03')) return false;
      await new Promise((done) => setTimeout(done, 250));
    }
  }
  return false;
}

async function isPostgres(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-p', String(pid), '-o', 'comm=']).catch(() => ({
    stdout: 'postgres',
  }));
  return stdout.includes('postgres');
}

/** Whether a process runs, whoever's it is. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // what process.kill throws
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
