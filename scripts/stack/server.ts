import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..', '..');

/** The service's process. */
export const SERVER = join(ROOT, 'backend', 'src', 'server.ts');

/** Not as a path: a folder's name may hold blanks, which part options from each other. */
const STRIPPED = pathToFileURL(join(ROOT, 'scripts', 'stripped', 'load.mjs')).href;

/**
 * What its process is started with. Batches are bounded, so the heap is too: left alone, V8 would rather let garbage
 * grow than collect it. package.json gives `npm run service` and `npm run worker` the same.
 */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=${STRIPPED} --max-old-space-size=176 --max-semi-space-size=4`,
};
