import type { Clock } from './clock.ts';

const BUCKET_MS = 15 * 60_000;
const BUCKETS_PER_DAY = (24 * 60 * 60_000) / BUCKET_MS;

/** A total over the last 24 hours, kept in quarter-hours. */
export class RollingDay {
  readonly #clock: Clock;
  readonly #buckets = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get total(): number {
    const oldest = this.#bucket() - BUCKETS_PER_DAY;
    let total = 0;
    for (const [bucket, amount] of this.#buckets) {
      if (bucket <= oldest) this.#buckets.delete(bucket);
      else total += amount;
    }
    return total;
  }

  add(amount: number): void {
    const bucket = this.#bucket();
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + amount);
  }

  reset(): void {
    this.#buckets.clear();
  }

  #bucket(): number {
    return Math.floor(this.#clock.now() / BUCKET_MS);
  }
}
