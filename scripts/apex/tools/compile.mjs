#!/usr/bin/env node
// Checks the package's Apex against Salesforce's types with apex-ls, which Salesforce's own Code Analyzer brings along.
// Usage: node scripts/apex/tools/compile.mjs [FOLDER]. Exit code 77: there is no Java here.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installOnce } from '../../install-once.mjs';
import { requireJava } from './java.mjs';

const folder = import.meta.dirname;
const root = join(folder, '..', '..', '..');
const source = process.argv[2] ?? join(root, 'force-app', 'main', 'default');
const workspace = join(root, '.data', 'apex-check');
/** The parts of a package that Apex can name. */
const PARTS = ['classes', 'triggers', 'objects', 'labels', 'customPermissions', 'permissionsets'];

requireJava();
installOnce(folder, 'the checks of Apex (first use, about a minute)');

rmSync(workspace, { recursive: true, force: true });
for (const part of PARTS) {
  const to = join(workspace, 'force-app', 'main', 'default', part);
  cpSync(join(source, part), to, { recursive: true });
}
// An object that a package extends is taken for one with unknown fields, so that a misspelt field passes. Declared in a
// layer below, it has exactly the fields of the standard and those of the package.
for (const object of readdirSync(join(source, 'objects')).filter((name) => !name.endsWith('__c'))) {
  const layer = join(workspace, 'base', 'main', 'default', 'objects', object);
  mkdirSync(layer, { recursive: true });
  writeFileSync(
    join(layer, `${object}.object-meta.xml`),
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><enableFeeds>false</enableFeeds></CustomObject>\n',
  );
}
const { sourceApiVersion } = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
const packageDirectories = [{ path: 'base' }, { path: 'force-app', default: true }];
writeFileSync(
  join(workspace, 'sfdx-project.json'),
  JSON.stringify({ packageDirectories, sourceApiVersion }, null, 2),
);

const jars = join(folder, 'node_modules', '@salesforce', 'code-analyzer-pmd-engine', 'dist', 'java-lib', '*');
const done = spawnSync(
  'java',
  [
    ...[
      '-XX:TieredStopAtLevel=1',
      '-cp',
      [jars].join(delimiter),
      'io.github.apexdevtools.apexls.CheckForIssues',
    ],
    ...['--workspace', workspace, '--nocache', '-d', 'warnings'],
  ],
  { encoding: 'utf8' },
);
process.stdout.write(done.stdout.replaceAll(workspace, root));
process.stderr.write(done.stderr);
if (done.status === 0) console.log('Apex compiles against the types of Salesforce.');
process.exit(done.status ?? 1);
