import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const run = promisify(execFile);
const tools = join(import.meta.dirname, '..', 'stripped');
/** Says a greeting, and whether Node has loaded its own parser of TypeScript. */
const greets = (text: string) =>
  `const text: string = '${text}';
console.log(text, process.moduleLoadList.some((name: string) => name.includes('amaro')));`;

let root = '';
let main = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'syncline stripped-'));
  main = join(root, 'backend', 'src', 'main.ts');
  await cp(tools, join(root, 'scripts', 'stripped'), { recursive: true });
  await mkdir(join(root, 'backend', 'src'), { recursive: true });
  await mkdir(join(root, 'node_modules'));
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function start(file = main) {
  const preload = pathToFileURL(join(root, 'scripts', 'stripped', 'load.mjs')).href;
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', preload, file]);
}

test('a process gets its TypeScript without types, and without a parser of its own', async () => {
  await writeFile(main, greets('Hello'));
  for (const time of ['first', 'second'])
    expect([time, (await start()).stdout]).toEqual([time, 'Hello false\n']);
});

test('a source that was changed is taken anew, and nothing is left of its former text', async () => {
  const kept = () => readdir(join(root, 'node_modules', '.cache', 'syncline-stripped'));
  await writeFile(main, greets('Hello'));
  await start();
  const files = await kept();
  await writeFile(main, greets('Good morning'));
  expect((await start()).stdout).toBe('Good morning false\n');
  expect(await kept()).toEqual(files);
});

test('what is installed beside the sources is left alone', async () => {
  const installed = join(root, 'scripts', 'sf', 'node_modules');
  await mkdir(installed, { recursive: true });
  await writeFile(join(installed, 'index.d.ts'), 'export declare const one: number;');
  await writeFile(main, greets('Hello'));
  await start();
  expect(await readdir(join(root, 'node_modules', '.cache', 'syncline-stripped'))).toHaveLength(1);
});

test('an error is told with the line and column of the source', async () => {
  await writeFile(
    main,
    `interface Unused { readonly id: string }\nconst one: number = 1; throw new Error('Stop');`,
  );
  await start().catch(() => undefined);
  await expect(start()).rejects.toThrow(/main\.ts:2:30/);
});

test('of a source with a mistake Node tells what it is, and others are loaded all the same', async () => {
  await writeFile(join(root, 'backend', 'src', 'wrong.ts'), 'enum Kind { Lead }');
  await writeFile(main, greets('Hello'));
  expect((await start()).stdout).toBe('Hello false\n');
  await expect(start(join(root, 'backend', 'src', 'wrong.ts'))).rejects.toThrow(/enum/);
});

test('where nothing can be kept, Node takes the types off itself', async () => {
  await rm(join(root, 'node_modules'), { recursive: true });
  await writeFile(join(root, 'node_modules'), 'A file, where a folder should be.');
  await writeFile(main, greets('Hello'));
  expect((await start()).stdout).toBe('Hello true\n');
});
