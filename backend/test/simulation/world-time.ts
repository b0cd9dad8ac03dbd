import type { Clock } from '../../../sandbox/common/clock.ts';

/** The vendors' clocks. They stay the same objects from seed to seed; what they show is the simulation's time. */
export class WorldTime {
  /** The simulation's time, milliseconds. */
  now: () => number = () => 0;
  /** How far each vendor's clock is ahead, milliseconds. */
  skew = { salesforce: 0, platform: 0 };
  #asOf: number | null = null;

  readonly salesforce: Clock = { now: () => (this.#asOf ?? this.now()) + this.skew.salesforce };
  readonly platform: Clock = { now: () => this.now() + this.skew.platform };

  /** Does something in Salesforce with the stamp of an earlier time: a long transaction that commits now. */
  asOf<T>(time: number, work: () => T): T {
    this.#asOf = time;
    try {
      return work();
    } finally {
      this.#asOf = null;
    }
  }
}
