import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startEmbedded } from '../postgres/embedded.ts';

const run = promisify(execFile);
const parent = await mkdtemp(join(tmpdir(), 'syncline-test-'));
await run('chmod', ['755', parent]);
const folder = join(parent, 'postgres');
afterAll(() => rm(parent, { recursive: true, force: true }));

const start = () => startEmbedded({ folder, durable: false });

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

test('what was stored is there after a stop and a start', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  const second = await start();
  expect(await ask(second.url, 'TABLE kept')).toEqual([{ answer: 42 }]);
  await second.stop();
});

test('it listens on loopback only and not without its password', async () => {
  const postgres = await start();
  expect(await ask(postgres.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  const wrong = new URL(postgres.url);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  await postgres.stop();
});

test('a server whose starter was killed is taken over', async () => {
  const script = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, '../postgres/embedded.ts'))};
    const { url } = await startEmbedded({ folder: ${JSON.stringify(folder)}, durable: false });
    console.log(url);
    setInterval(() => undefined, 1000);`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  const [output] = (await once(starter.stdout, 'data')) as [Buffer];
  starter.kill('SIGKILL');
  await once(starter, 'exit');
  const postgres = await start();
  expect(postgres.url).toBe(output.toString().trim());
  await postgres.stop();
  await expect(ask(postgres.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('a killed server’s lock file does not keep it from starting, even if its process number lives on', async () => {
  const first = await start();
  const lock = join(first.folder, 'data', 'postmaster.pid');
  const leftover = (await readFile(lock, 'utf8')).split('\n');
  await first.stop();
  await writeFile(lock, [String(process.pid), ...leftover.slice(1)].join('\n'), { mode: 0o644 });
  const second = await start();
  expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
});
