/** Usage: npm run screens. Walks as the end-to-end tests do and keeps each screen as docs/screens/NAME-WIDTH.png. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../docs/screens');

await rm(FOLDER, { recursive: true, force: true });
const walk = spawn(process.execPath, [join(import.meta.dirname, 'test.ts'), 'scripts/test/e2e'], {
  stdio: 'inherit',
  env: { ...process.env, SCREENS: FOLDER },
});
const [code] = (await once(walk, 'exit')) as [number | null]; // the event's documented arguments
process.exitCode = code ?? 1;
