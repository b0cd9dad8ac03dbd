import type { Clock } from '../../common/clock.ts';

const BUCKET_MS = 15 * 60_000;
const BUCKETS_PER_DAY = (24 * 60 * 60_000) / BUCKET_MS;

/** `DailyApiRequests` of a Developer Edition org. */
export const DEFAULT_DAILY_LIMIT = 15_000;

/**
 * The org's API calls in a rolling 24 hours, counted in quarter-hours: what `Sforce-Limit-Info` and
 * `/limits` print, and what REQUEST_LIMIT_EXCEEDED is decided by.
 */
export class ApiUsage {
  dailyLimit = DEFAULT_DAILY_LIMIT;
  readonly #clock: Clock;
  readonly #enforced: () => boolean;
  readonly #buckets = new Map<number, number>();

  /** `enforced`: whether calls beyond the limit are refused; they are counted either way. */
  constructor(clock: Clock, enforced: () => boolean) {
    this.#clock = clock;
    this.#enforced = enforced;
  }

  /** Calls in the last 24 hours. */
  get used(): number {
    const oldest = this.#bucket() - BUCKETS_PER_DAY;
    let total = 0;
    for (const [bucket, calls] of this.#buckets) {
      if (bucket <= oldest) this.#buckets.delete(bucket);
      else total += calls;
    }
    return total;
  }

  get remaining(): number {
    return Math.max(0, this.dailyLimit - this.used);
  }

  /** Counts calls. False means that the org has none left and the request is to be refused, uncounted. */
  spend(calls = 1): boolean {
    if (this.#enforced() && this.used + calls > this.dailyLimit) return false;
    const bucket = this.#bucket();
    this.#buckets.set(bucket, (this.#buckets.get(bucket) ?? 0) + calls);
    return true;
  }

  /** The value of the `Sforce-Limit-Info` header. */
  get limitInfo(): string {
    return `api-usage=${this.used}/${this.dailyLimit}`;
  }

  reset(): void {
    this.#buckets.clear();
  }

  #bucket(): number {
    return Math.floor(this.#clock.now() / BUCKET_MS);
  }
}
