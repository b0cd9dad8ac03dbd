/**
 * A vendor account's right to be called. One governor per account stands behind it, shared by all
 * workers (invariant 8). `take` waits for the next free slot of a window; it throws
 * SYNC_BUDGET_EXHAUSTED when the wait would be longer than the caller may wait (daily shares).
 */
export interface CallBudget {
  /** @param window a window of the manifest: `requests`, `imports`, or `daily` for Salesforce. */
  take(window: string): Promise<void>;
  /** What the vendor said about its limits in an answer. */
  report(observed: BudgetObservation): Promise<void>;
}

export type BudgetObservation =
  | { readonly kind: 'daily'; readonly used: number; readonly limit: number }
  | { readonly kind: 'rate'; readonly requestsPerSecond: number }
  /** The vendor refused for rate: nobody calls for so long. Milliseconds. */
  | { readonly kind: 'refused'; readonly retryAfter: number };
