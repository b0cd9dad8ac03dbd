/** A reading window over change stamps. Times are the vendor's own, in milliseconds. */
export interface WindowState {
  /** Everything up to here was read at least once; null before the first full read. */
  readonly readTo: number | null;
  /** Everything up to here was read again after it could no longer gain late-visible rows. */
  readonly settledTo: number | null;
}

/** How long after its stamp a row may become visible (a long transaction): the overlap of the reads. */
const overlapMilliseconds = 10 * 60_000;

/** Clocks are read at whole seconds, so a window starts a little before the last one ended. */
export const marginMilliseconds = 2_000;

/**
 * Where the next window starts. Every stamp is read once at once, and once more when it is at least the
 * overlap old (invariant 2: late-visible rows are found), but not at every run in between: runs that
 * follow each other closely cost no repeated reads.
 *
 * @param now the vendor's time as far as known
 */
export function windowStart(state: WindowState, now: number): { from: number | null; settles: boolean } {
  if (state.readTo === null) return { from: null, settles: false };
  const settledTo = state.settledTo ?? state.readTo;
  if (now - settledTo >= 2 * overlapMilliseconds)
    return { from: Math.min(settledTo, state.readTo), settles: true };
  return { from: state.readTo, settles: false };
}

/** The state after a window that started as above was read to its end at the vendor's time `serverTime`. */
export function windowRead(state: WindowState, settles: boolean, serverTime: number): WindowState {
  const readTo = Math.max(state.readTo ?? 0, serverTime - marginMilliseconds);
  if (state.readTo === null) return { readTo, settledTo: serverTime - overlapMilliseconds };
  return {
    readTo,
    settledTo: settles ? serverTime - overlapMilliseconds : (state.settledTo ?? state.readTo),
  };
}
