import type { Clock } from '../lib/clock.ts';

/** So long a run may keep others waiting. Milliseconds. */
export const turnLength = 20_000;

export interface TurnOptions {
  readonly clock: Clock;
  /** Whether another run has waited for a worker for a while; asked only when the time is up. */
  readonly othersWait: () => Promise<boolean>;
  /** Whether this worker is about to stop. */
  readonly isStopping: () => boolean;
}

/**
 * A worker's turn with a run. A long run lets go of its worker when its turn is over and somebody else waits, and
 * goes on behind them: runs of all tenants advance by turns, whatever the size of one.
 *
 * A run that is taken up again has to look at both sides first, so a turn lasts at least as long in the stage that it
 * ends in as it took to get there: at least half of all time goes into what is left to do.
 */
export class Turn {
  readonly #options: TurnOptions;
  readonly #startedAt: number;
  #stage = '';
  #stageAt: number;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#startedAt = this.#stageAt = options.clock.now();
  }

  enter(stage: string): void {
    if (stage === this.#stage) return;
    this.#stage = stage;
    this.#stageAt = this.#options.clock.now();
  }

  /** To be asked where all that was done so far is stored. */
  async isOver(): Promise<boolean> {
    const { clock, othersWait, isStopping } = this.#options;
    if (isStopping()) return true;
    const least = Math.max(turnLength, this.#stageAt - this.#startedAt);
    return clock.now() - this.#stageAt >= least && (await othersWait());
  }
}
