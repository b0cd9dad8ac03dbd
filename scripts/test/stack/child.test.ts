import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startChild, type Child } from '../../stack/child.ts';
import { whenOneDies } from '../../stack/stack.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncline-child-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A child that runs the given program. */
async function run(name: string, program: string): Promise<Child> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, program);
  return startChild({ name, file, environment: { NODE_OPTIONS: '' }, log: join(folder, `${name}.log`) });
}

/** Listens for one connection, by which a process shows that it lives. */
async function sentry(): Promise<{ port: number; connection: Promise<Socket>; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = once(server, 'connection').then(([socket]) => socket as Socket); // the event's documented argument
  const { port } = server.address() as AddressInfo; // what a listening TCP server has
  return { port, connection, close: () => server.close() };
}

const connected = (port: number) =>
  `import { connect } from 'node:net'; connect(${port}, '127.0.0.1').on('error', () => process.exit(9));`;

test('a process that is stopped may finish, and what it says goes to its log', async () => {
  const { port, connection, close } = await sentry();
  const child = await run(
    'polite',
    `process.on('SIGTERM', () => { console.log('finishing'); process.exit(0); }); ${connected(port)}`,
  );
  await connection;

  await child.stop();

  expect(await child.ended).toBe('exit code 0');
  expect(child.lastLines()).toEqual(['finishing']);
  expect(await readFile(join(folder, 'polite.log'), 'utf8')).toBe('finishing\n');
  close();
});

test('a process that dies is reported with how and with what it last said', async () => {
  const child = await run(
    'careless',
    `console.log('all well'); console.error('not any more'); process.exit(7);`,
  );

  await expect(whenOneDies([child])).rejects.toThrow(
    /^The careless stopped by itself \(exit code 7\)\. It last said:\n( {2}\| (all well|not any more)\n?){2}$/,
  );
});

test('a process that is asked answers, and one that dies over the question is reported', async () => {
  const child = await run(
    'answering',
    `process.on('message', (asked) => {
       if (asked === 'die') { console.log('as you wish'); process.exit(3); }
       process.send(asked * 2);
     });
     process.channel.ref();`,
  );

  expect(await child.ask(21)).toBe(42);
  await expect(child.ask('die')).rejects.toThrow(
    'The answering stopped by itself (exit code 3). It last said:\n  | as you wish',
  );
});

test('a process ends with the one that started it, even when that is killed', async () => {
  const { port, connection, close } = await sentry();
  await writeFile(join(folder, 'orphan.mjs'), connected(port));
  const parentFile = join(folder, 'parent.ts');
  const module = pathToFileURL(join(import.meta.dirname, '../../stack/child.ts')).href;
  await writeFile(
    parentFile,
    `import { startChild } from ${JSON.stringify(module)};
     await startChild({ name: 'orphan', file: ${JSON.stringify(join(folder, 'orphan.mjs'))}, environment: {} });`,
  );
  const parent = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', parentFile], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const socket = await connection;
  socket.resume();

  parent.kill('SIGKILL');

  await once(socket, 'close');
  close();
});
