/** So many records are few whichever way they are looked for. */
const manyRecords = 2_000;

/**
 * Whether a complete read has brought so much that what the database knows of its tables is out of date: again at
 * each doubling.
 */
export class Growth {
  #next = manyRecords;

  /** @param observed - Records read so far. */
  isNews(observed: number): boolean {
    if (observed < this.#next) return false;
    this.#next = observed * 2;
    return true;
  }
}
