import type { Clock } from './clock.ts';

export interface CommonClockOptions {
  /** The process's own clock: it runs evenly, however wrong it is. */
  readonly own: Clock;
  /** What the clock shows that all go by. Milliseconds since the epoch. */
  readonly ask: () => Promise<number>;
}

/** So often it is asked at a time. */
const samples = 5;

/**
 * The clock of a server that many processes share, as far as a process can know it: it asks for the time and takes the
 * narrowest of some answers, which is wrong by half of its round trip at most (Cristian's algorithm). Between two
 * measurements the process's own clock goes on from there.
 */
export class CommonClock implements Clock {
  readonly #own: Clock;
  readonly #ask: () => Promise<number>;
  #ahead = 0;

  constructor({ own, ask }: CommonClockOptions) {
    this.#own = own;
    this.#ask = ask;
  }

  now(): number {
    return Math.round(this.#own.now() + this.#ahead);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#own.sleep(milliseconds, signal);
  }

  /** Sets it by the common clock. */
  async measure(): Promise<void> {
    let narrowest = Infinity;
    let ahead = this.#ahead;
    for (let sample = 0; sample < samples; sample += 1) {
      const sentAt = this.#own.now();
      const told = await this.#ask();
      const answeredAt = this.#own.now();
      if (answeredAt - sentAt >= narrowest) continue;
      narrowest = answeredAt - sentAt;
      ahead = told - (sentAt + answeredAt) / 2;
    }
    this.#ahead = ahead;
  }
}
