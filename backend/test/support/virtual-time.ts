import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** What goes on that does not sleep: transactions, calls. */
export class Activity {
  #count = 0;
  #waiting: (() => void)[] = [];

  get isBusy(): boolean {
    return this.#count > 0;
  }

  async of<T>(work: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Resolves as soon as nothing goes on. */
  async rest(): Promise<void> {
    if (this.isBusy) await new Promise<void>((go) => this.#waiting.push(go));
  }
}

/**
 * Time that passes only while everybody sleeps: sleepers wake one by one in the order of their times, and the clock
 * stands while something goes on. So many workers run for minutes of their own time, exactly repeatable.
 */
export class VirtualTime implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];
  readonly #activity: Activity;
  readonly #lateness: () => number;

  /** @param lateness by how many milliseconds the next sleeper wakes too late */
  constructor(start: number, activity: Activity, lateness: () => number = () => 0) {
    this.#now = start;
    this.#activity = activity;
    this.#lateness = lateness;
  }

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const due = this.#now + milliseconds + this.#lateness();
    await new Promise<void>((wake, reject) => {
      const sleeper = { due, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new Error('aborted'));
      });
    });
  }

  /** Lets time pass while nobody sleeps for it. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Lets time pass until the work is done. @throws Error when it waits for something that time does not bring */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    done.catch(() => undefined);
    for (let idle = 0; !isDone;) {
      await this.#activity.rest();
      // What came with this turn may have started something.
      await nextTurn();
      await nextTurn();
      if (isDone || this.#activity.isBusy) continue;
      const [next] = this.#sleepers.sort((a, b) => a.due - b.due);
      idle = next === undefined ? idle + 1 : 0;
      if (idle > 10_000) throw new Error('Nobody sleeps, and nothing goes on.');
      if (next === undefined) continue;
      this.#sleepers.shift();
      this.#now = Math.max(this.#now, next.due);
      next.wake();
    }
    await done;
  }
}
