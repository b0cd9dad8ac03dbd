/** So many records are few whichever way they are looked for. */
const manyRecords = 2_000;

/** A plan that was right for a part is still good enough for this many times as much. */
const fold = 4;

/**
 * Whether a complete read has brought so much that what the database knows of its tables is out of date: again at
 * each fourfold.
 */
export class Growth {
  #next = manyRecords;

  /** @param observed - Records read so far of which all is stored. */
  isNews(observed: number): boolean {
    if (observed < this.#next) return false;
    this.#next = observed * fold;
    return true;
  }
}
