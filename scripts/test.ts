/**
 * Runs the tests and closes with one plain line, `N passed, N failed` (`, N skipped` where some were).
 * Usage: npm test [-- JEST ARGUMENTS], for example `npm test -- backend/test/sync`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The part of jest's JSON result that is counted or told. */
const results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  /** Files that broke before any of their tests could run. */
  numRuntimeErrorTestSuites: z.number(),
  testResults: z.array(
    z.object({ assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
});

interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Names. */
  readonly skipped: readonly string[];
}

/** Counts by outcome; a file that could not run is one failure, and so is a jest that wrote no result. */
async function count(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: 1, skipped: [] };
  const result = results.parse(JSON.parse(text));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === 'pending' || status === 'todo')
      .map(({ fullName }) => fullName),
  };
}

const folder = await mkdtemp(join(tmpdir(), 'syncline-test-'));
const file = join(folder, 'results.json');
const jest = spawn(
  process.execPath,
  [
    createRequire(import.meta.url).resolve('jest/bin/jest'),
    '--json',
    `--outputFile=${file}`,
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      // jest runs ES modules through a part of Node that is still behind this flag.
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`,
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => jest.kill(signal));
const [code] = (await once(jest, 'exit')) as [number | null]; // the event's documented arguments
const { passed, failed, skipped } = await count(file);
await rm(folder, { recursive: true });

// What a name pattern leaves out was left out on purpose.
const chosen = process.argv.slice(2).some((word) => /^(-t\b|--testNamePattern)/.test(word));
if (!chosen) for (const name of skipped) console.log(`Left out: ${name}`);
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : (code ?? 1);
