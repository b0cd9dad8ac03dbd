import type { Clock } from '../../src/lib/clock.ts';

/**
 * A clock whose sleepers wake at once, and it is then as late as they wanted it. Given to service and sandbox alike.
 * Sleepers at the same time do not add up, yet a later one may wake before an earlier one has gone on.
 */
export class JumpClock implements Clock {
  #now: number;

  constructor(start = '2026-03-02T15:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  async sleep(milliseconds: number): Promise<void> {
    const due = this.#now + milliseconds;
    await new Promise((resolve) => setImmediate(resolve));
    this.#now = Math.max(this.#now, due);
  }
}
