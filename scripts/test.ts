/**
 * Runs the tests and closes with one plain line, `N passed, N failed` (`, N skipped` where some were): those of the
 * service, the sandbox and the scripts, of the package's Lightning components and of its Apex, or with arguments the
 * first of these alone.
 * Usage: npm test [-- JEST ARGUMENTS], for example `npm test -- backend/test/sync`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, countJest, sum, type Counts } from './testing/counts.ts';
import { testPackage } from './testing/package.ts';

/** Runs jest by a script that hands its arguments on, and counts what it reports. */
async function runJest(script: readonly string[], nodeOptions: string): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'syncline-test-'));
  const file = join(folder, 'results.json');
  const jest = spawn(process.execPath, [...script, '--json', `--outputFile=${file}`], {
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${nodeOptions}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => jest.kill(signal));
  const [code] = (await once(jest, 'exit')) as [number | null]; // the event's documented arguments
  const counts = await countJest(file);
  await rm(folder, { recursive: true });
  // What jest says of itself counts too: an open handle, a broken tear-down.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The tests of the service, the sandbox and the scripts. */
function testWithJest(args: readonly string[]): Promise<Counts> {
  const script = createRequire(import.meta.url).resolve('jest/bin/jest');
  // jest runs ES modules through a part of Node that is still behind this flag.
  return runJest([script, ...args], '--experimental-vm-modules --disable-warning=ExperimentalWarning');
}

/** The tests of the package's Lightning components, with a jest of their own. */
function testComponents(): Promise<Counts> {
  return runJest([join(import.meta.dirname, 'lwc', 'tools', 'run.mjs'), 'test'], '');
}

const args = process.argv.slice(2);
const counts = sum(
  args.length > 0
    ? [await testWithJest(args)]
    : [await testWithJest([]), await testComponents(), testPackage(console.log)],
);

// What a name pattern leaves out was left out on purpose.
const chosen = args.some((word) => /^(-t\b|--testNamePattern)/.test(word));
if (!chosen) for (const name of counts.skipped) console.log(`Left out: ${name}`);
console.log(closingLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
