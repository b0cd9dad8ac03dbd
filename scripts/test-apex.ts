/**
 * Runs the package's Apex tests in the sandbox's emulation of Apex: a first check on this machine, not an org's word.
 * Usage: npm run test:apex -- [TestClass] [--folder force-app/main/default]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openOrgWithApex } from '../sandbox/salesforce/apex/run/open.ts';
import { TestRunner } from '../sandbox/salesforce/apex/run/test-runner.ts';
import type { ClassCoverage, TestResult } from '../sandbox/salesforce/apex/run/test-runner.ts';
import { ORGANIZATION_ID_18 } from '../sandbox/salesforce/identity/organization.ts';
import { UserDirectory } from '../sandbox/salesforce/identity/users.ts';
import { createSchema } from '../sandbox/salesforce/org/schema.ts';
import { loadSetupRecords } from '../sandbox/salesforce/setup-records.ts';

const { values, positionals } = parseArgs({
  options: { folder: { type: 'string', default: join(import.meta.dirname, '../force-app/main/default') } },
  allowPositionals: true,
});

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
  for (const one of classes) {
    const missed = one.missed.length === 0 ? '' : `  missed: ${one.missed.join(', ')}`;
    console.log(
      `${percent(one).padStart(6)}  ${`${one.covered}/${one.lines}`.padStart(9)}  ${one.name}${missed}`,
    );
  }
  const sum = classes.reduce(
    (all, one) => ({ covered: all.covered + one.covered, lines: all.lines + one.lines }),
    { covered: 0, lines: 0 },
  );
  console.log(`${percent(sum).padStart(6)}  ${`${sum.covered}/${sum.lines}`.padStart(9)}  all`);
}

const users = new UserDirectory();
const schema = createSchema(join(values.folder, 'objects'));
const opened = openOrgWithApex({
  clock: { now: () => Date.now() },
  schema,
  orgId: ORGANIZATION_ID_18,
  folder: values.folder,
  users,
});
const { org, apex } = opened;
loadSetupRecords(org, users);
opened.loadPackageRecords();
const errors = apex.check();
for (const error of errors) console.log(`ERROR ${error.message}`);
const admin = [...users].find((user) => user.isAdmin);
if (admin === undefined) throw new Error('The sandbox has no administrator.');
const { results, coverage } = new TestRunner(apex, users.context(admin)).run(positionals[0]);
for (const result of results) tell(result);
tellCoverage(coverage);
const failed = results.filter(({ failure }) => failure !== undefined).length;
console.log(
  `\n${results.length - failed} of ${results.length} tests pass; ${errors.length} places do not compile`,
);
process.exitCode = failed > 0 || errors.length > 0 ? 1 : 0;
