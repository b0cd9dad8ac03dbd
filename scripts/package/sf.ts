import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '..', 'sf', 'sf.mjs');

/** Runs the Salesforce CLI in a folder, with its output shown. @throws Error where it fails */
export function runSf(folder: string, args: readonly string[]): void {
  console.log(`sf ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [entry, ...args], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`sf ${args.slice(0, 3).join(' ')} failed.`);
}
