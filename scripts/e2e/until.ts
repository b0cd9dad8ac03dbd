import { setTimeout as delay } from 'node:timers/promises';

const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 250;

/**
 * Looks at something again and again until it is as wanted.
 * @throws Error that says what it is instead, after two minutes
 */
export async function until(wanted: string, read: () => Promise<string>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (found === wanted) return;
    if (performance.now() > end) throw new Error(`Not "${wanted}" within ${PATIENCE_MS} ms, but "${found}".`);
    await delay(LOOK_EVERY_MS);
  }
}
