import type { Clock } from '../../common/clock.ts';
import { RollingDay } from '../../common/rolling-day.ts';

/** `DailyApiRequests` of a Developer Edition org. */
const DEFAULT_DAILY_LIMIT = 15_000;

/**
 * The org's API calls in a rolling 24 hours: what `Sforce-Limit-Info` and `/limits` print, and what
 * REQUEST_LIMIT_EXCEEDED is decided by.
 */
export class ApiUsage {
  dailyLimit = DEFAULT_DAILY_LIMIT;
  readonly #calls: RollingDay;
  readonly #isEnforced: () => boolean;

  /** `isEnforced`: whether calls beyond the limit are refused; they are counted either way. */
  constructor(clock: Clock, isEnforced: () => boolean) {
    this.#calls = new RollingDay(clock);
    this.#isEnforced = isEnforced;
  }

  /** Calls in the last 24 hours. */
  get used(): number {
    return this.#calls.total;
  }

  get remaining(): number {
    return Math.max(0, this.dailyLimit - this.used);
  }

  /** Counts calls. False means that the org has none left and the request is to be refused, uncounted. */
  spend(calls = 1): boolean {
    if (this.#isEnforced() && this.used + calls > this.dailyLimit) return false;
    this.#calls.add(calls);
    return true;
  }

  /** The value of the `Sforce-Limit-Info` header. */
  get limitInfo(): string {
    return `api-usage=${this.used}/${this.dailyLimit}`;
  }

  reset(): void {
    this.#calls.reset();
    this.dailyLimit = DEFAULT_DAILY_LIMIT;
  }
}
