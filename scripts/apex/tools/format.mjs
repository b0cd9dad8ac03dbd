#!/usr/bin/env node
// Checks the format of the package's Apex, or with --write writes it. Needs no Java: the parser is a native executable.
// Usage: node scripts/apex/tools/format.mjs [--write]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installOnce } from '../../install-once.mjs';

const folder = import.meta.dirname;
installOnce(folder, 'the checks of Apex (first use, about a minute)');
const done = spawnSync(
  process.execPath,
  [
    join(folder, 'node_modules', 'prettier', 'bin', 'prettier.cjs'),
    ...['--plugin', join(folder, 'node_modules', 'prettier-plugin-apex', 'dist', 'src', 'index.js')],
    // The root's settings leave the package out.
    ...['--no-config', '--print-width', '110', '--ignore-path', join(folder, 'nothing')],
    process.argv.includes('--write') ? '--write' : '--check',
    'force-app/main/default/{classes,triggers}/**/*.{cls,trigger}',
  ],
  { cwd: join(folder, '..', '..', '..'), stdio: 'inherit' },
);
process.exit(done.status ?? 1);
