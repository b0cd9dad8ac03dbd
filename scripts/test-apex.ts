/**
 * Runs the package's Apex tests in the sandbox's emulation of Apex: a first check on this machine, not an org's word.
 * Usage: npm run test:apex -- [TestClass] [--folder force-app/main/default], or --mutants to run them against each
 * planted mistake of scripts/apex/mutants.ts.
 */
import { parseArgs } from 'node:util';
import type { ClassCoverage, TestResult } from '../sandbox/salesforce/apex/run/test-runner.ts';
import { huntMutants } from './apex/hunt.ts';
import { belowBar, PACKAGE, runPackageTests, total } from './apex/package-tests.ts';

function percent({ covered, lines }: { covered: number; lines: number }): string {
  return lines === 0 ? '-' : `${Math.floor((covered / lines) * 100)} %`;
}

function tell(result: TestResult): void {
  const { failure } = result;
  console.log(
    `${failure === undefined ? 'pass' : 'FAIL'}  ${result.class}.${result.method}  ${Math.round(result.milliseconds)} ms`,
  );
  if (failure === undefined) return;
  console.log(`      ${failure.message.replaceAll('\n', '\n      ')}`);
  for (const line of failure.trace) console.log(`      ${line}`);
}

function tellCoverage(classes: readonly ClassCoverage[]): void {
  console.log('\nLines covered (local emulation)');
  const row = (name: string, one: { covered: number; lines: number }): string =>
    `${percent(one).padStart(6)}  ${`${one.covered}/${one.lines}`.padStart(9)}  ${name}`;
  for (const one of classes) {
    const missed = one.missed.length === 0 ? '' : `  missed: ${one.missed.join(', ')}`;
    console.log(row(one.name, one) + missed);
  }
  console.log(row('all', total(classes)));
}

/** @returns whether everything holds */
function runTests(folder: string, only: string | undefined): boolean {
  const { errors, results, coverage } = runPackageTests({ folder, only });
  for (const error of errors) console.log(`ERROR ${error.message}`);
  for (const result of results) tell(result);
  tellCoverage(coverage);
  // One class alone covers little of the package.
  const poor = only === undefined ? belowBar(coverage) : [];
  for (const complaint of poor) console.log(`ERROR ${complaint}`);
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  console.log(
    `\n${results.length - failed} of ${results.length} tests pass; ${errors.length} places do not compile`,
  );
  return results.length > 0 && failed + errors.length + poor.length === 0;
}

const { values, positionals } = parseArgs({
  options: { folder: { type: 'string', default: PACKAGE }, mutants: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const holds = values.mutants ? huntMutants() === 0 : runTests(values.folder, positionals[0]);
process.exitCode = holds ? 0 : 1;
