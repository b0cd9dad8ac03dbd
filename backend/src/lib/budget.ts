/**
 * A vendor account's right to be called. One governor per account stands behind it, shared by all
 * workers (invariant 8). `take` waits for the next free slot of a window; it throws
 * SYNC_BUDGET_EXHAUSTED where our share of a day's calls is used up, SYNC_SALESFORCE_DAILY_LIMIT where the org's are.
 */
export interface CallBudget {
  /** @param window a window of the manifest: `requests`, `imports`, or `daily` for Salesforce. */
  take(window: string): Promise<void>;
  /** What the vendor said about its limits in an answer. */
  report(observed: BudgetObservation): Promise<void>;
}

/** What a call is made for: people's changes of now go before the first read and write of everything. */
export type Lane = 'live' | 'backfill';

export type BudgetObservation =
  | { readonly kind: 'daily'; readonly used: number; readonly limit: number }
  | { readonly kind: 'rate'; readonly requestsPerSecond: number }
  /** The vendor refused for rate: nobody calls for so long. Milliseconds. */
  | { readonly kind: 'refused'; readonly retryAfter: number };
