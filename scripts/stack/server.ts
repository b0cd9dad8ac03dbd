import { join } from 'node:path';

/** The service's process. */
export const SERVER = join(import.meta.dirname, '..', '..', 'backend', 'src', 'server.ts');

/**
 * What its process is started with. Batches are bounded, so the heap is too: left alone, V8 would rather let garbage
 * grow than collect it. package.json gives `npm run service` and `npm run worker` the same bound.
 */
export const SERVER_ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_OPTIONS: '--max-old-space-size=160 --max-semi-space-size=4',
};
