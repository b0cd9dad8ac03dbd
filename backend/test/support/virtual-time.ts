import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';
import { Database } from '../../src/store/database.ts';
import type { Tx } from '../../src/store/scope.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * Time that passes only while everybody sleeps: sleepers wake one by one in the order of their times, and the clock
 * stands while the database answers. So many workers run for minutes of their own time, exactly repeatable.
 */
export class VirtualTime implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  readonly #isBusy: () => boolean;
  readonly #lateness: () => number;

  /**
   * @param isBusy whether something is under way that does not sleep
   * @param lateness by how many milliseconds the next sleeper wakes too late
   */
  constructor(start: number, isBusy: () => boolean, lateness: () => number) {
    this.#now = start;
    this.#isBusy = isBusy;
    this.#lateness = lateness;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    const due = this.#now + milliseconds + this.#lateness();
    return new Promise((wake) => this.#sleepers.push({ due, wake }));
  }

  /** Lets time pass until the work is done. @throws Error when it waits for something that time does not bring */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    done.catch(() => undefined);
    for (let idle = 0; !isDone; idle += 1) {
      await nextTurn();
      if (isDone || this.#isBusy()) continue;
      // Answers of the database that came with this turn may have started something.
      await nextTurn();
      if (isDone || this.#isBusy()) continue;
      const [next] = this.#sleepers.sort((a, b) => a.due - b.due);
      if (next === undefined) {
        if (idle > 1_000_000) throw new Error('Nobody sleeps, and nothing goes on.');
        continue;
      }
      this.#sleepers.shift();
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
    await done;
  }
}

/** The service's database, which tells whether a transaction is under way. */
export class WatchedDatabase extends Database {
  #open = 0;

  get isBusy(): boolean {
    return this.#open > 0;
  }

  override async withTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
    this.#open += 1;
    try {
      return await super.withTenant(tenantId, fn);
    } finally {
      this.#open -= 1;
    }
  }
}
