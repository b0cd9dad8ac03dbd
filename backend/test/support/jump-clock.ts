import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

/**
 * A clock whose sleepers wake at once, and it is then as late as they wanted it. Given to service and sandbox alike.
 * Sleepers at the same time do not add up, yet a later one may wake before an earlier one has gone on.
 */
export class JumpClock implements Clock {
  #now: number;
  readonly #waitMs: number;

  /** @param waitMs real milliseconds that each sleep takes, for what the other side does in real time */
  constructor({ start = '2026-03-02T15:00:00Z', waitMs = 0 } = {}) {
    this.#now = Date.parse(start);
    this.#waitMs = waitMs;
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number): Promise<void> {
    const due = this.#now + milliseconds;
    await (this.#waitMs === 0 ? nextTurn() : wait(this.#waitMs));
    this.#now = Math.max(this.#now, due);
  }
}
