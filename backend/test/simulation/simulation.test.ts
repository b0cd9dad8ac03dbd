import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { testDatabaseUrl } from '../support/database.ts';
import { mutants } from './mutants.ts';
import { regressions } from './regressions.ts';

/** The machine may be busy with other tests. Milliseconds. */
const patience = 15 * 60_000;

const root = join(import.meta.dirname, '..', '..', '..');

/** Some at every test run; `npm run simulate` runs as many as one likes. */
const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 200);

async function simulate(...args: string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/simulate.ts', ...args],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', TEST_DATABASE_URL: await testDatabaseUrl() },
    },
  );
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (told += text.toString()));
  await once(child, 'close');
  return told;
}

describe('the simulation', () => {
  test(
    'no seed breaks an invariant, and every twenty-fifth tells the same story twice',
    async () => {
      expect(await simulate('--seeds', String(seeds))).toMatch(
        new RegExp(`^${seeds} seeds passed, 0 failed`, 'm'),
      );
    },
    patience,
  );

  test(
    'stories that once broke an invariant keep it, and go the same way twice',
    async () => {
      const told = await simulate('--regressions', '--check');
      expect(told).toMatch(new RegExp(`^${regressions.length} seeds passed, 0 failed`, 'm'));
    },
    patience,
  );

  test.each(mutants)('the mistake "$name" still fits the engine', async ({ file, find }) => {
    const text = await readFile(join(root, 'backend', 'src', file), 'utf8');
    expect(text.split(find)).toHaveLength(2);
  });
});
