#!/usr/bin/env node
// Runs the Salesforce CLI that this folder pins, installing it on first use (300 MB into scripts/sf/node_modules).
// Usage: node scripts/sf/sf.mjs ARGUMENTS... Plain JavaScript, for scripts/with-runtime.mjs starts it on any Node.
// Telemetry and updates are off; its settings and logins live in .data/sf-home, never in the user's own home.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installOnce } from '../install-once.mjs';

const folder = import.meta.dirname;
const root = join(folder, '..', '..');
const entry = join(folder, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');
const home = join(root, '.data', 'sf-home');

installOnce(folder, 'the Salesforce CLI (first use, about two minutes)');

const wanted = process.env.SYNCLINE_SF_HOME ?? home;
mkdirSync(wanted, { recursive: true });
const child = spawn(process.execPath, ['--no-deprecation', entry, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    // The CLI starts helpers of its own by the name `sf`.
    PATH: [dirname(process.execPath), join(folder, 'node_modules', '.bin'), process.env.PATH ?? ''].join(
      delimiter,
    ),
    HOME: wanted,
    USERPROFILE: wanted,
    SF_DISABLE_TELEMETRY: 'true',
    // The CLI reads the first name, its updater the second.
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    // Keys of logins go to a file of the home folder: an operating system's key chain may not be there.
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
  },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
