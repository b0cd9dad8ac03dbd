import { join } from 'node:path';
import { openOrgWithApex } from '../../sandbox/salesforce/apex/run/open.ts';
import { TestRunner } from '../../sandbox/salesforce/apex/run/test-runner.ts';
import type { ClassCoverage, TestReport } from '../../sandbox/salesforce/apex/run/test-runner.ts';
import type { ApexSource } from '../../sandbox/salesforce/apex/types/load.ts';
import { ORGANIZATION_ID_18 } from '../../sandbox/salesforce/identity/organization.ts';
import { UserDirectory } from '../../sandbox/salesforce/identity/users.ts';
import { createSchema } from '../../sandbox/salesforce/org/schema.ts';
import { loadSetupRecords } from '../../sandbox/salesforce/setup-records.ts';

export const PACKAGE = join(import.meta.dirname, '../../force-app/main/default');

/** Shares of lines that the package's tests have to cover. */
const BAR = { all: 0.9, each: 0.85 };

export interface PackageTests extends TestReport {
  /** What does not compile. */
  readonly errors: readonly Error[];
}

export interface PackageOptions {
  readonly folder?: string;
  /** Changes sources before they are loaded. */
  readonly edit?: (source: ApexSource) => ApexSource;
}

/** Compiles the package's Apex in a fresh org of the sandbox's emulation, and checks the names in its queries. */
export function compilePackage({ folder = PACKAGE, edit }: PackageOptions = {}) {
  const users = new UserDirectory();
  const opened = openOrgWithApex({
    clock: { now: () => Date.now() },
    schema: createSchema(join(folder, 'objects')),
    orgId: ORGANIZATION_ID_18,
    folder,
    users,
    ...(edit && { edit }),
  });
  const { org, apex } = opened;
  loadSetupRecords(org, users);
  opened.loadPackageRecords();
  return { apex, users, errors: apex.check() };
}

/**
 * Runs the package's Apex tests in an org of their own.
 * @param options.only the test class to run; all of them without it
 */
export function runPackageTests({
  only,
  ...options
}: PackageOptions & { only?: string | undefined } = {}): PackageTests {
  const { apex, users, errors } = compilePackage(options);
  const admin = [...users].find((user) => user.isAdmin);
  if (admin === undefined) throw new Error('The sandbox has no administrator.');
  return { errors, ...new TestRunner(apex, users.context(admin)).run(only) };
}

export function total(coverage: readonly ClassCoverage[]): { covered: number; lines: number } {
  return coverage.reduce(
    (all, { covered, lines }) => ({ covered: all.covered + covered, lines: all.lines + lines }),
    { covered: 0, lines: 0 },
  );
}

/** What of the package its tests cover too little of, in words. */
export function belowBar(coverage: readonly ClassCoverage[]): string[] {
  const isBelow = ({ covered, lines }: { covered: number; lines: number }, bar: number): boolean =>
    covered < lines * bar;
  const poor = coverage
    .filter((one) => isBelow(one, BAR.each))
    .map(({ name }) => `${name} is covered below ${BAR.each * 100} %`);
  return isBelow(total(coverage), BAR.all)
    ? [...poor, `The package is covered below ${BAR.all * 100} %`]
    : poor;
}
