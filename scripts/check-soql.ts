/**
 * Checks the names of objects and fields in the package's queries, and that all of its Apex compiles, in the sandbox's
 * emulation: apex-ls does not look into queries. Usage: npm run check:soql
 */
import { compilePackage } from './apex/package-tests.ts';

const { apex, errors } = compilePackage();
for (const { message } of errors) console.error(message);
console.log(`${apex.program.queries.length} queries checked, ${errors.length} places do not compile.`);
process.exitCode = errors.length > 0 ? 1 : 0;
