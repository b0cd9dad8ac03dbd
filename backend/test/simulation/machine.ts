import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../src/lib/clock.ts';
import type { Scheduler } from './scheduler.ts';

/** A wait of a machine for something outside of it. */
export interface Wait<T> {
  readonly promise: Promise<T>;
  /** Ends the wait, unless the machine is dead by then; a machine that is frozen hears of it when it thaws. */
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** The database transaction that is open, if one is. */
export interface Gate {
  /** Whether code inside of it is running right now. */
  readonly isInside: boolean;
  /** The code waits for something else than the database. */
  leave(): void;
  /** It goes on. */
  enter(): void;
}

const current = new AsyncLocalStorage<Machine>();

/**
 * A process of the service. Whatever it waits for comes through the simulation, so it can die at any such wait: it
 * never hears of anything again, and nothing that it asks for is done any more.
 */
export class Machine {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  #isAlive = true;
  #thawsAt = 0;
  readonly #gate: Gate;
  readonly #inTransaction = new Set<(error: Error) => void>();

  /** @param skew how far its clock is ahead, milliseconds */
  constructor(name: string, scheduler: Scheduler, gate: Gate, skew: number) {
    this.name = name;
    this.#gate = gate;
    this.scheduler = scheduler;
    this.clock = {
      now: () => scheduler.now + skew,
      sleep: (milliseconds, signal) => this.#sleep(milliseconds, signal),
    };
  }

  /** Which machine's code is running. */
  static get current(): Machine | undefined {
    return current.getStore();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Runs code as this machine's. */
  run<T>(work: () => T): T {
    return current.run(this, work);
  }

  /** Ends at once: what is under way is abandoned, and open transactions break off. */
  crash(): void {
    this.#isAlive = false;
    for (const breakOff of this.#inTransaction) {
      this.#gate.enter();
      breakOff(new Error('The process died.'));
    }
  }

  /** Stands still for so long, then goes on as if nothing had been. Milliseconds. */
  freeze(milliseconds: number): void {
    this.#thawsAt = this.scheduler.now + milliseconds;
  }

  /** To be made by the code that will wait. */
  wait<T>(): Wait<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const isInside = this.#gate.isInside;
    if (isInside) {
      this.#gate.leave();
      this.#inTransaction.add(reject);
    }
    const deliver = (outcome: () => void): void => {
      if (!this.#isAlive) return;
      if (this.scheduler.now < this.#thawsAt) {
        this.scheduler.after(this.#thawsAt - this.scheduler.now, () => deliver(outcome));
        return;
      }
      if (isInside && this.#inTransaction.delete(reject)) this.#gate.enter();
      outcome();
    };
    return {
      promise,
      resolve: (value) => deliver(() => resolve(value)),
      reject: (error) => deliver(() => reject(error)),
    };
  }

  #sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const wait = this.wait<void>();
    if (this.#isAlive) this.scheduler.after(milliseconds, () => wait.resolve());
    if (signal?.aborted) wait.reject(signal.reason);
    else signal?.addEventListener('abort', () => wait.reject(signal.reason), { once: true });
    return wait.promise;
  }
}
