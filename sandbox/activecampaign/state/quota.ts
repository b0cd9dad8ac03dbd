import type { Clock } from '../../common/clock.ts';

/** At most so many calls in any span of the window's length; refused calls do not count. */
export class Quota {
  readonly limit: number;
  readonly #windowMs: number;
  readonly #clock: Clock;
  #taken: number[] = [];

  constructor(limit: number, windowMs: number, clock: Clock) {
    this.limit = limit;
    this.#windowMs = windowMs;
    this.#clock = clock;
  }

  /** Takes one place; false when there is none. */
  take(): boolean {
    if (this.remaining() === 0) return false;
    this.#taken.push(this.#clock.now());
    return true;
  }

  remaining(): number {
    const since = this.#clock.now() - this.#windowMs;
    this.#taken = this.#taken.filter((at) => at > since);
    return Math.max(0, this.limit - this.#taken.length);
  }
}
