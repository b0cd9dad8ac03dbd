import { join } from 'node:path';
import { findProblems } from './references.ts';
import { readSource } from './source.ts';

/** Usage: npm run check:package [-- FOLDER]. Exit code 1 where the package names something that is not there. */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'force-app', 'main', 'default');
const files = readSource(folder);
const problems =
  files.length === 0 ? [{ path: folder, message: 'There is no package.' }] : findProblems(files);
for (const { path, message } of problems) console.error(`${path}: ${message}`);
console.log(`${files.length} files of the package checked, ${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
