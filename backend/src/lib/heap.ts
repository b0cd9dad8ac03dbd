import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow between two full collections, in percent of what is alive after the first. */
const GROWTH_PERCENT = 200;

/**
 * Lets the heap grow further before V8 collects all of it. Under a bound as small as the service's it would do so
 * whenever the heap has grown by a third. The modules and their code, some 50 MB that never die, would be walked over
 * and over, for a fifth of all processor time of a first sync.
 */
export function collectSeldom(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
