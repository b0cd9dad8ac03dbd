import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '../../scripts/stack/ports.ts';
import { createTestDatabase } from './support/database.ts';
import { testEnvironment } from './support/service.ts';

const testDatabase = await createTestDatabase();
const started: ChildProcess[] = [];
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

/** The service as its own process. */
function start(environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'src/server.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

async function answers(url: string, exit: Promise<number | null>): Promise<Response> {
  let gone = false;
  void exit.then(() => (gone = true));
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (gone) throw error;
    }
  }
}

test('it serves, shows its API in a page, and stops when told', async () => {
  const port = await freePort();
  const environment = testEnvironment(testDatabase, { PORT_SERVICE: String(port), DOCS: 'true' });
  const { child, exit } = start(environment);
  expect((await answers(`http://127.0.0.1:${port}/ready`, exit)).status).toBe(200);
  const page = await fetch(`http://127.0.0.1:${port}/docs/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
});

describe('it does not start', () => {
  test('without what it needs, and names all of it', async () => {
    const { output, exit } = start({ NODE_ENV: 'production' });
    expect(await exit).toBe(1);
    expect(output()).toContain('DATABASE_URL');
  });

  test('in production without a master key', async () => {
    const environment = testEnvironment(testDatabase, {
      NODE_ENV: 'production',
      SANDBOX: 'false',
      PUBLIC_URL: 'https://sync.example.com',
      MASTER_KEY: '',
    });
    const { output, exit } = start(environment);
    expect(await exit).toBe(1);
    expect(output()).toContain('MASTER_KEY is missing');
  });

  test('with another master key than before', async () => {
    const { output, exit } = start(
      testEnvironment(testDatabase, { MASTER_KEY: Buffer.alloc(32, 1).toString('base64') }),
    );
    expect(await exit).toBe(1);
    expect(output()).toContain('is not the one that the stored secrets were sealed with');
  });

  test('on a database of a newer version', async () => {
    await testDatabase.asOwner("INSERT INTO schema_version (version, name) VALUES (9999, 'from the future')");
    const { output, exit } = start(testEnvironment(testDatabase));
    expect(await exit).toBe(1);
    expect(output()).toContain('Deploy the newer code');
    await testDatabase.asOwner('DELETE FROM schema_version WHERE version = 9999');
  });
});
