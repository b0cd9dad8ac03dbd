import { spawnSync } from 'node:child_process';

/** What a check ends with that cannot be made on this machine. */
export const SKIPPED = 77;

/** Ends the process with SKIPPED where Java 11 or newer is missing, and says how to get it. */
export function requireJava() {
  const { stderr, error } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  if (error === undefined && major >= 11) return;
  console.error(
    'Skipped: this check needs Java 11 or newer. Debian and Ubuntu: apt-get install default-jre-headless; ' +
      'macOS: brew install openjdk; Windows: winget install Microsoft.OpenJDK.17',
  );
  process.exit(SKIPPED);
}
