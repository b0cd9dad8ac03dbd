import { mutants } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { runPackageTests } from './package-tests.ts';

/** What the package's tests say of a mistake: the first that fails, or what no longer compiles. */
function catcherOf({ name, file, find, replace }: Mutant): string | undefined {
  let planted = 0;
  const { errors, results } = runPackageTests({
    edit: (source) => {
      if (!source.file.endsWith(`/${file}`)) return source;
      planted += source.text.split(find).length - 1;
      return { ...source, text: source.text.replace(find, () => replace) };
    },
  });
  if (planted !== 1) throw new Error(`The text of mutant "${name}" does not stand once in ${file}.`);
  // A mistake that a compiler finds says nothing about the tests.
  if (errors.length > 0) throw new Error(`Mutant "${name}" does not compile: ${errors[0]?.message}`);
  const failed = results.find(({ failure }) => failure !== undefined);
  return failed && `${failed.class}.${failed.method}`;
}

/** Runs the package's tests against each planted mistake and tells which test catches it. @returns how many escaped */
export function huntMutants(): number {
  const { errors, results } = runPackageTests();
  if (errors.length > 0 || results.some(({ failure }) => failure !== undefined))
    throw new Error('The tests fail without a mistake: run npm run test:apex first.');
  let escaped = 0;
  for (const mutant of mutants) {
    const catcher = catcherOf(mutant);
    if (catcher === undefined) escaped += 1;
    console.log(`${mutant.name}: ${catcher === undefined ? 'NOT CAUGHT' : `caught by ${catcher}`}`);
  }
  console.log(`\n${mutants.length - escaped} of ${mutants.length} mutants caught`);
  return escaped;
}
