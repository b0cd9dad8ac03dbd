/** What the API answers, the setup pages show and docs/errors.md lists for one code. */
export interface ErrorEntry {
  readonly status: number;
  /** What it means, in plain words. */
  readonly meaning: string;
  /** What we did about it. */
  readonly action: string;
  /** What the reader can do. */
  readonly remedy: string;
  /** Whether trying again later may help without anyone changing anything. */
  readonly retryable: boolean;
}

/** The entry of one code, its parts in the order in which they are read. */
export const entry = (
  status: number,
  retryable: boolean,
  meaning: string,
  action: string,
  remedy: string,
): ErrorEntry => ({
  status,
  retryable,
  meaning,
  action,
  remedy,
});
