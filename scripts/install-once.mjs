import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs the dependencies of a package folder that has a lockfile of its own, unless they are there as the lockfile
 * wants them. Such folders hold large tools that starting and testing the service need not wait for. Plain JavaScript,
 * for scripts/with-runtime.mjs starts its callers on any Node. Ends the process where npm fails.
 * @param {string} folder
 * @param {string} what is installed and how long it takes, for the person who waits
 */
export function installOnce(folder, what) {
  const lockfile = readFileSync(join(folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockfile).digest('hex');
  // Written last: a broken-off installation never has it.
  const stamp = join(folder, 'node_modules', '.syncline-install');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error(`Installing ${what}…`);
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    console.error(
      'npm ci failed. Check the network and the npm registry setting, then run the command again.',
    );
    process.exit(done.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
