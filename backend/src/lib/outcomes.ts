/** The outcomes of a batch: one for every item, in the items' order, whatever order they come in. */
export class Outcomes<O> {
  readonly #outcomes: (O | undefined)[];
  readonly #isWritten: (outcome: O) => boolean;
  #written = false;

  constructor(size: number, isWritten: (outcome: O) => boolean) {
    this.#outcomes = new Array<undefined>(size).fill(undefined);
    this.#isWritten = isWritten;
  }

  /** Whether anything was written. */
  get written(): boolean {
    return this.#written;
  }

  at(index: number): O | undefined {
    return this.#outcomes[index];
  }

  settle(index: number, outcome: O): void {
    this.#outcomes[index] = outcome;
    this.#written ||= this.#isWritten(outcome);
  }

  /** All of them; what nothing was said about gets what `missing` gives. */
  complete(missing: (index: number) => O): O[] {
    return this.#outcomes.map((outcome, index) => outcome ?? missing(index));
  }
}
