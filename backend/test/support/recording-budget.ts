import type { BudgetObservation, CallBudget } from '../../src/lib/budget.ts';
import type { Clock } from '../../src/lib/clock.ts';

/** A budget that paces as the real one does, within one process, and remembers what it was asked and told. */
export class RecordingBudget implements CallBudget {
  readonly observed: BudgetObservation[] = [];
  readonly #taken = new Map<string, number>();
  readonly #next = new Map<string, number>();
  readonly #clock: Clock;
  readonly #intervals: Readonly<Record<string, number>>;

  /** @param intervals milliseconds between two calls, by window; others are not paced */
  constructor(clock: Clock, intervals: Readonly<Record<string, number>> = {}) {
    this.#clock = clock;
    this.#intervals = intervals;
  }

  async take(window: string): Promise<void> {
    this.#taken.set(window, this.taken(window) + 1);
    const interval = this.#intervals[window];
    if (interval === undefined) return;
    const slot = Math.max(this.#clock.now(), this.#next.get(window) ?? 0);
    this.#next.set(window, slot + interval);
    if (slot > this.#clock.now()) await this.#clock.sleep(slot - this.#clock.now());
  }

  async report(observed: BudgetObservation): Promise<void> {
    this.observed.push(observed);
  }

  taken(window: string): number {
    return this.#taken.get(window) ?? 0;
  }
}
