#!/usr/bin/env node
// Runs a script of this repository on the Node version it needs, installing what is missing first.
// Usage: node scripts/with-runtime.mjs FILE [ARGUMENTS...]. Works on any Node from version 20, which is
// why this file alone is plain JavaScript without dependencies: everything else is TypeScript that
// Node 22.18 or newer runs as it stands.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHash } from 'node:crypto';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'node_modules', '.syncline-install');

/** The lockfile's hash: when it changes, what is installed is out of date. */
function lockfileHash() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

function installDependencies() {
  const wanted = lockfileHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing dependencies (first run or a changed lockfile; about a minute)…');
  const npm = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath]]
    : ['npm', []];
  const done = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error('npm ci failed. Check the network and the npm registry setting, then run the command again.');
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
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
  console.error(
    `Syncline needs Node 22.18 or newer; this is ${process.versions.node} and no bundled one exists for ${platform}. ` +
      'Install Node 22 from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}

installDependencies();
const node = runtime();
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
