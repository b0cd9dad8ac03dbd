/** What has to be stopped in the end, the last started first. */
export class Closing {
  readonly #stops: (() => Promise<void>)[] = [];

  add(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  /** Stops everything; one that fails to stop does not keep the others. */
  async all(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
      });
    }
  }
}
