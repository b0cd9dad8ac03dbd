import { setTimeout as wait } from 'node:timers/promises';

/** Time, injected wherever it matters so that tests and simulations can run it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds of this clock, or rejects when the signal aborts or has been aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, signal && { signal }),
};

/** The machine's time when the process began, and from there on a clock that nobody sets. */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (...how) => systemClock.sleep(...how),
};
