import { belowBar, runPackageTests } from '../apex/package-tests.ts';
import type { Counts } from './counts.ts';

/** The package's Apex tests, with what they cover too little of as failures; tells those that fail. */
export function testPackage(tell: (line: string) => void): Counts {
  const { errors, results, coverage } = runPackageTests();
  const failures = [
    ...errors.map(({ message }) => message),
    ...results.flatMap((one) =>
      one.failure === undefined ? [] : [`${one.class}.${one.method}: ${one.failure.message}`],
    ),
    ...belowBar(coverage),
  ];
  const passed = results.filter(({ failure }) => failure === undefined).length;
  for (const failure of failures) tell(`FAIL Apex: ${failure}`);
  tell(`Apex: ${passed} of ${results.length} tests of the package pass`);
  return { passed, failed: failures.length, skipped: [] };
}
