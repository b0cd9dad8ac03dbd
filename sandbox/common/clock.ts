/** Time as the sandbox sees it: injected, so that a simulation can run it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
